package io.rolloutlab.rollout;

import java.util.Optional;

/** How far the passes of a rollout have got. */
final class Passes {
  private String step = "";
  private int passes;
  private int shares;
  private int most;
  private String ending = "";
  private long updateOrderedAt;
  private boolean turned;
  private boolean back;

  /** The way forward has got as far as it was to go. */
  static final class CalledBackException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Another way forward begins; it ends with so many shares. */
  void begin(String itsStep, int mostShares) {
    step = itsStep;
    most = mostShares;
    passes++;
    shares = 0;
    ending = "";
    turned = false;
    back = false;
  }

  /** It is gone no further. */
  void end() {
    most = Integer.MAX_VALUE;
  }

  /** What is done next is called so. */
  void called(String itsStep) {
    step = itsStep;
  }

  /** What is done now is called so. */
  String step() {
    return step;
  }

  /** The name of the share that is held next, for example {@code pass 1, step 2: 30 %}. */
  String nextShare(int percent) {
    shares++;
    return "pass %s, step %s: %s %%".formatted(passes, shares, percent);
  }

  /** A share has been held, which may be the last of this way. */
  void shareIsHeld() {
    if (shares >= most) {
      throw new CalledBackException();
    }
  }

  /** An update is ordered, milliseconds since 1970. */
  void updateIsOrdered(long atMillis) {
    updateOrderedAt = atMillis;
  }

  /** When the last one was ordered; 0 when none was. */
  long updateOrderedAt() {
    return updateOrderedAt;
  }

  /** Swarm goes back by itself; the way forward is not over before it has. */
  void turned() {
    turned = true;
  }

  /** Whether Swarm has begun to go back by itself. */
  boolean hasTurned() {
    return turned;
  }

  /** In what the way forward has ended, and whether that is where it began. */
  void ended(String inWords, boolean whereItBegan) {
    ending = inWords;
    back = whereItBegan;
  }

  /** In what the way forward has ended, where the strategy has told. */
  Optional<String> ending() {
    return Optional.of(ending).filter(words -> !words.isEmpty());
  }

  /** Whether v1 serves again without a way back. */
  boolean isBack() {
    return back;
  }
}
