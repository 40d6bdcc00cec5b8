package io.rolloutlab.html.run;

import io.rolloutlab.analysis.causes.Caused;
import io.rolloutlab.analysis.causes.Causes;
import io.rolloutlab.analysis.run.Evidence;
import io.rolloutlab.analysis.run.Part;
import java.util.List;

/**
 * Why requests of a run failed, as its page tells it.
 *
 * @param missing why it is not known; empty where it is
 * @param rows a cause each; empty where no request failed
 */
public record CausesShown(String missing, List<Row> rows) {
  private static final int MOST_STORIES = 10;

  /**
   * A cause with the first of its stories.
   *
   * @param stories of its first requests
   * @param leftOut how many more are in results.json alone
   */
  public record Row(Causes.ByCause of, List<Caused> stories, int leftOut) {}

  static CausesShown of(Evidence run) {
    Part<Causes> part = run.part(Causes.class);
    return new CausesShown(
        part.cause(),
        part.known().stream()
            .flatMap(causes -> causes.byCause().stream().map(row -> row(causes, row)))
            .toList());
  }

  private static Row row(Causes causes, Causes.ByCause of) {
    List<Caused> first = causes.requests().stream().filter(of::has).limit(MOST_STORIES).toList();
    return new Row(of, first, of.requests() - first.size());
  }
}
