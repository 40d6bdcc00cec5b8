package io.rolloutlab.html.index;

import io.rolloutlab.analysis.causes.Causes;
import io.rolloutlab.text.Runs;
import java.util.ArrayList;
import java.util.List;

/**
 * The leading causes for which requests of one run failed.
 *
 * @param name of the run and its page
 * @param failed requests in the whole run
 * @param causes the first few of them
 * @param leftOut how many requests have others
 */
public record LeadingCauses(String name, int failed, List<Causes.ByCause> causes, int leftOut) {
  private static final int MOST = 3;

  public LeadingCauses {
    causes = List.copyOf(causes);
  }

  /** Of the runs in which requests failed, in the order of the report. */
  static List<LeadingCauses> of(Runs runs) {
    List<LeadingCauses> all = new ArrayList<>();
    for (int run = 0; run < runs.names().size(); run++) {
      String name = runs.names().get(run);
      runs.findings()
          .get(run)
          .part(Causes.class)
          .known()
          .filter(causes -> causes.failed() > 0)
          .ifPresent(causes -> all.add(of(name, causes)));
    }
    return all;
  }

  private static LeadingCauses of(String name, Causes causes) {
    List<Causes.ByCause> leading = causes.byCause().stream().limit(MOST).toList();
    int told = leading.stream().mapToInt(Causes.ByCause::requests).sum();
    return new LeadingCauses(name, causes.failed(), leading, causes.failed() - told);
  }
}
