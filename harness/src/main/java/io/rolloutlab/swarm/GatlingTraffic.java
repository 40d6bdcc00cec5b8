package io.rolloutlab.swarm;

import io.rolloutlab.edge.EdgeDialects;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.HistoryWriter;
import io.rolloutlab.history.Outcome;
import io.rolloutlab.history.Request;
import io.rolloutlab.load.LiveCounts;
import io.rolloutlab.load.LoadException;
import io.rolloutlab.load.LoadJob;
import io.rolloutlab.load.LoadProcess;
import io.rolloutlab.load.LoadRecording;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.app.VersionPlan;
import io.rolloutlab.scenario.check.Durations;
import io.rolloutlab.swarm.cluster.SystemTimeline;
import io.rolloutlab.testbed.Recorder;
import io.rolloutlab.testbed.StepFailedException;
import io.rolloutlab.testbed.Traffic;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The users, played by Gatling in a process of its own. */
final class GatlingTraffic implements Traffic, AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final Scenario scenario;
  private final String run;
  private final Supplier<List<URI>> targets;
  private final HistoryWriter history;
  private final EdgeLog edgeLog;
  private final Recorder recorder;
  private final LongConsumer forked;
  private final LongSupplier clock;
  private final Duration startLimit;
  private volatile LoadProcess process;
  private LoadLimit limit;
  private long flowsSinceMillis = Long.MAX_VALUE;
  private boolean ended;

  /**
   * @param targets where the edge is reached when the load starts
   * @param history gets the requests at the end; the load's own files go into its folder
   * @param edgeLog that must have seen every answered request before the load counts as ended
   * @param recorder is told what went wrong with the load itself
   * @param forked is told the id of the load's process
   */
  GatlingTraffic(
      Scenario scenario,
      String run,
      Supplier<List<URI>> targets,
      HistoryWriter history,
      EdgeLog edgeLog,
      Recorder recorder,
      LongConsumer forked,
      LongSupplier clock) {
    this.scenario = scenario;
    this.run = run;
    this.targets = targets;
    this.history = history;
    this.edgeLog = edgeLog;
    this.recorder = recorder;
    this.forked = forked;
    this.clock = clock;
    limit = LoadLimit.alone(scenario.load());
    startLimit = scenario.waiting().stretched(START_LIMIT);
  }

  /**
   * Has the load's limit come later by what the run waits for others; to be told before it starts.
   *
   * @param others how many are made beside it, 0 or more
   * @param waitedMillis how long it has waited for them since the load flows
   */
  synchronized void beside(int others, LongSupplier waitedMillis) {
    limit = new LoadLimit(scenario.load(), others, waitedMillis);
  }

  @Override
  public synchronized void start() {
    try {
      process =
          LoadProcess.start(
              LoadJob.of(
                      limit.most(startLimit),
                      scenario.seed(),
                      run,
                      history.folder().resolve("load"),
                      targets.get().toArray(URI[]::new))
                  .marking(scenario.settings().mark(scenario.load()).orElse(null)));
      forked.accept(process.pid());
      process.awaitStarted(startLimit);
      flowsSinceMillis = clock.getAsLong();
    } catch (LoadException failed) {
      throw new StepFailedException(failed.getMessage(), failed);
    }
  }

  /** Throws when the load has ended though nobody ended it, or has come to its limit. */
  synchronized void check() {
    boolean passed = limit.hasPassed(clock.getAsLong() - flowsSinceMillis);
    if (process != null && !ended && (passed || !process.alive())) {
      throw new StepFailedException(
          "the load ended before the rollout did: Gatling died, or load.limit (%s) has passed; see %s"
              .formatted(
                  Durations.print(scenario.load().limit()), history.folder().resolve("load")));
    }
  }

  @Override
  public synchronized void stop() {
    if (process == null || ended) {
      return;
    }
    ended = true;
    if (!process.stop()) {
      fault("the load did not end in order", "see " + history.folder().resolve("load"));
    }
    LoadRecording recording = process.recording();
    recording.damage().forEach(damage -> fault("the load's record is damaged", damage));
    List<Request> requests = recording.requests();
    requests.forEach(history::request);
    history.flush();
    try {
      SystemTimeline.poll(
          "the edge's log is complete",
          () ->
              edgeLog.missing(
                  requests.stream()
                      .filter(request -> request.outcome() != Outcome.UNKNOWN)
                      .filter(request -> request.status() > 0)
                      .mapToLong(Request::id)),
          EdgeDialects.logLimit(scenario));
    } catch (StepFailedException incomplete) {
      // The analysis finds the same, and makes the run UNKNOWN: what there is must not be lost.
      fault("the edge's log is incomplete", incomplete.getMessage());
      history.flush();
    }
  }

  private void fault(String what, String detail) {
    recorder.event(new Event.Fault(clock.getAsLong(), what, detail, true));
  }

  /** Waits for nobody: who draws progress must not stand still while the load starts or ends. */
  @Override
  public Counts counts() {
    LoadProcess running = process;
    if (running == null) {
      return Counts.NONE;
    }
    LiveCounts live = running.live();
    return new Counts(
        live.sent(),
        live.failed(),
        live.okByVersion().getOrDefault(VersionPlan.V1, 0),
        live.okByVersion().getOrDefault(VersionPlan.V2, 0));
  }

  @Override
  public synchronized void close() {
    if (process != null) {
      process.close();
    }
  }
}
