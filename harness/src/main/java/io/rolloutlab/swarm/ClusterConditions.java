package io.rolloutlab.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.api.DockerClient;
import io.rolloutlab.history.Manifest;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.swarm.cluster.NodeApi;
import io.rolloutlab.swarm.cluster.SwarmCluster;

/**
 * What the ground is like that a run stands on.
 *
 * @param balancing that can be used: vip or dnsrr; null where that is not known
 * @param balancingReason why
 * @param ground engines, kernel and machine
 */
public record ClusterConditions(
    Balancing balancing, String balancingReason, Manifest.Ground ground) {

  private static final int MODULE_LIMIT_SECONDS = 10;

  /** Before there is a cluster to ask. */
  public static final ClusterConditions UNKNOWN =
      new ClusterConditions(null, "no cluster was reached", Manifest.Ground.UNKNOWN);

  /**
   * Asks a running cluster.
   *
   * @throws NoIpvsException when vip is asked for and the kernel cannot do it
   */
  public static ClusterConditions of(SwarmCluster cluster, DockerClient outer, Balancing asked) {
    JsonNode info = cluster.manager().get("/info");
    String kernel = info.path("KernelVersion").asText();
    boolean ipvs = hasIpvs(cluster, outer);
    if (asked == Balancing.VIP && !ipvs) {
      throw new NoIpvsException(kernel);
    }
    return new ClusterConditions(
        asked == Balancing.AUTO ? (ipvs ? Balancing.VIP : Balancing.DNSRR) : asked,
        reason(asked, ipvs),
        new Manifest.Ground(
            outer.infoCmd().exec().getServerVersion(),
            info.path("ServerVersion").asText(),
            kernel,
            info.path("NCPU").asInt(),
            info.path("MemTotal").asLong()));
  }

  private static String reason(Balancing asked, boolean ipvs) {
    if (asked != Balancing.AUTO) {
      return "asked for by the scenario";
    }
    return ipvs
        ? "auto: the kernel has IPVS"
        : "auto: the kernel has no IPVS, so a virtual IP would lead nowhere";
  }

  private static boolean hasIpvs(SwarmCluster cluster, DockerClient outer) {
    return NodeApi.exec(
                outer,
                cluster.nodes().get(0).containerId(),
                cluster.patience().stretchedSeconds(MODULE_LIMIT_SECONDS),
                "sh",
                "-c",
                "test -e /proc/net/ip_vs || { modprobe ip_vs 2>/dev/null && test -e /proc/net/ip_vs; }")
            .exitCode()
        == 0;
  }
}
