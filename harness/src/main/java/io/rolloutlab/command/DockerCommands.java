package io.rolloutlab.command;

import io.rolloutlab.edge.EdgeDialect;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.scenario.cluster.ClusterPlan;
import io.rolloutlab.scenario.edge.EdgePlan;
import io.rolloutlab.testbed.Availability;
import io.rolloutlab.testbed.Commands;
import io.rolloutlab.testbed.ServiceSpec;
import java.util.List;

/**
 * The commands of docker's client.
 *
 * @param balancing vip or dnsrr: it decides how ports are published
 * @param dialect of the edge: it says how a configuration is brought into service
 */
public record DockerCommands(Balancing balancing, EdgeDialect dialect) implements Commands {
  @Override
  public String create(ServiceSpec spec) {
    return ServiceDescription.of(spec, balancing).create();
  }

  @Override
  public String update(ServiceSpec from, ServiceSpec spec) {
    return ServiceDescription.of(from, balancing).update(ServiceDescription.of(spec, balancing));
  }

  @Override
  public String rollBack(String service) {
    return "docker service rollback " + ShellWord.of(service);
  }

  @Override
  public String scale(String service, int replicas) {
    return ServiceDescription.scale(service, replicas).words();
  }

  @Override
  public String remove(String service) {
    return "docker service rm " + ShellWord.of(service);
  }

  @Override
  public String availability(String hostname, Availability its) {
    return NodeDescription.update(hostname, NodeDescription.availability(its));
  }

  @Override
  public List<String> label(ClusterPlan plan) {
    return plan.labels().entrySet().stream()
        .map(node -> NodeDescription.update(node.getKey(), NodeDescription.labels(node.getValue())))
        .toList();
  }

  @Override
  public List<String> createEdge(EdgePlan plan) {
    return List.of(NetworkDescription.create(), ServiceDescription.edge(plan, balancing).create());
  }

  @Override
  public List<String> changeRoutes(EdgePlan plan, int number) {
    EdgeConfig config = new EdgeConfig(number, dialect);
    return plan.updated().isPresent() ? List.of(config.create(), config.update()) : reload();
  }

  private List<String> reload() {
    return List.of(
        ("for %1$s in $(docker ps -q --filter label=com.docker.swarm.service.name=%1$s); do"
                + " docker cp %2$s $%1$s:%3$s"
                + " && docker exec $%1$s %4$s;"
                + " done  # on each node that runs %1$s; %5$s")
            .formatted(
                EDGE,
                dialect.file(),
                dialect.candidate(),
                String.join(" ", dialect.takeOver(dialect.candidate())),
                dialect.takeOverByHand()));
  }

  @Override
  public int edgeReplicas(EdgePlan plan) {
    return plan.tasks(balancing);
  }
}
