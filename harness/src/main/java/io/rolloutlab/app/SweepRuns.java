package io.rolloutlab.app;

import io.rolloutlab.analysis.Analysis;
import io.rolloutlab.app.folder.Folders;
import io.rolloutlab.history.HistoryReader;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.sweep.Machines;
import io.rolloutlab.scenario.sweep.Sweep;
import io.rolloutlab.sweep.SweepRun;
import io.rolloutlab.trial.Commit;
import io.rolloutlab.trial.TwinTrial;
import io.rolloutlab.twin.model.TwinSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/**
 * Makes a sweep's runs on all cores. A run knows nothing of the others, and its place among the
 * results is fixed, so what comes out does not depend on which is done first.
 */
final class SweepRuns {
  /** What the history of a request takes while it is analysed, roughly and rather too much. */
  private static final long BYTES_PER_REQUEST = 2000;

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Sweep sweep;
  private final TwinSettings settings;
  private final Commit commit;
  private final Path folder;
  private final BooleanSupplier stopped;
  private final List<Job> jobs = new ArrayList<>();
  private volatile boolean over;

  /**
   * One run.
   *
   * @param requests it will take, as far as it can be known
   */
  private record Job(int cell, int seed, Scenario scenario, long requests) {}

  private record Done(Job job, SweepRun run) {}

  /**
   * @param folder for the histories; each goes when its run is analysed, and in the end the folder
   * @param stopped whether somebody asked to stop
   */
  SweepRuns(
      Sweep sweep, TwinSettings settings, Commit commit, Path folder, BooleanSupplier stopped) {
    this.sweep = sweep;
    this.settings = settings.withNodesShareMachine(sweep.machines() == Machines.SHARED);
    this.commit = commit;
    this.folder = folder;
    this.stopped = () -> over || stopped.getAsBoolean();
    List<Sweep.Cell> cells = sweep.cells();
    for (int cell = 0; cell < cells.size(); cell++) {
      Scenario scenario = cells.get(cell).scenario();
      long requests =
          Math.round(Expected.of(scenario).toSeconds() * scenario.load().ratePerSecond());
      for (int seed = 0; seed < sweep.seeds(); seed++) {
        jobs.add(new Job(cell, seed, scenario.withSeed(scenario.seed() + seed), requests));
      }
    }
  }

  /** Requests of all runs together, roughly. */
  long expectedRequests() {
    return jobs.stream().mapToLong(Job::requests).sum();
  }

  /**
   * Makes them all.
   *
   * @param progress is told the expected requests of each run that is done, by this thread
   * @return the runs of each cell; empty when somebody asked to stop
   * @throws io.rolloutlab.history.HistoryException when a run cannot be recorded
   */
  Optional<List<List<SweepRun>>> run(LongConsumer progress) {
    Folders.remove(folder);
    ExecutorService workers = Executors.newFixedThreadPool(threads());
    try {
      CompletionService<Done> done = new ExecutorCompletionService<>(workers);
      // Long ones first: what is left at the end is short, and all cores end together.
      jobs.stream()
          .sorted(Comparator.comparingLong(Job::requests).reversed())
          .forEach(job -> done.submit(() -> new Done(job, run(job))));
      SweepRun[][] runs = new SweepRun[sweep.runs() / sweep.seeds()][sweep.seeds()];
      for (int i = 0; i < jobs.size() && !stopped.getAsBoolean(); i++) {
        Done one = done.take().get();
        runs[one.job().cell()][one.job().seed()] = one.run();
        progress.accept(one.job().requests());
      }
      return stopped.getAsBoolean()
          ? Optional.empty()
          : Optional.of(Arrays.stream(runs).map(List::of).toList());
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

  private SweepRun run(Job job) {
    Path history = folder.resolve("%s-%s".formatted(job.cell(), job.seed()));
    try {
      new TwinTrial(job.scenario(), settings, commit, history, stopped).run();
      return SweepRun.of(Analysis.analyse(HistoryReader.read(history)));
    } finally {
      Folders.remove(history);
    }
  }
}
