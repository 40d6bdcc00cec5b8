package io.rolloutlab.twin.node;

import io.rolloutlab.twin.clock.EventQueue;
import java.util.ArrayList;
import java.util.List;

/**
 * Cores that containers share while they start and while they are probed: what runs at one time
 * slows each other down, and lets requests wait.
 */
public final class Machine {
  private final EventQueue queue;
  private final double cores;
  private final List<Job> jobs = new ArrayList<>();
  private int others;
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
   * How far what is at work goes beyond what the cores carry: 0 while it does not, 1 when it is
   * twice as much.
   */
  double crowding() {
    return crowding(jobs.size() + others, cores);
  }

  /** The same for so many that start, boot or are probed at a time. */
  public static double crowding(long jobs, double cores) {
    return Math.max(0, jobs / cores - 1);
  }

  /**
   * Something takes cores for a fixed time, which was seen beside starts: requests wait for it,
   * what starts does not.
   *
   * @param as how many containers that start it takes as much as
   */
  void busy(int as, long micros) {
    others += as;
    queue.after(micros, () -> others -= as);
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
