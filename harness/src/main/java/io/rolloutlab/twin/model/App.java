package io.rolloutlab.twin.model;

import io.rolloutlab.twin.clock.Chance;
import io.rolloutlab.twin.clock.EventQueue;
import io.rolloutlab.twin.clock.Spread;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The processes of one task: one worker with 16 threads, as the lab's app has. The service time is
 * slept, so requests do not slow each other down but by waiting for a thread; what starts on their
 * machine does.
 */
public final class App {
  private static final int THREADS = 16;

  /** gunicorn closes a connection on which nothing was asked for so long (its keepalive). */
  private static final long KEEP_ALIVE_MICROS = 2_000_000;

  private static final long NEVER = -1;
  private static final double SECOND = 1e6;

  /** What became of a connection or a request to it. */
  public enum Answer {
    OK,
    /** It answered 500. */
    ERROR,
    /** Nobody listens. */
    REFUSED,
    /** It ended before it had answered. */
    RESET,
    /** Its address is nobody's any more, and is known to be. */
    UNREACHABLE,
    /** Nothing came back before the edge gave up. */
    TIMED_OUT
  }

  private final EventQueue queue;
  private final TwinSettings settings;
  private final Chance chance;
  private final LongSupplier crowdMicros;
  private final Knobs knobs;
  private final String container;
  private final String address;
  private final long startedMicros;
  private final Deque<Consumer<Answer>> waiting = new ArrayDeque<>();
  private final List<Call> served = new ArrayList<>();
  private final List<Consumer<Answer>> unread = new ArrayList<>();
  private boolean listening;
  private long listensSinceMicros = NEVER;
  private boolean draining;
  private VacantAddress vacated;
  private boolean lost;
  private boolean ended;
  private int exitCode;
  private boolean ill;
  private long answered;
  private long probed;
  private int held;
  private Runnable whenDrained = () -> {};

  /** A request a thread is busy with. */
  private static final class Call {
    private final Consumer<Answer> then;
    private EventQueue.Entry end;

    Call(Consumer<Answer> then) {
      this.then = then;
    }
  }

  /**
   * @param crowdMicros what a request that comes now waits for a core
   */
  public App(
      EventQueue queue,
      TwinSettings settings,
      Chance chance,
      LongSupplier crowdMicros,
      Knobs knobs,
      String container,
      String address) {
    this.queue = queue;
    this.settings = settings;
    this.chance = chance;
    this.crowdMicros = crowdMicros;
    this.knobs = knobs;
    this.container = container;
    this.address = address;
    startedMicros = queue.nowMicros();
  }

  public String container() {
    return container;
  }

  /** In the services' network. */
  public String address() {
    return address;
  }

  public Knobs knobs() {
    return knobs;
  }

  /** What it, or its health check, says is wrong; empty when all is well. */
  public String trouble() {
    return !ill ? knobs.complaint() : "it is unhealthy: its health checks have failed";
  }

  /** Its health check has given it up. */
  public void fallIll() {
    ill = true;
  }

  /** Whether its container has been removed, or its node is gone. */
  public boolean gone() {
    return vacated != null;
  }

  /** Whether its processes have ended. */
  public boolean ended() {
    return ended;
  }

  /** What its processes are doing now. */
  public Doing doing() {
    if (lost) {
      return Doing.LOST;
    }
    if (ill && (draining || ended)) {
      return Doing.GIVEN_UP;
    }
    if (ended) {
      return exitCode == 0 || draining ? Doing.STOPPED : Doing.CRASHED;
    }
    return draining ? Doing.STOPPING : listening ? Doing.LISTENING : Doing.STARTING;
  }

  /** Requests answered since it started. */
  public long answered() {
    return answered;
  }

  /** How often its health check has run since it started. */
  public long probed() {
    return probed;
  }

  public long startedMicros() {
    return startedMicros;
  }

  /** From now on it accepts. */
  public void listen() {
    listening = !ended && !draining;
    listensSinceMicros = queue.nowMicros();
  }

  /** Whether it has listened for so long; never where that is negative. */
  private boolean hasListened(long micros) {
    return listensSinceMicros != NEVER
        && micros >= 0
        && queue.nowMicros() - listensSinceMicros >= micros;
  }

  /** What a health check finds: the probe asks the app's own {@code /healthz}. */
  public boolean probe() {
    probed++;
    return listening && !knobs.illness().always() && !hasListened(knobs.illness().afterMicros());
  }

  /** The memory it has taken since it listens, beyond what it needs. */
  public long leakedBytes() {
    return listensSinceMicros == NEVER
        ? 0
        : Math.round(
            knobs.growthBytesPerSecond() * (queue.nowMicros() - listensSinceMicros) / SECOND);
  }

  /** How long after it listens it has taken a limit's worth of memory; empty where it never has. */
  public OptionalLong fillsAfterMicros(long limitBytes) {
    long room = Math.max(0, limitBytes - settings.appMemoryBytes());
    if (room > 0 && knobs.growthBytesPerSecond() <= 0) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(
        room == 0 ? 0 : Math.round(room / knobs.growthBytesPerSecond() * SECOND));
  }

  /** Whether a connection to it would come about. */
  public boolean connects() {
    return listening;
  }

  /** Whether a connection on which nothing was asked since then is closed at its end. */
  public boolean hasClosed(long idleSinceMicros) {
    return ended || queue.nowMicros() - idleSinceMicros >= KEEP_ALIVE_MICROS;
  }

  /**
   * Sends it a request over a new connection; the answer comes later, but never in the same event.
   *
   * @param connectLimitMicros how long the edge waits for the connection
   */
  public void request(long connectLimitMicros, Consumer<Answer> then) {
    if (lost) {
      queue.after(connectLimitMicros, () -> then.accept(Answer.TIMED_OUT));
    } else if (gone()) {
      vacated.connect(connectLimitMicros, then);
    } else if (!listening) {
      queue.after(chance.micros(settings.transfer()), () -> then.accept(Answer.REFUSED));
    } else {
      take(then);
    }
  }

  /**
   * Sends it a request over a connection that was kept open. Who drains reads no more from such
   * ones, and closes them when it ends (gunicorn's gthread worker).
   */
  public void requestOnKept(Consumer<Answer> then) {
    if (ended) {
      queue.after(0, () -> then.accept(Answer.RESET));
    } else if (draining) {
      unread.add(then);
    } else {
      take(then);
    }
  }

  private void take(Consumer<Answer> then) {
    if (served.size() < THREADS) {
      serve(then);
    } else {
      waiting.add(then);
    }
  }

  /** The stop signal has taken effect: no new connections, those in flight are served. */
  public void drain(Runnable drained) {
    listening = false;
    draining = true;
    whenDrained = drained;
    endWhenIdle();
  }

  /** Whether the stop signal has taken effect, or its processes have ended. */
  public boolean stops() {
    return draining || ended;
  }

  /** It has something in hand that is served elsewhere, as a proxy has: a drain waits for that. */
  public void hold() {
    held++;
  }

  /** One of these is over. */
  public void release() {
    held--;
    endWhenIdle();
  }

  private void endWhenIdle() {
    if (draining && held == 0 && served.isEmpty() && waiting.isEmpty()) {
      Runnable drained = whenDrained;
      whenDrained = () -> {};
      drained.run();
    }
  }

  /** They end by themselves, with an exit code of their own. */
  public void crash(int code) {
    exitCode = code;
    end();
  }

  /** What they ended with by themselves; 0 where they were told to. */
  public int exitCode() {
    return exitCode;
  }

  /** Its processes have ended, whatever was in flight. */
  public void end() {
    listening = false;
    ended = true;
    whenDrained = () -> {};
    List<Call> cut = List.copyOf(served);
    List<Consumer<Answer>> unheard = new ArrayList<>(waiting);
    unheard.addAll(unread);
    served.clear();
    waiting.clear();
    unread.clear();
    for (Call call : cut) {
      call.end.cancel();
      queue.after(0, () -> call.then.accept(Answer.RESET));
    }
    unheard.forEach(then -> queue.after(0, () -> then.accept(Answer.RESET)));
  }

  /** Its container, and with it its address, is removed. */
  public void vanish() {
    end();
    vacated = new VacantAddress(queue, settings, chance);
  }

  /**
   * Its node is gone. The kernel closes its connections, as it does when the lab kills a node's
   * container; a connection that is opened later gets no answer at all.
   */
  public void lose() {
    vanish();
    lost = true;
  }

  private void serve(Consumer<Answer> then) {
    Call call = new Call(then);
    served.add(call);
    Spread time = chance.happens(settings.stallShare()) ? settings.stall() : settings.service();
    call.end =
        queue.after(
            chance.micros(settings.transfer())
                + crowdMicros.getAsLong()
                + addedMicros()
                + chance.micros(time),
            () -> answer(call));
  }

  /** Nothing is drawn where it does not matter, so that runs stay what they were. */
  private long addedMicros() {
    Knobs.Slowing added = knobs.slowing();
    return added.share() >= 1 || chance.happens(added.share()) ? added.micros() : 0;
  }

  private void answer(Call call) {
    served.remove(call);
    answered++;
    if (!waiting.isEmpty()) {
      serve(waiting.poll());
    }
    Knobs.Failing failing = knobs.failing();
    boolean drawn = chance.happens(failing.share());
    call.then.accept(drawn && hasListened(failing.afterMicros()) ? Answer.ERROR : Answer.OK);
    endWhenIdle();
  }
}
