package io.rolloutlab.swarm;

import io.rolloutlab.testbed.StepFailedException;

/**
 * A scenario asks for virtual addresses, and the kernel of the nodes cannot have them: nothing of
 * it can be seen here, which is neither a failure of the lab nor a result.
 */
public final class NoIpvsException extends StepFailedException {
  private static final long serialVersionUID = 1L;

  /**
   * @param kernel release
   */
  NoIpvsException(String kernel) {
    super(
        "it needs IPVS (balancing: vip), and the kernel of the nodes (%s) has none"
            .formatted(kernel));
  }
}
