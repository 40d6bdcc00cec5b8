package io.rolloutlab.rollout;

import java.util.Optional;

/** How far the passes of a rollout have got. */
final class Passes {
  private String step = "";
  private int passes;
  private int shares;
  private int most;
  private String ending = "";
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
