package io.rolloutlab.scenario;

import java.util.List;

/**
 * Where scenarios learn of strategies beyond those of the exercise; found by {@link
 * java.util.ServiceLoader}.
 */
public interface StrategySource {
  /** Its strategies; those of the exercise may be among them. */
  List<Strategy> strategies();
}
