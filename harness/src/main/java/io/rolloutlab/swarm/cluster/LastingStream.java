package io.rolloutlab.swarm.cluster;

import com.github.dockerjava.api.async.ResultCallback;
import io.rolloutlab.scenario.check.Patience;
import io.rolloutlab.testbed.StepFailedException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an engine tells of a container for as long as that is there. When it ends before, however it
 * does, something that rests on it is missing from then on, and somebody is told.
 */
public abstract class LastingStream<T> extends ResultCallback.Adapter<T> {
  private static final Logger LOG = LoggerFactory.getLogger(LastingStream.class);

  /** An engine closes the streams of a container a little before it calls it ended. */
  private static final Duration END_LIMIT = Duration.ofSeconds(2);

  private final Fate fate;
  private final AtomicBoolean over = new AtomicBoolean();

  /** Whether the end of a stream is in order. */
  @FunctionalInterface
  public interface Fate {
    /**
     * What speaks against it, for people; empty when the container has ended as part of the run.
     *
     * @throws StepFailedException when nobody can be asked
     */
    Optional<String> missing();

    /** With which that it is in order is waited for; by default the usual one. */
    default Patience patience() {
      return Patience.USUAL;
    }
  }

  public LastingStream(Fate fate) {
    this.fate = fate;
  }

  /**
   * It has ended though it should have lasted. Called once at most, in the thread that reads it.
   *
   * @param why for people
   */
  protected abstract void broken(String why);

  /** Its container has ended as part of the run: the last chance to say what is left. */
  protected void endedInOrder() {}

  /** Ends it: it has served its purpose. */
  public final void stop() {
    over.set(true);
    end();
  }

  /** The engine's end of it is gone: nothing is logged of one that nobody needs any more. */
  @Override
  public void onError(Throwable failure) {
    ended(failure.getMessage() == null ? failure.toString() : failure.getMessage());
  }

  @Override
  public void onComplete() {
    ended("the engine ended it");
  }

  /** It has nothing more to tell. */
  protected final void ended(String why) {
    if (!over.get()) {
      Optional<String> trouble = trouble(why);
      if (!over.getAndSet(true)) {
        trouble.ifPresentOrElse(this::broken, this::endedInOrder);
      }
    }
    end();
  }

  private Optional<String> trouble(String why) {
    try {
      SystemTimeline.poll(
          "its container has ended", fate::missing, fate.patience().stretched(END_LIMIT));
      return Optional.empty();
    } catch (StepFailedException lasts) {
      return Optional.of(why + " (" + lasts.getMessage() + ")");
    }
  }

  private void end() {
    try {
      close();
    } catch (IOException failed) {
      LOG.info("a stream that is not needed any more did not close: {}", failed.getMessage());
    }
  }
}
