package io.rolloutlab.testbed;

import io.rolloutlab.scenario.Balancing;
import io.rolloutlab.scenario.Durations;
import io.rolloutlab.scenario.EdgePlan;
import io.rolloutlab.scenario.HealthCheck;
import io.rolloutlab.scenario.Reservation;
import io.rolloutlab.scenario.UpdatePlan;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The docker commands a person would type for each step.
 *
 * @param balancing vip or dnsrr: it decides how ports are published
 */
public record Commands(Balancing balancing) {
  /** The service in front. */
  public static final String EDGE = "nginx";

  /** The network all services share. */
  public static final String NETWORK = "lab";

  /** Creates a service of the app. */
  public String create(ServiceSpec spec) {
    List<String> words = new ArrayList<>(List.of("docker service create --name", spec.name()));
    words.add("--replicas " + spec.replicas());
    words.add("--network " + NETWORK);
    spec.constraints().forEach(constraint -> words.add("--constraint " + quote(constraint)));
    reserve(words, spec.reserve());
    if (balancing == Balancing.VIP && spec.published()) {
      words.add("--publish %s:%s".formatted(spec.port(), spec.port()));
    } else if (balancing == Balancing.DNSRR) {
      words.add("--endpoint-mode dnsrr");
    }
    words.add("--restart-condition any");
    if (!spec.restartDelay().equals(Duration.ofSeconds(5))) {
      words.add("--restart-delay " + Durations.print(spec.restartDelay()));
    }
    if (!spec.stopGrace().equals(Duration.ofSeconds(10))) {
      words.add("--stop-grace-period " + Durations.print(spec.stopGrace()));
    }
    if (spec.healthCheck() != null) {
      healthCheck(words, spec.healthCheck());
    }
    settings(words, "update", spec.update());
    settings(words, "rollback", spec.rollback());
    new TreeMap<>(spec.env())
        .forEach((key, value) -> words.add("--env " + quote(key + "=" + value)));
    words.add(spec.image());
    return String.join(" ", words);
  }

  /**
   * Gives a service another version.
   *
   * @param from what it runs now: variables that only this one has are removed
   */
  public String update(ServiceSpec from, ServiceSpec spec) {
    List<String> words = new ArrayList<>(List.of("docker service update --image", spec.image()));
    new TreeMap<>(from.env())
        .keySet().stream()
            .filter(key -> !spec.env().containsKey(key))
            .forEach(key -> words.add("--env-rm " + quote(key)));
    new TreeMap<>(spec.env())
        .forEach((key, value) -> words.add("--env-add " + quote(key + "=" + value)));
    words.add(spec.name());
    return String.join(" ", words);
  }

  /** Takes a service back to its previous spec. */
  public String rollBack(String service) {
    return "docker service rollback " + service;
  }

  /** Sets the number of replicas. */
  public String scale(String service, int replicas) {
    return "docker service scale %s=%s".formatted(service, replicas);
  }

  /** Removes a service. */
  public String remove(String service) {
    return "docker service rm " + service;
  }

  /** Creates the network and nginx. */
  public List<String> createEdge(EdgePlan plan) {
    List<String> words = new ArrayList<>(List.of("docker service create --name", EDGE));
    words.add("--replicas " + edgeReplicas(plan));
    words.add("--network " + NETWORK);
    plan.constraints().forEach(constraint -> words.add("--constraint " + quote(constraint)));
    words.add(
        balancing == Balancing.VIP
            ? "--publish 80:80"
            : "--endpoint-mode dnsrr --publish mode=host,target=80,published=80");
    words.add("--restart-condition any nginx");
    return List.of("docker network create --driver overlay " + NETWORK, String.join(" ", words));
  }

  /** Brings a new configuration to nginx. */
  public List<String> reload() {
    return List.of(
        "docker cp routes.conf $(docker ps -qf name=nginx):/tmp/routes.conf",
        "docker exec $(docker ps -qf name=nginx) edge-apply /tmp/routes.conf"
            + "  # nginx -t, move, nginx -s reload");
  }

  /** How many nginx there are: a port published in host mode can be taken once a node. */
  public int edgeReplicas(EdgePlan plan) {
    return balancing == Balancing.VIP ? plan.replicas() : 1;
  }

  private static void healthCheck(List<String> words, HealthCheck check) {
    words.add("--health-cmd " + quote(check.command()));
    words.add("--health-interval " + Durations.print(check.interval()));
    words.add("--health-timeout " + Durations.print(check.timeout()));
    words.add("--health-retries " + check.retries());
    words.add("--health-start-period " + Durations.print(check.startPeriod()));
  }

  private static void reserve(List<String> words, Reservation reserve) {
    if (reserve != null && reserve.nanoCpus() > 0) {
      words.add(
          "--reserve-cpu "
              + BigDecimal.valueOf(reserve.nanoCpus(), 9).stripTrailingZeros().toPlainString());
    }
    if (reserve != null && reserve.memory().bytes() > 0) {
      words.add("--reserve-memory " + reserve.memory().print());
    }
  }

  private static void settings(List<String> words, String of, UpdatePlan plan) {
    words.add("--%s-parallelism %s".formatted(of, plan.parallelism()));
    words.add("--%s-delay %s".formatted(of, Durations.print(plan.delay())));
    words.add("--%s-order %s".formatted(of, plan.order().swarmName()));
    words.add("--%s-monitor %s".formatted(of, Durations.print(plan.monitor())));
    words.add("--%s-max-failure-ratio %s".formatted(of, plan.maxFailureRatio()));
    words.add(
        "--%s-failure-action %s"
            .formatted(of, plan.failureAction().name().toLowerCase(java.util.Locale.ROOT)));
  }

  private static String quote(String word) {
    return word.matches("[A-Za-z0-9_./:=,@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
