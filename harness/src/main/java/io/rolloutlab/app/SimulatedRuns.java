package io.rolloutlab.app;

import io.rolloutlab.analysis.Analysis;
import io.rolloutlab.analysis.Findings;
import io.rolloutlab.app.console.ProgressLine;
import io.rolloutlab.app.folder.Folders;
import io.rolloutlab.app.real.Expected;
import io.rolloutlab.history.HistoryReader;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.cluster.Pace;
import io.rolloutlab.trial.Commit;
import io.rolloutlab.trial.TwinTrial;
import io.rolloutlab.twin.model.TwinSettings;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongConsumer;
import me.tongfei.progressbar.ProgressBar;

/**
 * Makes many simulated runs on all cores. A run knows nothing of the others, and its place among
 * the results is fixed, so what comes out does not depend on which is done first.
 *
 * @param <R> what is kept of a run; its history goes
 */
final class SimulatedRuns<R> {
  /** What the history of a request takes while it is analysed, roughly and rather too much. */
  private static final long BYTES_PER_REQUEST = 2000;

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final int THOUSAND = 1000;

  private final TwinSettings settings;
  private final Commit commit;
  private final Path folder;
  private final BooleanSupplier stopped;
  private final Function<Findings, R> keep;
  private final List<Job> jobs = new ArrayList<>();
  private volatile boolean over;

  /**
   * One run.
   *
   * @param requests it will take, as far as it can be known
   */
  private record Job(int place, int seed, Scenario scenario, long requests) {}

  private record Done<R>(Job job, R run) {}

  /**
   * @param scenarios each with its first seed
   * @param seeds how many runs of each, every one with the seed after the last one's
   * @param commit of the lab itself
   * @param folder for the histories; each goes when its run is analysed, and in the end the folder
   * @param stopped whether somebody asked to stop
   * @param keep what is kept of a run, by several threads at once
   */
  SimulatedRuns(
      List<Scenario> scenarios,
      int seeds,
      TwinSettings settings,
      Commit commit,
      Path folder,
      BooleanSupplier stopped,
      Function<Findings, R> keep) {
    this.settings = settings;
    this.commit = commit;
    this.folder = folder;
    this.stopped = () -> over || stopped.getAsBoolean();
    this.keep = keep;
    for (int place = 0; place < scenarios.size(); place++) {
      Scenario scenario = scenarios.get(place);
      Duration takes = Expected.of(scenario, Pace.USUAL);
      long requests = Math.round(takes.toSeconds() * scenario.load().requestsPerSecond());
      for (int seed = 0; seed < seeds; seed++) {
        jobs.add(new Job(place, seed, scenario.repeat(seed), requests));
      }
    }
  }

  /** Requests of all runs together, roughly. */
  long expectedRequests() {
    return jobs.stream().mapToLong(Job::requests).sum();
  }

  /**
   * Makes them all, with a bar that counts requests: runs are of very different lengths.
   *
   * @param name what they belong to, for people
   * @param out standard output
   * @return the runs of each scenario; empty when somebody asked to stop
   * @throws io.rolloutlab.history.HistoryException when a run cannot be recorded
   */
  Optional<List<List<R>>> run(String name, PrintStream out) {
    ProgressLine line = new ProgressLine(out, System.console() != null);
    line.note("%s: %s simulated runs".formatted(name, jobs.size()));
    try (ProgressBar bar =
        line.bar().setInitialMax(expectedRequests()).setUnit("k requests", THOUSAND).build()) {
      int[] done = new int[1];
      return run(
          requests -> {
            bar.stepBy(requests);
            bar.setExtraMessage(" %s of %s runs".formatted(++done[0], jobs.size()));
          });
    }
  }

  /**
   * Makes them all.
   *
   * @param progress is told the expected requests of each run that is done, by this thread
   * @return the runs of each scenario; empty when somebody asked to stop
   * @throws io.rolloutlab.history.HistoryException when a run cannot be recorded
   */
  Optional<List<List<R>>> run(LongConsumer progress) {
    Folders.remove(folder);
    ExecutorService workers = Executors.newFixedThreadPool(threads());
    try {
      CompletionService<Done<R>> done = new ExecutorCompletionService<>(workers);
      // Long ones first: what is left at the end is short, and all cores end together.
      jobs.stream()
          .sorted(Comparator.comparingLong(Job::requests).reversed())
          .forEach(job -> done.submit(() -> new Done<>(job, run(job))));
      Map<Job, R> runs = new HashMap<>();
      for (int i = 0; i < jobs.size() && !stopped.getAsBoolean(); i++) {
        Done<R> one = done.take().get();
        runs.put(one.job(), one.run());
        progress.accept(one.job().requests());
      }
      return stopped.getAsBoolean() ? Optional.empty() : Optional.of(byScenario(runs));
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof Error broken) {
        throw broken;
      }
      throw failed.getCause() instanceof RuntimeException known
          ? known
          : new IllegalStateException(failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      over = true;
      end(workers);
      Folders.remove(folder);
    }
  }

  /** In the order of the jobs, which is that of the scenarios and their seeds. */
  private List<List<R>> byScenario(Map<Job, R> runs) {
    SortedMap<Integer, List<R>> by = new TreeMap<>();
    for (Job job : jobs) {
      by.computeIfAbsent(job.place(), place -> new ArrayList<>()).add(runs.get(job));
    }
    return List.copyOf(by.values());
  }

  /** No run may still write when its folder goes. */
  private static void end(ExecutorService workers) {
    workers.shutdownNow();
    try {
      if (!workers.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("a simulated run has not ended within " + PATIENCE);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** All cores, but no more than have room for their histories. */
  private int threads() {
    long largest = jobs.stream().mapToLong(Job::requests).max().orElse(1);
    long room = Runtime.getRuntime().maxMemory() / (largest * BYTES_PER_REQUEST);
    return (int) Math.max(1, Math.min(Runtime.getRuntime().availableProcessors(), room));
  }

  private R run(Job job) {
    Path history = folder.resolve("%s-%s".formatted(job.place(), job.seed()));
    try {
      new TwinTrial(job.scenario(), settings, commit, history, stopped).run();
      return keep.apply(Analysis.analyse(HistoryReader.read(history)));
    } finally {
      Folders.remove(history);
    }
  }
}
