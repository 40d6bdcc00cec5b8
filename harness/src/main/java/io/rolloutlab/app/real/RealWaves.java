package io.rolloutlab.app.real;

import io.rolloutlab.analysis.Analysis;
import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.cost.MachineUse;
import io.rolloutlab.app.folder.Folders;
import io.rolloutlab.app.folder.FreshFolder;
import io.rolloutlab.app.real.RealRuns.Job;
import io.rolloutlab.compare.Batch;
import io.rolloutlab.history.HistoryException;
import io.rolloutlab.history.HistoryReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Makes waves of real runs, one wave after the other, and keeps what was found. A run that was not
 * alone and had no idle time is repeated alone, once: what it measured was the others as well.
 */
final class RealWaves {
  private final Consumer<List<Job>> together;
  private final BooleanSupplier stopped;
  private final Consumer<String> say;
  private final Map<Job, Findings> found = new LinkedHashMap<>();

  /**
   * @param together makes runs at once, each into its folder, and returns when all are over
   * @param stopped whether somebody asked to stop
   * @param say gets a line for people
   */
  RealWaves(Consumer<List<Job>> together, BooleanSupplier stopped, Consumer<String> say) {
    this.together = together;
    this.stopped = stopped;
    this.say = say;
  }

  /** What was found in these runs, in their order, as far as they can be read back. */
  List<Findings> findings(List<Job> jobs) {
    return jobs.stream().map(found::get).filter(Objects::nonNull).toList();
  }

  /** Makes a wave, analyses its runs when all are over, and repeats those that were disturbed. */
  void make(List<Job> wave) {
    wave.forEach(job -> Folders.remove(job.folder()));
    together.accept(wave);
    for (Job job : wave) {
      Optional<Findings> one = analyse(job);
      one.ifPresent(findings -> found.put(job, findings));
      one.flatMap(RealRuns::disturbance)
          .ifPresent(use -> repeat(job, withoutIdleTime(use, wave.size())));
    }
  }

  private static String withoutIdleTime(MachineUse use, int atOnce) {
    return String.format(
        Locale.ROOT,
        "the machine had no idle time in %.0f of %.0f seconds while %d runs were made at once",
        use.withoutIdleMillis() / 1e3,
        use.watchedMillis() / 1e3,
        atOnce);
  }

  /** The repeat is what is kept, be it disturbed as well; of one that was stopped nothing is. */
  private void repeat(Job job, String disturbance) {
    if (stopped.getAsBoolean()) {
      return;
    }
    String name = job.scenario().name();
    say.accept("%s: %s; it is repeated alone".formatted(name, disturbance));
    FreshFolder fresh = new FreshFolder(job.folder());
    try {
      Job alone = job.again(job.run() + "-alone", fresh.path(), disturbance);
      together.accept(List.of(alone));
      Optional<Findings> again = stopped.getAsBoolean() ? Optional.empty() : analyse(alone);
      if (again.isPresent()) {
        fresh.takePlace();
        found.put(job, again.get());
      } else {
        say.accept(name + ": it was not repeated; the disturbed run is kept, with its doubts");
      }
    } finally {
      fresh.discard();
    }
  }

  /** A run that cannot be read back must not stop the others. */
  private Optional<Findings> analyse(Job job) {
    try {
      Findings one =
          Batch.judged(
              Analysis.analyse(HistoryReader.read(job.folder())), List.copyOf(found.values()));
      say.accept(one.manifest().scenario().name() + ": " + one.verdict().inWords());
      return Optional.of(one);
    } catch (HistoryException unreadable) {
      say.accept(unreadable.getMessage());
      return Optional.empty();
    }
  }
}
