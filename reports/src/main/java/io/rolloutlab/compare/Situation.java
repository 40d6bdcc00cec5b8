package io.rolloutlab.compare;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.scenario.app.AppFault;
import io.rolloutlab.scenario.app.AppFaultKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is wrong with v2 in some runs of a report. Only runs of one situation are ranked against
 * each other: that a bad v2 hurts more users than a good one is no merit of a strategy.
 *
 * @param name one word or two, unique in the report: what scenarios call the fault, {@value #GOOD}
 *     without one
 * @param heading for people, a clause
 */
public record Situation(String name, String heading) {
  /** The name of the situation in which nothing is wrong with v2. */
  public static final String GOOD = "good";

  /** Whether something is wrong with v2. */
  public boolean bad() {
    return !name.equals(GOOD);
  }

  /**
   * The situations of some runs, the one with a good v2 first, with the runs of each in their
   * order. What is wrong by variables of the app instead of by a fault's name counts as good here:
   * it is a condition, which keeps such runs from being ranked against others.
   */
  public static Map<Situation, List<Findings>> of(List<Findings> runs) {
    Map<Optional<AppFault>, List<Findings>> byFault =
        runs.stream()
            .collect(
                Collectors.groupingBy(Situation::fault, LinkedHashMap::new, Collectors.toList()));
    List<AppFault> faults = byFault.keySet().stream().flatMap(Optional::stream).toList();
    List<Optional<AppFault>> order = new ArrayList<>(byFault.keySet());
    order.sort(Comparator.comparing(Optional::isPresent));
    Map<Situation, List<Findings>> found = new LinkedHashMap<>();
    for (Optional<AppFault> fault : order) {
      found.put(
          fault
              .map(its -> bad(its, faults))
              .orElseGet(() -> new Situation(GOOD, "Nothing is wrong with v2")),
          byFault.get(fault));
    }
    return found;
  }

  /** Whether the same is wrong with v2 in two runs, or nothing in both. */
  public static boolean isShared(Findings one, Findings other) {
    return fault(one).equals(fault(other));
  }

  private static Optional<AppFault> fault(Findings run) {
    return Optional.ofNullable(run.manifest().scenario().app().v2().fault());
  }

  /** Where one kind stands there with several settings, its name does not tell them apart. */
  private static Situation bad(AppFault fault, List<AppFault> all) {
    String kind = AppFaultKind.of(fault).word();
    boolean alone =
        all.stream().filter(one -> kind.equals(AppFaultKind.of(one).word())).count() < 2;
    return new Situation(
        alone ? kind : "%s (%s)".formatted(kind, all.indexOf(fault) + 1), "v2 " + fault.words());
  }
}
