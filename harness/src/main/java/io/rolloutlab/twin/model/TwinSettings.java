package io.rolloutlab.twin.model;

import io.rolloutlab.scenario.check.Memory;
import io.rolloutlab.twin.clock.Spread;
import java.util.Arrays;

/**
 * How long things take on the machine the twin imitates. What Swarm itself fixes is not here but
 * where it is applied.
 *
 * @param dispatch from an order in the manager's books to the node's agent; the dispatcher gathers
 *     orders for 100 ms (swarmkit {@code dispatcher.go})
 * @param report from a change on the node to the manager's books (agent/reporter.go)
 * @param prepare network and container of a task, when its node knows the network
 * @param prepareFirst the same for the first task of the network on a node; others wait for it
 * @param startWait part of a container's start that waits for others
 * @param startWork part of it that computes: alone on the machine it takes so long
 * @param boot of the app, from the start of its container to listening; computes as well
 * @param startCores cores that starts, boots and health checks share
 * @param nodesShareMachine whether all nodes stand on one machine and share its cores; those of a
 *     cluster too large for that never do
 * @param healthProbe one run of the health check's command: a process that starts in the container.
 *     It computes, so alone on the machine it takes so long; it runs for as long as its task does
 * @param gossip until a name's record, or a weight, is known on the edge's node
 * @param exit of the app's processes after the last request was served: gunicorn's worker looks
 *     whether it is to end once a second (gthread.py)
 * @param removal of a container whose processes have ended, until Swarm knows
 * @param service time of a request in the app, in the common case
 * @param stall service time in the other cases, when something else has the cores
 * @param stallShare share of the other cases, 0 to 1
 * @param crowdWaitMillis what a request waits on average for a core while what starts, boots and is
 *     probed on its machine is twice what startCores carry; twice as long while it is three times
 *     as much, and not at all while it is no more than they carry. Single waits are spread as those
 *     in a queue are, exponentially. 0 when absent
 * @param transfer between users, edge and app, each way
 * @param unreachable until a connection to an address nobody has any more fails, once the node that
 *     connects has forgotten whose it was
 * @param reload of nginx: check of the configuration, signal, until new workers serve
 * @param reloadSeen from then until the lab has seen it
 * @param probe of a smoke test
 * @param loadStart from asking for the load to its first request
 * @param pull of an image that a node does not have; exactly 0 when absent: the lab's own nodes
 *     hold every image from the start
 * @param nodeCores cores that a node has for reservations; 2 when absent. In the lab's cluster
 *     every node sees the whole machine
 * @param nodeMemory memory that a node has for reservations; 24GiB when absent
 * @param appMemoryBytes that a task of the app takes once it is up; 33,700,000 when absent. What it
 *     leaks comes on top, and a limit counts both
 */
public record TwinSettings(
    Spread dispatch,
    Spread report,
    Spread prepare,
    Spread prepareFirst,
    Spread startWait,
    Spread startWork,
    Spread boot,
    double startCores,
    boolean nodesShareMachine,
    Spread healthProbe,
    Spread gossip,
    Spread exit,
    Spread removal,
    Spread service,
    Spread stall,
    double stallShare,
    Double crowdWaitMillis,
    Spread transfer,
    Spread unreachable,
    Spread reload,
    Spread reloadSeen,
    Spread probe,
    Spread loadStart,
    Spread pull,
    Double nodeCores,
    Memory nodeMemory,
    Long appMemoryBytes) {
  private static final int MOST_CORES = 10_000;
  private static final int MOST_WAIT_MILLIS = 60_000;

  public TwinSettings {
    crowdWaitMillis = crowdWaitMillis == null ? 0.0 : crowdWaitMillis;
    pull = pull == null ? Spread.exactly(0) : pull;
    nodeCores = nodeCores == null ? 2.0 : nodeCores;
    nodeMemory = nodeMemory == null ? Memory.parse("24GiB") : nodeMemory;
    appMemoryBytes = appMemoryBytes == null ? 33_700_000L : appMemoryBytes;
    Spread[] all = {
      dispatch,
      report,
      prepare,
      prepareFirst,
      startWait,
      startWork,
      boot,
      healthProbe,
      gossip,
      exit,
      removal,
      service,
      stall,
      transfer,
      unreachable,
      reload,
      reloadSeen,
      probe,
      loadStart
    };
    if (Arrays.asList(all).contains(null)) {
      throw new IllegalArgumentException("one of the latencies is missing");
    }
    refuseNodeCores(nodeCores);
    refuseAppMemory(appMemoryBytes);
    refuseCrowdWait(crowdWaitMillis);
    if (!(startCores > 0) || !(stallShare >= 0 && stallShare <= 1)) {
      throw new IllegalArgumentException(
          "startCores must be above 0 and stallShare from 0 to 1, but they are %s and %s"
              .formatted(startCores, stallShare));
    }
  }

  private static void refuseNodeCores(double cores) {
    if (!(cores > 0 && cores <= MOST_CORES)) {
      throw new IllegalArgumentException(
          "nodeCores must be above 0 and at most %s, but is %s".formatted(MOST_CORES, cores));
    }
  }

  private static void refuseAppMemory(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("appMemoryBytes must be at least 0, but is " + bytes);
    }
  }

  private static void refuseCrowdWait(double millis) {
    if (!(millis >= 0 && millis <= MOST_WAIT_MILLIS)) {
      throw new IllegalArgumentException(
          "crowdWaitMillis must be from 0 to %s, but is %s".formatted(MOST_WAIT_MILLIS, millis));
    }
  }

  /** The same on other machines. */
  public TwinSettings withNodesShareMachine(boolean shared) {
    return new TwinSettings(
        dispatch,
        report,
        prepare,
        prepareFirst,
        startWait,
        startWork,
        boot,
        startCores,
        shared,
        healthProbe,
        gossip,
        exit,
        removal,
        service,
        stall,
        stallShare,
        crowdWaitMillis,
        transfer,
        unreachable,
        reload,
        reloadSeen,
        probe,
        loadStart,
        pull,
        nodeCores,
        nodeMemory,
        appMemoryBytes);
  }
}
