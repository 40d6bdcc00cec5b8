package io.rolloutlab.scenario.app;

import io.rolloutlab.scenario.check.Check;
import io.rolloutlab.scenario.check.Memory;

/**
 * What Swarm keeps free for each task on the node it places it on; how much the task then takes is
 * another matter.
 *
 * @param cpus cores; 0.001 to 1,000, default none
 * @param memory from 4MiB to 1024GiB, default none
 */
public record Reservation(Double cpus, Memory memory) {
  // The least are Swarm's own (swarmkit controlapi/service.go: validateResources).
  private static final double LEAST_CPUS = 0.001;
  private static final double MOST_CPUS = 1000;
  private static final Memory LEAST_MEMORY = Memory.parse("4MiB");
  private static final Memory MOST_MEMORY = Memory.parse("1024GiB");

  public Reservation {
    cpus = Check.orElse(cpus, 0.0);
    memory = Check.orElse(memory, Memory.NONE);
    if (cpus != 0) {
      Check.between("cpus", cpus, LEAST_CPUS, MOST_CPUS);
    }
    long bytes = memory.bytes();
    Check.that(
        bytes == 0 || bytes >= LEAST_MEMORY.bytes() && bytes <= MOST_MEMORY.bytes(),
        "memory",
        "must be from %s to %s, but is %s"
            .formatted(LEAST_MEMORY.print(), MOST_MEMORY.print(), memory.print()));
  }

  /** The cores in the unit that Swarm counts in. */
  public long nanoCpus() {
    return Math.round(cpus * 1e9);
  }
}
