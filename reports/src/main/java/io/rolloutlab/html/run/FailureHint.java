package io.rolloutlab.html.run;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.requests.Harm;
import io.rolloutlab.scenario.app.VersionPlan;
import java.util.ArrayList;
import java.util.List;

/** What the failures of a run point at, as far as it is known which version gave them. */
final class FailureHint {
  private FailureHint() {}

  /** A few sentences; they say what to look at only where a failure since x = 0 supports it. */
  static String of(Findings run) {
    List<Harm.ByVersion> guilty =
        run.harm().known().stream()
            .flatMap(harm -> harm.byVersion().stream())
            .filter(one -> one.failed().count() > 0)
            .toList();
    if (guilty.isEmpty()) {
      return run.harm().known().isPresent()
          ? "None of them was sent since the rollout started."
          : "Which version gave them is not known.";
    }
    List<String> parts = new ArrayList<>();
    guilty.forEach(one -> parts.add(count(one.failed().count(), one.version())));
    StringBuilder hint =
        new StringBuilder("Since the rollout started, %s.".formatted(String.join(", ", parts)));
    guilty.forEach(one -> hint.append(advice(one.version())));
    return hint.toString();
  }

  private static String count(int failures, String version) {
    boolean one = failures == 1;
    String are = one ? "1 failure is an answer" : failures + " failures are answers";
    return switch (version) {
      case "none" ->
          "%s of a known version"
              .formatted(one ? "1 failure has no answer" : failures + " failures have no answer");
      case "other" -> are + " of another version";
      default -> are + " of " + version;
    };
  }

  private static String advice(String version) {
    return switch (version) {
      case VersionPlan.V1 ->
          " What v1 answers badly, it may do without a rollout: compare the baseline.";
      case VersionPlan.V2 ->
          " What v2 answers badly lasts as long as v2 answers, and no step can mend it: look at"
              + " what v2 has else than v1.";
      case "none" -> " Where no version is known to have answered, look at which step came before.";
      default -> "";
    };
  }
}
