package io.rolloutlab.scenario;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where scenarios learn of strategies beyond those of the exercise; found by {@link
 * java.util.ServiceLoader}.
 */
public interface StrategySource {
  /** Its strategies; those of the exercise may be among them. */
  List<Strategy> strategies();

  /**
   * The phases that a run of a scenario comes to, or may come to, after its warm-up.
   *
   * @return empty where its strategy is none of this source
   */
  Optional<Set<Happening.Phase>> phases(Scenario scenario);
}
