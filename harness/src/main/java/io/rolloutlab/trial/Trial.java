package io.rolloutlab.trial;

import io.rolloutlab.history.Event;
import io.rolloutlab.history.HistoryException;
import io.rolloutlab.history.HistoryWriter;
import io.rolloutlab.history.Manifest;
import io.rolloutlab.load.LoadException;
import io.rolloutlab.rollout.Stage;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.stack.deploy.StackRollout;
import io.rolloutlab.swarm.ClusterConditions;
import io.rolloutlab.swarm.LiveTestbed;
import io.rolloutlab.swarm.NoIpvsException;
import io.rolloutlab.swarm.cluster.Engine;
import io.rolloutlab.swarm.cluster.Images;
import io.rolloutlab.swarm.cluster.SwarmCluster;
import io.rolloutlab.swarm.stack.StackImages;
import io.rolloutlab.swarm.stack.StackTestbed;
import io.rolloutlab.testbed.InterruptedRunException;
import io.rolloutlab.testbed.StepFailedException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one scenario on a cluster of its own, and records it. */
public final class Trial {
  private static final Logger LOG = LoggerFactory.getLogger(Trial.class);

  private final Laboratory laboratory;
  private final Watcher watcher;
  private final Wave.Place place;
  private final Scenario scenario;
  private final String run;
  private final Path folder;
  private final String repeatedSince;
  private final Optional<StackRollout> stack;
  private final long startedAt = System.currentTimeMillis();
  private ClusterConditions conditions;
  private Images.Ids images;
  private HistoryWriter history;

  /**
   * @param laboratory what all trials share
   * @param watcher is told how it goes
   * @param place among the runs that are made beside it; whoever has it leaves it when the trial is
   *     over
   * @param run unique id
   * @param folder for the history, empty or not there yet
   * @param repeatedSince what disturbed the run in whose place it is made, a clause; empty where it
   *     is made in nobody's
   * @param stack that docker itself deploys; empty where the lab makes the app's service
   */
  public Trial(
      Laboratory laboratory,
      Watcher watcher,
      Wave.Place place,
      Scenario scenario,
      String run,
      Path folder,
      String repeatedSince,
      Optional<StackRollout> stack) {
    this.laboratory = laboratory;
    this.watcher = watcher;
    this.place = place;
    this.scenario = scenario;
    this.run = run;
    this.folder = folder;
    this.repeatedSince = repeatedSince;
    this.stack = stack;
    this.conditions = ClusterConditions.UNKNOWN;
  }

  /**
   * Runs it. Whatever happens, the history says how it ended, and the cluster is taken down.
   *
   * @return how it ended
   * @throws HistoryException when not even that can be written
   * @throws NoIpvsException when the scenario cannot be run here: then nothing is written
   */
  public Event.RunEnded run() {
    Event.RunEnded end;
    try {
      end = onCluster();
    } catch (HistoryException failed) {
      end = ended(Event.End.FAILED, failed.getMessage());
    } catch (Error broken) {
      close(ended(Event.End.FAILED, "the lab itself broke: " + broken));
      throw broken;
    }
    close(end);
    return end;
  }

  private void close(Event.RunEnded end) {
    try (HistoryWriter writer = history == null ? open() : history) {
      writer.event(end);
    }
  }

  private Event.RunEnded onCluster() {
    SwarmCluster cluster = null;
    Event.RunEnded end;
    try {
      place.begin(Wave.Step.BRING_UP);
      goOn();
      watcher.phase("cluster");
      images = images();
      cluster = cluster();
      goOn();
      cluster.start();
      place.begin(Wave.Step.SET_UP);
      goOn();
      conditions = ClusterConditions.of(cluster, laboratory.docker(), scenario.balancing());
      history = open();
      end = onTestbed(cluster);
    } catch (InterruptedRunException stopped) {
      end = ended(Event.End.INTERRUPTED, stopped.getMessage());
    } catch (NoIpvsException impossibleHere) {
      throw impossibleHere;
    } catch (StepFailedException | LoadException | HistoryException failed) {
      LOG.warn("{} failed", scenario.name(), failed);
      // Ctrl-C at a terminal reaches Gatling and others as well: what fails then fails because of
      // it.
      end =
          laboratory.stopped().getAsBoolean()
              ? ended(Event.End.INTERRUPTED, "stopped by a signal")
              : ended(Event.End.FAILED, failed.getMessage());
    } catch (RuntimeException unexpected) {
      LOG.error("{} failed unexpectedly", scenario.name(), unexpected);
      end =
          ended(
              Event.End.FAILED,
              "%s (the engine is at %s; lab.log has the details)"
                  .formatted(rootOf(unexpected), Engine.located()));
    } finally {
      takeDown(cluster);
    }
    return end;
  }

  private Images.Ids images() {
    StackImages ofStacks =
        new StackImages(
            laboratory.docker(), laboratory.images(), watcher::note, laboratory.stopped());
    return stack.map(ofStacks::provide).orElseGet(() -> laboratory.images().provide(scenario));
  }

  private SwarmCluster cluster() {
    return new SwarmCluster(
        laboratory.docker(),
        run,
        scenario.cluster(),
        images,
        laboratory.place(),
        scenario.waiting(),
        watcher::note);
  }

  private void goOn() {
    if (laboratory.stopped().getAsBoolean()) {
      throw new InterruptedRunException();
    }
  }

  private Event.RunEnded onTestbed(SwarmCluster cluster) {
    try (LiveTestbed testbed =
        new LiveTestbed(
            scenario,
            cluster,
            laboratory.docker(),
            conditions.balancing(),
            images,
            run,
            history,
            this::tell,
            laboratory.stopped())) {
      watcher.traffic(testbed.traffic()::counts);
      testbed.beside(place.others(), place::waitedUnderLoadMillis);
      Course.run(stage(testbed, cluster), place);
      return ended(Event.End.COMPLETED, "");
    }
  }

  private Stage stage(LiveTestbed live, SwarmCluster cluster) {
    return stack
        .map(
            asked ->
                new Stage(
                    scenario,
                    StackTestbed.over(
                        live, cluster, laboratory.docker(), asked, images, folder, watcher::note),
                    asked.swarmName()))
        .orElseGet(() -> new Stage(scenario, live));
  }

  private void tell(Event event) {
    if (event instanceof Event.PhaseStarted phase) {
      watcher.phase(phase.label());
    } else if (event instanceof Event.Fault fault) {
      watcher.note("%s: %s".formatted(fault.what(), fault.detail()));
    } else if (event instanceof Event.AlarmRang alarm) {
      watcher.note("the alarm rings: " + alarm.inWords());
    } else if (event instanceof Event.GivenUp given) {
      watcher.note("the rollout is " + given.inWords() + ", and taken back");
    } else if (event instanceof Event.CalledBack) {
      watcher.note("the alarm calls the rollout back");
    } else if (event instanceof Event.Happened happened) {
      watcher.note(happened.detail() + ", as the scenario asks");
    }
  }

  private void takeDown(SwarmCluster cluster) {
    if (cluster == null) {
      return;
    }
    try {
      removeWhenNobodyMeasures(cluster);
    } catch (RuntimeException failed) {
      // The cause of a failed run must not be masked by what follows from it.
      LOG.warn("taking down {} failed", run, failed);
      watcher.note(failed.getMessage());
      if (history != null) {
        history.event(
            new Event.Fault(
                System.currentTimeMillis(), "take-down failed", failed.getMessage(), true));
      }
    }
  }

  private void removeWhenNobodyMeasures(SwarmCluster cluster) {
    try {
      place.begin(Wave.Step.TAKE_DOWN);
    } finally {
      watcher.phase("take down");
      cluster.stop();
    }
  }

  private static String rootOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.toString() : root.getMessage();
  }

  private Event.RunEnded ended(Event.End end, String cause) {
    return new Event.RunEnded(System.currentTimeMillis(), end, cause == null ? "" : cause);
  }

  private HistoryWriter open() {
    return new HistoryWriter(
        folder,
        new Manifest(
                run,
                Manifest.Origin.LIVE,
                scenario,
                startedAt,
                new Manifest.Software(
                    laboratory.commit().id(),
                    laboratory.commit().dirty(),
                    System.getProperty("java.version"),
                    laboratory.gatling()),
                conditions.balancing(),
                conditions.balancingReason(),
                conditions.ground(),
                images == null ? Map.of() : images.byName())
            .besideOthers(place.others())
            .madeAgainSince(repeatedSince));
  }
}
