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
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.text.Skipped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Makes waves of real runs, one wave after the other, and keeps what was found. A run that was not
 * alone and had no idle time is repeated alone, once: what it measured was the others as well. What
 * cannot be run on these nodes is skipped, and once that is known, so is all else that needs the
 * same.
 */
final class RealWaves {
  private final Function<List<Job>, Map<Job, String>> together;
  private final BooleanSupplier stopped;
  private final Consumer<String> say;
  private final Map<Job, Findings> found = new LinkedHashMap<>();
  private final Map<Job, String> skipped = new LinkedHashMap<>();

  /**
   * @param together makes runs at once, each into its folder, and returns when all are over; it
   *     gives back those that ask for virtual addresses and cannot be made, with the reason
   * @param stopped whether somebody asked to stop
   * @param say gets a line for people
   */
  RealWaves(
      Function<List<Job>, Map<Job, String>> together,
      BooleanSupplier stopped,
      Consumer<String> say) {
    this.together = together;
    this.stopped = stopped;
    this.say = say;
  }

  /** What was found in these runs, in their order, as far as they can be read back. */
  List<Findings> findings(List<Job> jobs) {
    return jobs.stream().map(found::get).filter(Objects::nonNull).toList();
  }

  /** Those of the runs that were not made since they cannot be, each scenario once. */
  List<Skipped> skipped(List<Job> jobs) {
    return jobs.stream()
        .filter(skipped::containsKey)
        .map(job -> new Skipped(job.scenario().name(), skipped.get(job)))
        .distinct()
        .toList();
  }

  /** Makes a wave, analyses its runs when all are over, and repeats those that were disturbed. */
  void make(List<Job> wave) {
    skipped.values().stream().findFirst().ifPresent(known -> skipLike(known, wave));
    List<Job> tried = wave.stream().filter(job -> !skipped.containsKey(job)).toList();
    if (tried.isEmpty()) {
      return;
    }
    tried.forEach(job -> Folders.remove(job.folder()));
    together.apply(tried).forEach(this::skip);
    for (Job job : tried.stream().filter(one -> !skipped.containsKey(one)).toList()) {
      Optional<Findings> one = analyse(job);
      one.ifPresent(findings -> found.put(job, findings));
      one.flatMap(RealRuns::disturbance)
          .ifPresent(use -> repeat(job, withoutIdleTime(use, tried.size())));
    }
  }

  /** Those of a wave that ask for what is known to be missing. */
  private void skipLike(String reason, List<Job> wave) {
    wave.stream()
        .filter(job -> job.scenario().balancing() == Balancing.VIP)
        .forEach(job -> skip(job, reason));
  }

  private void skip(Job job, String reason) {
    skipped.put(job, reason);
    say.accept("%s: skipped: %s".formatted(job.called(), reason));
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
    String name = job.called();
    say.accept("%s: %s; it is repeated alone".formatted(name, disturbance));
    FreshFolder fresh = new FreshFolder(job.folder());
    try {
      Job alone = job.again(job.run() + "-alone", fresh.path(), disturbance);
      together.apply(List.of(alone));
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
      say.accept(job.called() + ": " + one.verdict().inWords());
      return Optional.of(one);
    } catch (HistoryException unreadable) {
      say.accept(unreadable.getMessage());
      return Optional.empty();
    }
  }
}
