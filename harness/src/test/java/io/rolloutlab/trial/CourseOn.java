package io.rolloutlab.trial;

import io.rolloutlab.rollout.Stage;

/** Lets tests of other packages play a whole course. */
public final class CourseOn {
  private CourseOn() {}

  /** Takes every step of a trial. */
  public static void play(Stage stage) {
    Course.run(stage);
  }
}
