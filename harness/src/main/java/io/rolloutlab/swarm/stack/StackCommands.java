package io.rolloutlab.swarm.stack;

import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.scenario.cluster.ClusterPlan;
import io.rolloutlab.scenario.edge.EdgePlan;
import io.rolloutlab.testbed.Availability;
import io.rolloutlab.testbed.Commands;
import io.rolloutlab.testbed.ServiceSpec;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a person types where a service comes with its stack.
 *
 * @param real all else
 * @param stack name
 * @param service that comes with it
 * @param inPart whether the file of a version, as people see it, lacks what docker was given
 */
record StackCommands(Commands real, String stack, String service, Predicate<String> inPart)
    implements Commands {
  /** Behind the command, as a comment of the shell. */
  private static final String IN_PART =
      "  # in this copy values are masked, and files that it names are not beside it: your own file has them";

  @Override
  public String create(ServiceSpec spec) {
    return spec.name().equals(service) ? deploy(spec.version()) : real.create(spec);
  }

  private String deploy(String version) {
    return StackDeploy.command(stack, version) + (inPart.test(version) ? IN_PART : "");
  }

  @Override
  public String update(ServiceSpec from, ServiceSpec spec) {
    return spec.name().equals(service) ? deploy(spec.version()) : real.update(from, spec);
  }

  @Override
  public Balancing balancing() {
    return real.balancing();
  }

  @Override
  public String rollBack(String name) {
    return real.rollBack(name);
  }

  @Override
  public String scale(String name, int replicas) {
    return real.scale(name, replicas);
  }

  @Override
  public String remove(String name) {
    return real.remove(name);
  }

  @Override
  public String availability(String hostname, Availability its) {
    return real.availability(hostname, its);
  }

  @Override
  public List<String> label(ClusterPlan plan) {
    return real.label(plan);
  }

  @Override
  public List<String> createEdge(EdgePlan plan) {
    return real.createEdge(plan);
  }

  @Override
  public List<String> changeRoutes(EdgePlan plan, int number) {
    return real.changeRoutes(plan, number);
  }

  @Override
  public int edgeReplicas(EdgePlan plan) {
    return real.edgeReplicas(plan);
  }
}
