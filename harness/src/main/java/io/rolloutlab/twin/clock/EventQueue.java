package io.rolloutlab.twin.clock;

import java.time.Duration;
import java.util.Arrays;

/**
 * Virtual time, and what is to happen in it: by time, and at one time in the order in which it was
 * asked for. Times are microseconds from the start of the run.
 *
 * <p>A binary heap in which every entry knows its place: what is cancelled leaves at once. Nearly
 * every request's timeout is, and in a heap that keeps them they would soon be all there is.
 */
public final class EventQueue {
  private Entry[] heap = new Entry[256];
  private int size;
  private long nowMicros;
  private long lastSequence;
  private long done;

  /** Something that is to happen, unless it is cancelled. */
  public final class Entry {
    private final long atMicros;
    private final long sequence;
    private final Runnable action;
    private int place;

    private Entry(long atMicros, long sequence, Runnable action) {
      this.atMicros = atMicros;
      this.sequence = sequence;
      this.action = action;
    }

    /** Nothing happens when it has already happened, or was cancelled before. */
    public void cancel() {
      if (place >= 0) {
        remove(this);
      }
    }

    private boolean before(Entry other) {
      return atMicros != other.atMicros ? atMicros < other.atMicros : sequence < other.sequence;
    }
  }

  public static long micros(Duration length) {
    return length.toNanos() / 1000;
  }

  public long nowMicros() {
    return nowMicros;
  }

  /** How many events have happened. */
  public long done() {
    return done;
  }

  /** Asks for something to happen so much later; 0 is after everything asked for now. */
  public Entry after(long micros, Runnable action) {
    if (micros < 0) {
      throw new IllegalArgumentException("time never goes back, but " + micros + " µs was asked");
    }
    Entry entry = new Entry(nowMicros + micros, ++lastSequence, action);
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, 2 * size);
    }
    rise(entry, size++);
    return entry;
  }

  /** Lets everything happen that is due until then; then it is then. */
  public void runUntil(long micros) {
    while (size > 0 && heap[0].atMicros <= micros) {
      Entry next = heap[0];
      remove(next);
      nowMicros = next.atMicros;
      done++;
      next.action.run();
    }
    nowMicros = Math.max(nowMicros, micros);
  }

  /** Lets so much time pass. */
  public void run(long micros) {
    runUntil(nowMicros + micros);
  }

  private void remove(Entry entry) {
    int place = entry.place;
    entry.place = -1;
    Entry last = heap[--size];
    heap[size] = null;
    if (last != entry) {
      sink(last, place);
      if (last.place == place) {
        rise(last, place);
      }
    }
  }

  /** Puts an entry there, or as far above as it belongs. */
  private void rise(Entry entry, int from) {
    int place = from;
    while (place > 0) {
      int parent = (place - 1) / 2;
      if (!entry.before(heap[parent])) {
        break;
      }
      put(heap[parent], place);
      place = parent;
    }
    put(entry, place);
  }

  /** Puts an entry there, or as far below as it belongs. */
  private void sink(Entry entry, int from) {
    int place = from;
    while (2 * place + 1 < size) {
      int child = 2 * place + 1;
      if (child + 1 < size && heap[child + 1].before(heap[child])) {
        child++;
      }
      if (!heap[child].before(entry)) {
        break;
      }
      put(heap[child], place);
      place = child;
    }
    put(entry, place);
  }

  private void put(Entry entry, int place) {
    heap[place] = entry;
    entry.place = place;
  }
}
