package io.rolloutlab.app.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.app.real.RealRuns.Job;
import io.rolloutlab.history.History;
import io.rolloutlab.history.HistoryReader;
import io.rolloutlab.history.HistoryWriter;
import io.rolloutlab.history.Request;
import io.rolloutlab.history.ResourceSample;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.scenario.read.ScenarioReader;
import io.rolloutlab.text.Skipped;
import io.rolloutlab.trial.OnTheTwin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Which runs are made, and which again. The twin plays them; how busy the machine was is written
 * beside, as the sampler of a real one would have.
 */
class RealWavesTest {
  private static final long SECOND = 1000;

  @TempDir Path folder;

  private final List<List<String>> made = new ArrayList<>();
  private final List<String> said = new ArrayList<>();

  /** Ids of the runs that find no idle time. */
  private final Set<String> busy = new HashSet<>();

  /** Ids of the runs during which somebody asks to stop. */
  private final Set<String> stopping = new HashSet<>();

  private boolean stopped;
  private final RealWaves waves = new RealWaves(this::together, () -> stopped, said::add);
  private final List<Job> jobs = new ArrayList<>();

  private Job job(String name) {
    return job(name, "dnsrr");
  }

  private Job job(String name, String balancing) {
    try {
      Path file =
          Files.writeString(
              folder.resolve(name + ".yaml"),
              "name: %s\nquestion: Why?\nstrategy: baseline\nbaseline: {hold: 5s}\n".formatted(name)
                  + "balancing: %s\n".formatted(balancing)
                  + "load: {ratePerSecond: 5, warmUp: 2s, coolDown: 2s}\n");
      Job job = new Job(new ScenarioReader().read(file), "id-" + name, folder.resolve(name));
      jobs.add(job);
      return job;
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  /** On nodes whose kernel has no IPVS. */
  private Map<Job, String> together(List<Job> wave) {
    made.add(wave.stream().map(Job::run).toList());
    Map<Job, String> impossible = new HashMap<>();
    for (Job job : wave) {
      if (job.scenario().balancing() == Balancing.VIP) {
        impossible.put(job, "it needs IPVS");
      } else {
        play(job, wave.size() - 1);
      }
    }
    return impossible;
  }

  private void play(Job job, int beside) {
    stopped |= stopping.contains(job.run());
    History history = OnTheTwin.history(job.scenario(), folder.resolve("played-" + job.run()));
    try (HistoryWriter writer =
        new HistoryWriter(
            job.folder(),
            history.manifest().besideOthers(beside).madeAgainSince(job.repeatedSince()))) {
      history.events().forEach(writer::event);
      history.requests().forEach(writer::request);
      history.hits().forEach(writer::hit);
      history.resources().forEach(writer::resource);
      machine(history, busy.contains(job.run())).forEach(writer::resource);
    }
  }

  /** Two processors, of which one is busy in each second, or both. */
  private static List<ResourceSample> machine(History history, boolean busy) {
    long first = history.requests().stream().mapToLong(Request::actualAtMillis).min().orElseThrow();
    long last = history.requests().stream().mapToLong(Request::actualAtMillis).max().orElseThrow();
    List<ResourceSample> samples = new ArrayList<>();
    for (long at = first - SECOND; at <= last + SECOND; at += SECOND) {
      double seconds = (at - first) / 1e3;
      samples.add(sample(at, "busy", busy ? 2 * seconds : seconds));
      samples.add(sample(at, "idle", busy ? 0 : seconds));
    }
    return samples;
  }

  private static ResourceSample sample(long at, String name, double cpuSeconds) {
    return new ResourceSample(
        at,
        new ResourceSample.Of(ResourceSample.Kind.MACHINE, name),
        ResourceSample.Use.ofCpu(1000 + cpuSeconds));
  }

  private List<Integer> beside() {
    return waves.findings(jobs).stream().map(run -> run.manifest().beside()).toList();
  }

  @Test
  void runsThatFoundIdleTimeAreKept() {
    waves.make(List.of(job("a"), job("b")));

    assertThat(made).containsExactly(List.of("id-a", "id-b"));
    assertThat(said).containsExactly("a: NOTHING EXPECTED", "b: NOTHING EXPECTED");
    assertThat(beside()).containsExactly(1, 1);
  }

  @Test
  void aRunWithoutIdleTimeIsRepeatedAloneAndTheRepeatIsKept() {
    busy.add("id-b");

    waves.make(List.of(job("a"), job("b")));

    assertThat(made).containsExactly(List.of("id-a", "id-b"), List.of("id-b-alone"));
    assertThat(said)
        .anyMatch(
            line ->
                line.matches(
                    "b: the machine had no idle time in \\d+ of \\d+ seconds while 2 runs were made"
                        + " at once; it is repeated alone"));
    assertThat(beside()).containsExactly(1, 0);
    assertThat(waves.findings(jobs).get(1).latencyDoubts()).isEmpty();
    assertThat(HistoryReader.manifest(folder.resolve("b")).beside()).isZero();
    assertThat(HistoryReader.manifest(folder.resolve("b")).repeatedSince())
        .matches(
            "the machine had no idle time in \\d+ of \\d+ seconds while 2 runs were made at once");
    assertThat(HistoryReader.manifest(folder.resolve("a")).repeatedSince()).isEmpty();
    assertThat(folder.resolve("b.new")).doesNotExist();
    assertThat(folder.resolve("b.old")).doesNotExist();
  }

  /** It is the machine then, or the scenario: a third run would not be another one. */
  @Test
  void aRepeatThatIsDisturbedAsWellIsKeptWithItsDoubt() {
    busy.addAll(List.of("id-a", "id-a-alone"));

    waves.make(List.of(job("a"), job("b")));

    assertThat(made).containsExactly(List.of("id-a", "id-b"), List.of("id-a-alone"));
    assertThat(beside()).containsExactly(0, 1);
    Findings kept = waves.findings(jobs).get(0);
    assertThat(kept.latencyDoubts()).isNotEmpty();
  }

  /** Nothing is left of one, so that no report takes it for a run. */
  @Test
  void whatCannotBeRunHereIsSkippedAndTheOthersAreMade() {
    Job virtual = job("mesh", "vip");
    waves.make(List.of(job("a"), virtual));

    assertThat(waves.findings(jobs))
        .extracting(run -> run.manifest().scenario().name())
        .containsExactly("a");
    assertThat(waves.skipped(jobs)).containsExactly(new Skipped("mesh", "it needs IPVS"));
    assertThat(said).contains("mesh: skipped: it needs IPVS");
    assertThat(virtual.folder()).doesNotExist();
  }

  @Test
  void onceItIsKnownNobodyElseThatNeedsTheSameIsTried() {
    waves.make(List.of(job("mesh", "vip")));
    waves.make(List.of(job("other", "vip")));
    waves.make(List.of(job("third", "vip"), job("a")));

    assertThat(made).containsExactly(List.of("id-mesh"), List.of("id-a"));
    assertThat(waves.skipped(jobs))
        .extracting(Skipped::scenario)
        .containsExactly("mesh", "other", "third");
    assertThat(beside()).containsExactly(0);
  }

  @Test
  void whoWasAloneIsNotRepeated() {
    busy.add("id-a");

    waves.make(List.of(job("a")));

    assertThat(made).containsExactly(List.of("id-a"));
    assertThat(waves.findings(jobs).get(0).latencyDoubts()).isNotEmpty();
  }

  @Test
  void aRepeatThatIsStoppedTakesNothingAway() {
    busy.add("id-a");
    stopping.add("id-a-alone");

    waves.make(List.of(job("a"), job("b")));

    assertThat(made).containsExactly(List.of("id-a", "id-b"), List.of("id-a-alone"));
    assertThat(said).contains("a: it was not repeated; the disturbed run is kept, with its doubts");
    assertThat(beside()).containsExactly(1, 1);
    assertThat(HistoryReader.manifest(folder.resolve("a")).beside()).isEqualTo(1);
    assertThat(folder.resolve("a.new")).doesNotExist();
  }

  @Test
  void afterAStopNothingIsRepeated() {
    busy.add("id-a");
    stopping.add("id-b");

    waves.make(List.of(job("a"), job("b")));

    assertThat(made).containsExactly(List.of("id-a", "id-b"));
    assertThat(beside()).containsExactly(1, 1);
  }

  /** What was found comes in the order of the jobs, whichever wave they were in. */
  @Test
  void theFindingsKeepTheOrderOfTheJobs() {
    Job first = job("a");
    Job second = job("b");
    Job third = job("c");
    waves.make(List.of(first, third));
    waves.make(List.of(second));

    assertThat(waves.findings(jobs))
        .extracting(run -> run.manifest().scenario().name())
        .containsExactly("a", "b", "c");
  }
}
