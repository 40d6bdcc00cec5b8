package io.rolloutlab.scenario.read;

import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.check.Fault;
import io.rolloutlab.scenario.expect.KnownMeasures;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What can never be judged of the measures that a scenario expects something of. */
final class Bounds {
  private Bounds() {}

  static List<Fault> faults(Scenario scenario) {
    List<Fault> faults = new ArrayList<>();
    List<KnownMeasures.Known> known = KnownMeasures.all();
    scenario
        .expect()
        .measures()
        .forEach(
            (key, bound) -> {
              String its = "expect." + key;
              if (bound.in() != null && known.stream().anyMatch(m -> isWhole(m, key))) {
                faults.add(
                    new Fault(
                        its + ".in",
                        "is given, but %s cannot be read per phase; what can is %s"
                            .formatted(key, perPhase(known))));
              }
              if (bound.in() != null && bound.needsBaseline()) {
                faults.add(
                    new Fault(
                        its + ".in",
                        "is given, but what is counted from the baseline is counted from its whole"
                            + " run: leave it out, or name a number"));
              }
              if (bound.needsBaseline() && scenario.isBaseline()) {
                faults.add(
                    new Fault(
                        its,
                        "is counted from the baseline, which this scenario is itself",
                        List.of("strategy")));
              }
            });
    return faults;
  }

  private static boolean isWhole(KnownMeasures.Known measure, String key) {
    return measure.key().equals(key) && !measure.perPhase();
  }

  private static String perPhase(List<KnownMeasures.Known> known) {
    return known.stream()
        .filter(KnownMeasures.Known::perPhase)
        .map(KnownMeasures.Known::key)
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
