package io.rolloutlab.stack.scenario;

import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.stack.Place;
import io.rolloutlab.stack.deploy.StackRollout;
import java.util.List;
import java.util.Optional;

/**
 * What a scenario file asks.
 *
 * @param scenario of a stack as well
 * @param stack that docker deploys; empty where the lab makes the app's service
 * @param place where the file says what is rolled out: of a stack that of its key, else the first
 *     line
 * @param warnings sentences, each with file, line and key, about keys without effect
 */
public record AskedScenario(
    Scenario scenario, Optional<StackRollout> stack, Place place, List<String> warnings) {
  public AskedScenario {
    warnings = List.copyOf(warnings);
  }
}
