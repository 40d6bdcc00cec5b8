package io.rolloutlab.trial;

import io.rolloutlab.history.Event;
import io.rolloutlab.history.HistoryException;
import io.rolloutlab.history.HistoryWriter;
import io.rolloutlab.history.Manifest;
import io.rolloutlab.rollout.Stage;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.app.VersionPlan;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.testbed.InterruptedRunException;
import io.rolloutlab.testbed.StepFailedException;
import io.rolloutlab.twin.TwinTestbed;
import io.rolloutlab.twin.model.TwinSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one scenario on the simulated Swarm, and records it; it needs no Docker. */
public final class TwinTrial {
  private static final Logger LOG = LoggerFactory.getLogger(TwinTrial.class);
  private static final String ENGINE = "twin";

  private final Scenario scenario;
  private final TwinSettings settings;
  private final Commit commit;
  private final Path folder;
  private final BooleanSupplier stopped;
  private long events;

  /**
   * @param commit of the lab itself
   * @param folder for the history, empty or not there yet
   * @param stopped whether somebody asked to stop
   */
  public TwinTrial(
      Scenario scenario,
      TwinSettings settings,
      Commit commit,
      Path folder,
      BooleanSupplier stopped) {
    this.scenario = scenario;
    this.settings = settings;
    this.commit = commit;
    this.folder = folder;
    this.stopped = stopped;
  }

  /**
   * Runs it. Whatever happens, the history says how it ended.
   *
   * @return how it ended
   * @throws HistoryException when not even that can be written
   */
  public Event.RunEnded run() {
    Balancing balancing = balancing();
    try (HistoryWriter history = new HistoryWriter(folder, manifest(balancing));
        TwinTestbed testbed =
            new TwinTestbed(scenario, balancing, settings, history, event -> {}, stopped)) {
      Event.RunEnded end = run(testbed);
      history.event(end);
      events = testbed.events();
      return end;
    }
  }

  /** How many events of the simulation it took. */
  public long events() {
    return events;
  }

  /**
   * What a person who uses images of their own has to know of a simulated run: the lab's app plays
   * them, with its times and its knobs.
   *
   * @return a sentence; absent where both versions are the lab's app
   */
  public static Optional<String> whatPlaysTheApp(Scenario scenario) {
    List<String> images =
        Stream.of(scenario.app().v1(), scenario.app().v2())
            .map(VersionPlan::image)
            .filter(image -> !image.equals(VersionPlan.LAB_APP))
            .distinct()
            .toList();
    return images.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "the simulated Swarm knows nothing of %s: the lab's own app plays %s"
                .formatted(String.join(" and ", images), images.size() == 1 ? "it" : "them"));
  }

  private Event.RunEnded run(TwinTestbed testbed) {
    try {
      whatPlaysTheApp(scenario)
          .ifPresent(
              note ->
                  testbed
                      .recorder()
                      .event(new Event.Step(testbed.timeline().nowMillis(), note, List.of(), "")));
      Course.run(new Stage(scenario, testbed));
      return new Event.RunEnded(testbed.timeline().nowMillis(), Event.End.COMPLETED, "");
    } catch (InterruptedRunException asked) {
      return ended(testbed, Event.End.INTERRUPTED, asked);
    } catch (StepFailedException failed) {
      return ended(testbed, Event.End.FAILED, failed);
    } catch (RuntimeException defect) {
      // The twin has broken one of its own laws, or worse.
      LOG.error("{} failed unexpectedly", scenario.name(), defect);
      return ended(testbed, Event.End.FAILED, defect);
    }
  }

  private static Event.RunEnded ended(TwinTestbed testbed, Event.End how, Exception why) {
    String cause = why.getMessage() == null ? why.toString() : why.getMessage();
    return new Event.RunEnded(testbed.timeline().nowMillis(), how, cause);
  }

  /** The live runs its settings come from were dnsrr. */
  private Balancing balancing() {
    return scenario.balancing() == Balancing.AUTO ? Balancing.DNSRR : scenario.balancing();
  }

  /** Nothing of this machine is in it: the same scenario gives the same file everywhere. */
  private Manifest manifest(Balancing balancing) {
    return new Manifest(
        "twin-%s-%s".formatted(scenario.name(), scenario.seed()),
        Manifest.Origin.TWIN,
        scenario,
        TwinTestbed.startMillis(),
        new Manifest.Software(commit.id(), commit.dirty(), ENGINE, ENGINE),
        balancing,
        scenario.balancing() == Balancing.AUTO
            ? "auto: the twin's settings were read off dnsrr runs"
            : "asked for by the scenario",
        new Manifest.Ground(ENGINE, ENGINE, ENGINE, 0, 0),
        Map.of());
  }
}
