package io.rolloutlab.scenario.app;

import io.rolloutlab.scenario.check.Check;
import io.rolloutlab.scenario.check.Memory;

/**
 * What a task may take at most; what Swarm keeps free for it is another matter ({@link
 * Reservation}).
 *
 * @param cpus cores, 0.01 to 1,000, default no limit. A node with fewer cores refuses the task; the
 *     simulated Swarm only writes it down
 * @param memory from 6MiB to 1024GiB, default no limit. A task that takes more is killed, and ends
 *     with exit code 137; a machine with swap may give it as much again there before
 */
public record TaskLimits(Double cpus, Memory memory) {
  // The least are the engine's own (moby daemon_unix.go: verifyPlatformContainerResources; a quota
  // is at least 1 ms of each 100).
  private static final double LEAST_CPUS = 0.01;
  private static final double MOST_CPUS = 1000;
  private static final Memory LEAST_MEMORY = Memory.parse("6MiB");
  private static final Memory MOST_MEMORY = Memory.parse("1024GiB");

  public TaskLimits {
    cpus = Check.orElse(cpus, 0.0);
    memory = Check.orElse(memory, Memory.NONE);
    if (cpus != 0) {
      Check.between("cpus", cpus, LEAST_CPUS, MOST_CPUS);
    }
    if (memory.bytes() != 0) {
      Check.between("memory", memory, LEAST_MEMORY, MOST_MEMORY);
    }
  }

  /** The cores in the unit that the engine counts in; 0 for no limit. */
  public long nanoCpus() {
    return Math.round(cpus * 1e9);
  }
}
