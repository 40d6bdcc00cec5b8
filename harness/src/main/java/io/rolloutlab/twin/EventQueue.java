package io.rolloutlab.twin;

import java.time.Duration;
import java.util.PriorityQueue;

/**
 * Virtual time, and what is to happen in it: by time, and at one time in the order in which it was
 * asked for. Times are microseconds from the start of the run.
 */
final class EventQueue {
  private final PriorityQueue<Entry> entries = new PriorityQueue<>();
  private long nowMicros;
  private long lastSequence;
  private long done;
  private Runnable afterEach = () -> {};

  /** Something that is to happen, unless it is cancelled. */
  static final class Entry implements Comparable<Entry> {
    private final long atMicros;
    private final long sequence;
    private Runnable action;

    private Entry(long atMicros, long sequence, Runnable action) {
      this.atMicros = atMicros;
      this.sequence = sequence;
      this.action = action;
    }

    void cancel() {
      action = null;
    }

    @Override
    public int compareTo(Entry other) {
      int byTime = Long.compare(atMicros, other.atMicros);
      return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }
  }

  static long micros(Duration length) {
    return length.toNanos() / 1000;
  }

  long nowMicros() {
    return nowMicros;
  }

  /** How many events have happened. */
  long done() {
    return done;
  }

  /** Lets something look at the whole after every event. */
  void afterEach(Runnable look) {
    afterEach = look;
  }

  /** Asks for something to happen so much later; 0 is after everything asked for now. */
  Entry after(long micros, Runnable action) {
    if (micros < 0) {
      throw new IllegalArgumentException("time never goes back, but " + micros + " µs was asked");
    }
    Entry entry = new Entry(nowMicros + micros, ++lastSequence, action);
    entries.add(entry);
    return entry;
  }

  /** Lets everything happen that is due until then; then it is then. */
  void runUntil(long micros) {
    while (!entries.isEmpty() && entries.peek().atMicros <= micros) {
      Entry entry = entries.poll();
      if (entry.action != null) {
        nowMicros = entry.atMicros;
        done++;
        entry.action.run();
        afterEach.run();
      }
    }
    nowMicros = Math.max(nowMicros, micros);
  }

  /** Lets so much time pass. */
  void run(long micros) {
    runUntil(nowMicros + micros);
  }
}
