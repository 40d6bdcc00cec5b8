package io.rolloutlab.scenario.app;

import io.rolloutlab.scenario.check.FileWord;
import io.rolloutlab.scenario.check.Records;
import java.util.Arrays;
import java.util.Optional;

/**
 * The one list of what can be wrong with a version of the lab's own app. The scenario's words, the
 * variables that the real and the simulated app get, and the page of keys are made from it.
 */
public enum AppFaultKind {
  CRASHES_AT_START(AppFault.CrashesAtStart.class),
  CRASHES(AppFault.Crashes.class),
  NEVER_HEALTHY(AppFault.NeverHealthy.class),
  SOURS(AppFault.Sours.class),
  STARTS_SLOWLY(AppFault.StartsSlowly.class),
  ERRORS(AppFault.FailsSome.class),
  SLOW(AppFault.Slow.class),
  LEAKS(AppFault.Leaks.class),
  DEAF(AppFault.Deaf.class),
  CUTS(AppFault.Cuts.class),
  FAILS_LATER(AppFault.FailsLater.class);

  private final Class<? extends AppFault> settings;

  AppFaultKind(Class<? extends AppFault> settings) {
    this.settings = settings;
  }

  /** The kind of a fault. */
  public static AppFaultKind of(AppFault fault) {
    return Arrays.stream(values())
        .filter(kind -> kind.settings.isInstance(fault))
        .findFirst()
        .orElseThrow();
  }

  /** The kind that files call so, for example {@code fails-later}; empty when there is none. */
  public static Optional<AppFaultKind> named(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
  }

  /** What files call it. */
  public String word() {
    return FileWord.of(this);
  }

  /** A record; {@code @param} in its Javadoc says what each setting is. */
  public Class<? extends AppFault> settings() {
    return settings;
  }

  /** It, where a file names nothing but the kind. */
  public AppFault byDefault() {
    return Records.made(settings, new Object[settings.getRecordComponents().length]);
  }
}
