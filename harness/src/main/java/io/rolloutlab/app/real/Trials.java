package io.rolloutlab.app.real;

import io.rolloutlab.app.console.Console;
import io.rolloutlab.app.real.RealRuns.Job;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.HistoryException;
import io.rolloutlab.swarm.NoIpvsException;
import io.rolloutlab.trial.Laboratory;
import io.rolloutlab.trial.Trial;
import io.rolloutlab.trial.Wave;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Trials in one laboratory, some at once: a thread and a place in their wave each.
 *
 * @param laboratory what all share
 * @param console shows how they go
 */
record Trials(Laboratory laboratory, Console console) {
  /**
   * Makes some runs at once, and waits for all of them.
   *
   * @return those that cannot be made here, with the reason, a clause
   */
  Map<Job, String> together(List<Job> jobs) {
    Map<Job, String> impossible = new ConcurrentHashMap<>();
    Wave wave =
        new Wave(jobs.stream().map(job -> job.scenario().name()).toList(), laboratory.stopped());
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (int i = 0; i < jobs.size(); i++) {
      Job job = jobs.get(i);
      int number = i;
      all.add(
          CompletableFuture.runAsync(
              () -> record(job, wave, number, impossible),
              task -> new Thread(task, "run " + job.run()).start()));
    }
    try {
      CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new)).join();
    } catch (CompletionException broken) {
      if (broken.getCause() instanceof Error error) {
        throw error;
      }
      throw broken.getCause() instanceof RuntimeException known ? known : broken;
    }
    return impossible;
  }

  /** A run that cannot even be recorded must not stop the others. */
  private void record(Job job, Wave wave, int number, Map<Job, String> impossible) {
    try (Console.Run line = console.run(job.called())) {
      Wave.Place place = wave.place(number, line::phase);
      try {
        Event.RunEnded end =
            new Trial(
                    laboratory,
                    line,
                    place,
                    job.scenario(),
                    job.run(),
                    job.folder(),
                    job.repeatedSince(),
                    job.stack())
                .run();
        if (!end.cause().isEmpty()) {
          line.note("%s: %s".formatted(end.end().name().toLowerCase(Locale.ROOT), end.cause()));
        }
      } catch (NoIpvsException here) {
        impossible.put(job, here.getMessage());
      } catch (HistoryException unrecorded) {
        line.note(unrecorded.getMessage());
      } finally {
        place.leave();
      }
    }
  }
}
