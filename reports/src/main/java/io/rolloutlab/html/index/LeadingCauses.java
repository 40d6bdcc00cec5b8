package io.rolloutlab.html.index;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.causes.Causes;
import io.rolloutlab.compare.Asked;
import io.rolloutlab.text.Runs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The leading causes for which requests failed: of one run, or of all repeats of a scenario
 * together.
 *
 * @param name of the first run
 * @param page of the first run in which a request failed, whose stories stand there
 * @param runs how many there are whose causes are known, 1 or more
 * @param failed requests in all of them
 * @param causes the first few of them; their times are those of the first and the last request in
 *     any of the runs
 * @param leftOut how many requests have others
 */
public record LeadingCauses(
    String name, String page, int runs, int failed, List<Causes.ByCause> causes, int leftOut) {
  private static final int MOST = 3;

  /** As in a run: the most frequent first, of two alike the earlier one, the unknown ones last. */
  private static final Comparator<Causes.ByCause> ORDER =
      Comparator.comparing((Causes.ByCause one) -> one.cause().isUnknown())
          .thenComparing(Comparator.comparingInt(Causes.ByCause::requests).reversed())
          .thenComparing(Causes.ByCause::firstMillis);

  public LeadingCauses {
    causes = List.copyOf(causes);
  }

  /** Of the scenarios in which requests failed, in the order of the report. */
  static List<LeadingCauses> of(Runs runs) {
    return Asked.groups(runs.findings()).values().stream()
        .flatMap(repeats -> of(repeats, runs).stream())
        .toList();
  }

  private static Optional<LeadingCauses> of(List<Findings> repeats, Runs runs) {
    List<Causes> known = new ArrayList<>();
    String page = "";
    for (Findings run : repeats) {
      Optional<Causes> causes = run.part(Causes.class).known();
      causes.ifPresent(known::add);
      if (page.isEmpty() && causes.filter(its -> its.failed() > 0).isPresent()) {
        page = name(run, runs);
      }
    }
    return page.isEmpty()
        ? Optional.empty()
        : Optional.of(of(name(repeats.get(0), runs), page, known));
  }

  private static String name(Findings run, Runs runs) {
    return runs.names().get(runs.findings().indexOf(run));
  }

  private static LeadingCauses of(String name, String page, List<Causes> known) {
    int failed = known.stream().mapToInt(Causes::failed).sum();
    List<Causes.ByCause> leading = summed(known).stream().limit(MOST).toList();
    int told = leading.stream().mapToInt(Causes.ByCause::requests).sum();
    return new LeadingCauses(name, page, known.size(), failed, leading, failed - told);
  }

  private static List<Causes.ByCause> summed(List<Causes> known) {
    Map<List<Object>, Causes.ByCause> sums = new LinkedHashMap<>();
    known.stream()
        .flatMap(causes -> causes.byCause().stream())
        .forEach(
            one -> sums.merge(List.of(one.cause(), one.setting()), one, LeadingCauses::together));
    return sums.values().stream().sorted(ORDER).toList();
  }

  /** Of two runs; the story is one of the first. */
  private static Causes.ByCause together(Causes.ByCause one, Causes.ByCause other) {
    return new Causes.ByCause(
        one.cause(),
        one.setting(),
        one.requests() + other.requests(),
        Math.min(one.firstMillis(), other.firstMillis()),
        Math.max(one.lastMillis(), other.lastMillis()),
        one.example());
  }
}
