package io.rolloutlab.twin.node;

import io.rolloutlab.twin.clock.EventQueue;
import java.util.ArrayList;
import java.util.List;

/**
 * Cores that containers share while they start and while they are probed: what runs at one time
 * slows each other down, and lets requests wait.
 */
final class Machine {
  private final EventQueue queue;
  private final double cores;
  private final List<Job> jobs = new ArrayList<>();
  private long lastMicros;
  private EventQueue.Entry next;

  private static final class Job {
    private final Runnable done;
    private double leftMicros;

    Job(double leftMicros, Runnable done) {
      this.leftMicros = leftMicros;
      this.done = done;
    }
  }

  Machine(EventQueue queue, double cores) {
    this.queue = queue;
    this.cores = cores;
  }

  /** Does work that takes so long on a core of its own. */
  void work(long micros, Runnable done) {
    progress();
    jobs.add(new Job(micros, done));
    plan();
  }

  /**
   * How far what is at work goes beyond the cores: 0 while they carry it, 1 when it is twice as
   * much.
   */
  double crowding() {
    return Math.max(0, jobs.size() / cores - 1);
  }

  private double rate() {
    return Math.min(1, cores / jobs.size());
  }

  private void progress() {
    long now = queue.nowMicros();
    double each = (now - lastMicros) * (jobs.isEmpty() ? 0 : rate());
    jobs.forEach(job -> job.leftMicros -= each);
    lastMicros = now;
  }

  private void plan() {
    if (next != null) {
      next.cancel();
      next = null;
    }
    if (!jobs.isEmpty()) {
      double least = jobs.stream().mapToDouble(job -> job.leftMicros).min().getAsDouble();
      next = queue.after((long) Math.ceil(Math.max(0, least) / rate()), this::finish);
    }
  }

  private void finish() {
    next = null;
    progress();
    List<Job> done = jobs.stream().filter(job -> job.leftMicros < 0.5).toList();
    jobs.removeAll(done);
    plan();
    done.forEach(job -> job.done.run());
  }
}
