package io.rolloutlab.html.run;

import io.rolloutlab.analysis.causes.Causes;
import io.rolloutlab.analysis.causes.Explained;
import io.rolloutlab.analysis.causes.slow.SlowCauses;
import io.rolloutlab.analysis.run.Evidence;
import io.rolloutlab.analysis.run.Part;
import java.util.List;
import java.util.stream.Stream;

/**
 * Why requests of a run failed, or were slow, as its page tells it.
 *
 * @param title of its place on the page
 * @param missing why it is not known; empty where it is
 * @param note what the rows are of; empty where there are none
 * @param rows a cause each; empty where there was no such request
 */
public record CausesShown(String title, String missing, String note, List<Row> rows) {
  private static final int MOST_STORIES = 10;

  private static final String FAILED = "Why requests failed";
  private static final String SLOW = "Why requests were slow";

  private static final String NOTE_OF_FAILED =
      "Of the whole run. Each failed request is joined with what the edge logged of it, the tasks"
          + " behind the addresses that it asked, and what those were doing. A cause is claimed"
          + " only where the record says so.";

  private static final String NOTE_OF_SLOW =
      " Where most of the time went, the edge's log says; the cause is the nearest one to the"
          + " request that can make it wait there: its version or task, then the edge, the nodes,"
          + " the machine.";

  /**
   * A cause with the first of its stories.
   *
   * @param stories of its first requests
   * @param more where the others are, a sentence; empty where there are no others
   */
  public record Row(Causes.ByCause of, List<? extends Explained> stories, String more) {}

  /** Those that have something to say. */
  static List<CausesShown> of(Evidence run) {
    return Stream.of(failed(run.part(Causes.class)), slow(run.part(SlowCauses.class)))
        .filter(one -> !one.missing().isEmpty() || !one.rows().isEmpty())
        .toList();
  }

  private static CausesShown failed(Part<Causes> part) {
    return part.known()
        .map(
            its -> new CausesShown(FAILED, "", NOTE_OF_FAILED, rows(its.byCause(), its.requests())))
        .orElseGet(() -> missing(FAILED, part.cause()));
  }

  private static CausesShown slow(Part<SlowCauses> part) {
    if (part.known().isEmpty()) {
      return missing(SLOW, part.cause());
    }
    SlowCauses its = part.orThrow();
    if (!its.missing().isEmpty()) {
      return missing(SLOW, its.answered() == 0 ? "" : its.missing());
    }
    return new CausesShown(
        SLOW, "", its.sentence() + NOTE_OF_SLOW, rows(its.byCause(), its.requests()));
  }

  private static CausesShown missing(String title, String why) {
    return new CausesShown(title, why, "", List.of());
  }

  private static List<Row> rows(List<Causes.ByCause> causes, List<? extends Explained> listed) {
    return causes.stream().map(of -> row(of, listed.stream().filter(of::has).toList())).toList();
  }

  private static Row row(Causes.ByCause of, List<? extends Explained> listed) {
    List<? extends Explained> first = listed.stream().limit(MOST_STORIES).toList();
    int more = listed.size() - first.size();
    int counted = of.requests() - listed.size();
    String untold = counted == 0 ? "" : ", and %s are only counted".formatted(counted);
    return new Row(of, first, more == 0 ? "" : more + " more are in results.json" + untold + ".");
  }
}
