package io.rolloutlab.scenario.cluster;

import java.time.Duration;

/**
 * How long the things take, roughly, that a run waits for and that no setting says. They depend on
 * the machine; a warm-up, a hold or a delay takes as long on every one. There is no one factor
 * between two machines: an emulated one takes seven times as long for the change of a slot, which
 * is mostly a stop, ten times for a cluster, and thirty times for a change of routes.
 *
 * @param around what comes before the load and after it: the nodes, the services, the load's own
 *     start, and the removal of all of it
 * @param turn what a run waits for one that is made beside it: clusters are brought up, and loads
 *     started, one after the other
 * @param slot the change of one slot of a service: a stop and a start
 * @param change a change of routes, or of a second service's size
 */
public record Pace(Duration around, Duration turn, Duration slot, Duration change) {
  /** On a machine of two cores. */
  public static final Pace USUAL =
      new Pace(
          Duration.ofSeconds(22),
          Duration.ofSeconds(10),
          Duration.ofSeconds(4),
          Duration.ofSeconds(3));

  /**
   * In the emulated machine of {@code docker/engine up --vm}, on two cores, as four runs of
   * scenarios/mesh showed it, health checks taken off. Around them were 73 to 89 s for the nodes,
   * 70 to 110 s for the services, 12 to 30 s for the first routes and the load, and 20 s for the
   * removal. A slot took 26 to 30 s. Green took 125 s to start, its three switches 36, 42 and 70 s;
   * a canary took 57 s for its first task and routes, and 126 s for two more.
   */
  public static final Pace EMULATED =
      new Pace(
          Duration.ofSeconds(210),
          Duration.ofSeconds(90),
          Duration.ofSeconds(30),
          Duration.ofSeconds(90));
}
