package io.rolloutlab.stack.scenario;

import io.rolloutlab.scenario.check.Check;

/**
 * What a scenario file says of a stack that docker deploys; beside it stand {@code name}, {@code
 * question}, {@code seed}, {@code load}, {@code expect}, {@code alarm}, {@code repeats} and {@code
 * patience}, as in every scenario.
 *
 * @param stack the stack file, and which of its services is rolled out; all else of that service
 *     stands there
 * @param candidate what v2 of the service is; may be left out where the lab's app plays the
 *     service, in two versions of its own
 */
public record StackKeys(StackPlan stack, CandidatePlan candidate) {
  public StackKeys {
    Check.present("stack", stack);
    candidate = Check.orElse(candidate, CandidatePlan.UNSAID);
  }
}
