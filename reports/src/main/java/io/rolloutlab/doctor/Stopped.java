package io.rolloutlab.doctor;

import io.rolloutlab.stack.FileValue;

/** What is said of a way on which all tasks are stopped before the first new one runs. */
public final class Stopped {
  private Stopped() {}

  /**
   * The finding of such a way.
   *
   * @param about the rule
   */
  public static Finding found(About about, Replacement way) {
    FileValue<Integer> parallelism = way.config().parallelism();
    String all = way.slots().map(slots -> "all %s tasks".formatted(slots)).orElse("all tasks");
    return about.finding(
        way.service(),
        parallelism.place(),
        Sureness.CERTAIN,
        "the %s stops %s at once (parallelism %s%s, stop-first): nobody serves for %s"
            .formatted(
                way.word(),
                all,
                parallelism.value(),
                parallelism.value() == 0 ? " is all" : "",
                Replacement.until(way.service())),
        way.service().hostPort().isPresent()
            ? "Write %s: {parallelism: 1}.".formatted(way.block())
            : "Write %s: {parallelism: 1}, or order: start-first.".formatted(way.block()));
  }
}
