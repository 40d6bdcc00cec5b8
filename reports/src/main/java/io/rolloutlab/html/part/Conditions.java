package io.rolloutlab.html.part;

import static io.rolloutlab.text.Figures.FIGURES;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.run.RunEnd;
import io.rolloutlab.history.Manifest;
import io.rolloutlab.scenario.app.AppFault;
import io.rolloutlab.scenario.app.AppFaultKind;
import io.rolloutlab.scenario.app.AppPlan;
import io.rolloutlab.scenario.app.VersionPlan;
import io.rolloutlab.scenario.check.Patience;
import io.rolloutlab.scenario.json.Json;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The conditions of a run, for people. */
public final class Conditions {
  private static final YAMLMapper YAML =
      Json.strict(YAMLMapper.builder())
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .build();

  private static final String NEVER_ENDED = "not known: the lab was killed before it could say";

  private Conditions() {}

  /** A line of the table. */
  public record Condition(String name, String value) {}

  /** Those of a run, in the order in which they are read. */
  public static List<Condition> of(Findings run) {
    Manifest m = run.manifest();
    List<Condition> all = new ArrayList<>();
    all.add(new Condition("Run", m.runId()));
    all.add(
        new Condition(
            "Origin", simulated(m) ? "simulated: no Docker was used" : "measured on a real Swarm"));
    all.add(new Condition("Started", FIGURES.instant(m.startedAtMillis()) + " (UTC)"));
    all.add(new Condition("Ended", run.end().map(Conditions::end).orElse(NEVER_ENDED)));
    run.damage().forEach(damage -> all.add(new Condition("Not readable", damage)));
    all.add(
        new Condition(
            "Balancing",
            "%s, since %s (asked for: %s)"
                .formatted(
                    m.balancedBy(), m.balancingReason(), FIGURES.word(m.scenario().balancing()))));
    fault(VersionPlan.V1, m.scenario().app().v1(), all);
    fault(VersionPlan.V2, m.scenario().app().v2(), all);
    if (!simulated(m)) {
      machine(m, all);
    } else if (!m.scenario().load().requests().isEmpty()) {
      all.add(
          new Condition(
              "Requests",
              "the simulated app answers all that are listed alike, and well unless it answers with"
                  + " an error: what is good of status, header and JSON was not judged"
                  + (m.scenario().load().namesAssets()
                      ? "; assets were, and a task of another version than their page's has none of"
                          + " them"
                      : "")));
    }
    patience(m.scenario().waiting()).ifPresent(more -> all.add(new Condition("Patience", more)));
    all.add(new Condition("Seed", String.valueOf(m.scenario().seed())));
    all.add(new Condition("Lab", "commit " + m.labInWords()));
    return all;
  }

  /** Empty where it is the usual one. */
  private static Optional<String> patience(Patience patience) {
    return patience.equals(Patience.USUAL)
        ? Optional.empty()
        : Optional.of(
            "%s: every limit of the lab's own waits was so many times as long, and so were the"
                    .formatted(patience.print())
                + " limits and the times of the health check that the scenario's file did not say");
  }

  private static void fault(String version, VersionPlan plan, List<Condition> all) {
    AppFault fault = plan.fault();
    if (fault != null) {
      all.add(
          new Condition(
              "Fault of " + version,
              "%s: %s %s".formatted(AppFaultKind.of(fault).word(), version, fault.words())));
    }
  }

  /** What a simulated run has none of. */
  private static void machine(Manifest m, List<Condition> all) {
    all.add(new Condition("Engine of the nodes", m.innerEngine()));
    all.add(new Condition("Engine they run on", m.outerEngine()));
    all.add(new Condition("Kernel", m.kernel()));
    all.add(
        new Condition(
            "Machine", m.cpus() + " CPUs, " + FIGURES.bytes(m.memoryBytes()) + " memory"));
    beside(m).ifPresent(others -> all.add(new Condition("Beside it", others)));
    all.add(new Condition("Java, Gatling", m.java() + ", " + m.gatling()));
    m.images().forEach((name, id) -> all.add(new Condition("Image " + name, id)));
  }

  /** Empty of a run that was alone from the first. */
  private static Optional<String> beside(Manifest m) {
    if (m.beside() > 0) {
      return Optional.of(
          "%s other run%s on the same machine, at the same time"
              .formatted(m.beside(), m.beside() == 1 ? "" : "s"));
    }
    return m.repeatedSince().isEmpty()
        ? Optional.empty()
        : Optional.of("nobody: it was repeated alone, since " + m.repeatedSince());
  }

  private static boolean simulated(Manifest manifest) {
    return manifest.origin() == Manifest.Origin.TWIN;
  }

  /** Images of one's own in whose place a simulated Swarm played the lab's app. */
  public static List<String> played(Manifest manifest) {
    AppPlan app = manifest.scenario().app();
    return Stream.of(app.v1(), app.v2())
        .map(VersionPlan::image)
        .filter(image -> simulated(manifest) && !image.equals(VersionPlan.LAB_APP))
        .distinct()
        .toList();
  }

  private static String end(RunEnd end) {
    String cause = end.cause().isEmpty() ? "" : ": " + end.cause();
    return "%s at %s%s".formatted(FIGURES.word(end.end()), FIGURES.moment(end.atMillis()), cause);
  }

  /** A scenario or a sweep, with every default filled in. */
  public static String yaml(Record asked) {
    try {
      return YAML.writeValueAsString(asked).strip();
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
