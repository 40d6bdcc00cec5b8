package io.rolloutlab.app.real;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.run.RunEnd;
import io.rolloutlab.app.choice.AtOnce;
import io.rolloutlab.app.console.StopSignal;
import io.rolloutlab.app.real.RealRuns.Job;
import io.rolloutlab.doctor.proof.KeptRun;
import io.rolloutlab.doctor.proof.LivePlan;
import io.rolloutlab.doctor.proof.Proof;
import io.rolloutlab.history.Manifest;
import io.rolloutlab.html.Report;
import io.rolloutlab.html.Reported;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.check.Durations;
import io.rolloutlab.scenario.cluster.Pace;
import io.rolloutlab.stack.deploy.StackRollout;
import io.rolloutlab.swarm.cluster.PortRange;
import io.rolloutlab.testbed.StepFailedException;
import io.rolloutlab.trial.LiveLimits;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * Makes the real runs that show what the doctor says. One that shows several findings is made once;
 * all are kept in a folder, with a page each.
 */
public final class LiveProofs {
  private static final int SECONDS_PER_MINUTE = 60;

  private final List<LivePlan> plans;
  private final Path batch;
  private final PrintStream out;

  /** What each rollout is called, in the order in which they are made. */
  private final Map<StackRollout, String> rollouts;

  /** The runs, in the order in which they are made. */
  private final List<Job> order = new ArrayList<>();

  private final Map<StackRollout, List<Job>> jobs = new LinkedHashMap<>();

  /**
   * @param plans of all findings, with those that no run shows
   * @param repeats how many runs there are of each rollout, 1 or more
   * @param batch folder for the runs, not there yet
   * @param out is told how it goes
   */
  public LiveProofs(List<LivePlan> plans, int repeats, Path batch, PrintStream out) {
    this.plans = plans.stream().map(LiveProofs::withinLimits).toList();
    this.batch = batch;
    this.out = out;
    rollouts = LivePlan.distinct(this.plans);
    // First one of each, then the second: what changes on the machine meanwhile meets all alike.
    for (int repeat = 0; repeat < repeats; repeat++) {
      int which = repeat;
      rollouts.keySet().forEach(rollout -> add(rollout, which, repeats));
    }
  }

  private static LivePlan withinLimits(LivePlan plan) {
    try {
      plan.rollouts().forEach(rollout -> LiveLimits.check(rollout.scenario()));
      return plan;
    } catch (StepFailedException tooLarge) {
      return plan.without(tooLarge.getMessage());
    }
  }

  /**
   * Adds a run.
   *
   * @param repeat counted from 0
   */
  private void add(StackRollout rollout, int repeat, int repeats) {
    int number = order.size() + 1;
    String folder = String.format(Locale.ROOT, "%02d-%s", number, rollout.scenario().name());
    Job job =
        new Job(
            rollout.repeat(repeat),
            "%s-%s".formatted(batch.getFileName(), number),
            batch.resolve(folder),
            "%s/%s %s".formatted(number, rollouts.size() * repeats, rollouts.get(rollout)));
    order.add(job);
    jobs.computeIfAbsent(rollout, same -> new ArrayList<>()).add(job);
  }

  /** What is asked in the runs, each once. */
  public Stream<Scenario> scenarios() {
    return rollouts.keySet().stream().map(StackRollout::scenario);
  }

  /** Which runs will be made, and how long that takes, for people. */
  public String announcement() {
    long shown = plans.stream().filter(LivePlan::isRun).count();
    int all = order.size();
    if (all == 0) {
      return "none of %s findings is shown by real runs".formatted(plans.size());
    }
    int each = all / rollouts.size();
    Duration takes = scenarios().map(LiveProofs::expected).reduce(Duration.ZERO, Duration::plus);
    String sum =
        "%s of %s findings are shown by %s real runs, %s, one after the other: some %s"
            .formatted(
                shown,
                plans.size(),
                all,
                each == 1 ? "one of each of these" : each + " of each of these",
                minutes(takes.multipliedBy(each)));
    return rollouts.entrySet().stream()
        .map(
            one ->
                "  %s: some %s"
                    .formatted(one.getValue(), minutes(expected(one.getKey().scenario()))))
        .collect(Collectors.joining("\n", sum + "\n", ""));
  }

  private static Duration expected(Scenario scenario) {
    return Expected.of(scenario, Pace.USUAL);
  }

  /** In whole minutes: nobody knows it better. */
  private static String minutes(Duration time) {
    long whole = Math.max(1, Math.round((double) time.toSeconds() / SECONDS_PER_MINUTE));
    return Durations.print(Duration.ofMinutes(whole));
  }

  /**
   * Makes them on a real Swarm; nothing of them is left there.
   *
   * @param home of the project
   * @param ports of the engine's machine that may be published on; empty for any
   * @return a proof for each plan, in their order; empty when somebody asked to stop
   * @throws StepFailedException when there is no engine, or one that no run can be made on
   */
  public Optional<List<Proof>> prove(Path home, Optional<PortRange> ports) {
    try (StopSignal stop = new StopSignal(RealRuns.longestEnd(scenarios().toList()))) {
      RealRuns real = new RealRuns(home, out, stop, AtOnce.DEFAULT, ports);
      List<Findings> found = order.isEmpty() ? List.of() : real.run(order).findings();
      if (!stop.asked()) {
        return Optional.of(proofs(found));
      }
      if (Files.isDirectory(batch)) {
        out.printf("what was recorded is kept: `lab report %s` makes its pages%n", batch);
      }
      return Optional.empty();
    }
  }

  /** Where the doctor's page may stand beside them; empty where none was made. */
  public Optional<Path> page() {
    return Optional.of(batch).filter(Files::isDirectory).map(its -> its.resolve("doctor.html"));
  }

  /** The runs, in the order in which they are made. */
  public List<Job> runs() {
    return List.copyOf(order);
  }

  /**
   * What came of them, and their pages.
   *
   * @param found of the runs that can be read back
   */
  public List<Proof> proofs(List<Findings> found) {
    Map<String, Findings> byRun =
        found.stream()
            .collect(Collectors.toMap(run -> run.manifest().runId(), Function.identity()));
    Map<String, Path> pages = pages(found);
    return plans.stream().map(plan -> proof(plan, byRun, pages)).toList();
  }

  private Proof proof(LivePlan plan, Map<String, Findings> found, Map<String, Path> pages) {
    if (!plan.isRun()) {
      return Proof.notRun(plan.asked(), Manifest.Origin.LIVE);
    }
    List<Job> before = jobs.get(plan.rollouts().get(0));
    List<Job> after = jobs.get(plan.rollouts().get(1));
    List<Job> all = Stream.concat(before.stream(), after.stream()).toList();
    List<KeptRun> kept =
        all.stream()
            .filter(job -> pages.containsKey(job.run()))
            .map(job -> new KeptRun(job.called(), pages.get(job.run())))
            .toList();
    List<String> lost =
        all.stream().flatMap(job -> lost(job, found.get(job.run())).stream()).toList();
    return lost.isEmpty()
        ? Proof.of(plan.asked(), found(before, found), found(after, found), kept)
        : Proof.lost(plan.asked(), Manifest.Origin.LIVE, String.join("; ", lost), kept);
  }

  private static List<Findings> found(List<Job> jobs, Map<String, Findings> found) {
    return jobs.stream().map(job -> found.get(job.run())).toList();
  }

  /** Why a run did not come to its end, without a full stop; empty where it did. */
  private static Optional<String> lost(Job job, Findings run) {
    if (run == null) {
      return Optional.of(job.called() + " has left nothing that can be read");
    }
    String cause =
        run.end().map(RunEnd::cause).flatMap(text -> text.lines().findFirst()).orElse("");
    return run.cutOff()
        .map(
            why ->
                "%s: %s%s"
                    .formatted(job.called(), why, cause.isEmpty() ? "" : " (%s)".formatted(cause)));
  }

  /** The page of each run, by its id; none where they cannot be made, which costs no run. */
  private Map<String, Path> pages(List<Findings> found) {
    if (found.isEmpty()) {
      return Map.of();
    }
    Path folder = batch.resolve("report").toAbsolutePath();
    try {
      Reported reported = Reported.of(found, List.of());
      Report.render(reported, folder);
      Map<String, Path> pages = new HashMap<>();
      for (int i = 0; i < found.size(); i++) {
        pages.put(
            reported.runs().findings().get(i).manifest().runId(),
            folder.resolve(reported.runs().names().get(i) + ".html"));
      }
      return pages;
    } catch (RuntimeException failed) {
      LoggerFactory.getLogger(LiveProofs.class).error("no pages", failed);
      out.printf(
          "The pages of the runs cannot be made: %s; lab.log has the details. `lab report %s` tries"
              + " again.%n",
          failed.getMessage(), batch);
      return Map.of();
    }
  }
}
