package io.rolloutlab.scenario;

import io.rolloutlab.scenario.check.Fault;
import java.util.List;

/**
 * A kind of thing that can happen during a rollout. It is found by java.util.ServiceLoader: its
 * class is named in a file META-INF/services/io.rolloutlab.scenario.HappeningKind, and no other
 * class knows it. What is asked here is what a reader of scenarios has to know; what it does, the
 * harness asks of it.
 *
 * @param <S> its settings: a record that checks its own values
 */
public interface HappeningKind<S extends Record> {
  /**
   * Its name in a scenario's {@code during}, and the key of its settings there; neither {@code at}
   * nor {@code atPhase}. Settings of one component can be written as its value alone.
   */
  String key();

  /** The class of its settings; {@code @param} in its Javadoc says what each is. */
  Class<S> settings();

  /**
   * What cannot work in a scenario though the settings are right. The reader refuses it; what comes
   * from a history is taken as it is.
   *
   * @param before what stands before it in {@code during}
   * @return keys are paths from its settings, empty for all of them; others are paths from the
   *     scenario
   */
  default List<Fault> faults(S settings, List<Happening> before, Scenario scenario) {
    return List.of();
  }

  /** The most tasks of a service that it asks for: a real Swarm takes fewer than the twin. */
  default int tasks(S settings) {
    return 0;
  }
}
