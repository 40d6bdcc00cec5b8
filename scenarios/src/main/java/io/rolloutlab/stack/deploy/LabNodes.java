package io.rolloutlab.stack.deploy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.cluster.ClusterPlan;
import io.rolloutlab.scenario.cluster.NodeConstraint;
import io.rolloutlab.scenario.cluster.NodeLabel;
import io.rolloutlab.scenario.update.UpdatePlan;
import io.rolloutlab.stack.FileValue;
import io.rolloutlab.stack.Place;
import io.rolloutlab.stack.Stack;
import io.rolloutlab.stack.StackService;
import io.rolloutlab.stack.StackUpdate;
import io.rolloutlab.stack.asked.AskedService;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What the lab's nodes cannot give, since they are few, share one machine and are alike: numbers of
 * tasks, constraints, sizes. The service that is rolled out has what its scenario says, so that
 * what is waited for is what Swarm was told.
 */
final class LabNodes {
  /** Of a node that Swarm alone knows, so that nobody can be it. */
  private static final Set<String> UNKNOWABLE = Set.of("node.id", "node.ip");

  private static final String DEPLOY = "deploy";
  private static final String LIMITS = "limits";
  private static final String PLACEMENT = "placement";
  private static final String RESERVATIONS = "reservations";
  private static final String RESOURCES = "resources";

  private final StackEdit edit;
  private final Scenario scenario;
  private final Predicate<String> played;

  /**
   * @param played whether the lab's app plays a service
   */
  LabNodes(StackEdit edit, Scenario scenario, Predicate<String> played) {
    this.edit = edit;
    this.scenario = scenario;
    this.played = played;
  }

  /**
   * A cluster with the labels that constraints of all services ask for: the first value of each, on
   * all nodes but the edge's, which is the last worker.
   */
  static ClusterPlan labelled(ClusterPlan cluster, Stack stack) {
    Map<String, String> labels = new LinkedHashMap<>();
    cluster.labels().values().forEach(labels::putAll);
    for (StackService service : stack.services()) {
      for (FileValue<String> text : service.placement().constraints()) {
        parsed(text.value())
            .filter(LabNodes::asksForLabel)
            .ifPresent(its -> labels.putIfAbsent(NodeLabel.name(its.key()), its.value()));
      }
    }
    List<String> workers = cluster.workerNames();
    Map<String, Map<String, String>> all = new TreeMap<>();
    if (!labels.isEmpty()) {
      cluster.names().forEach(node -> all.put(node, labels));
      all.remove(workers.get(workers.size() - 1));
    }
    return new ClusterPlan(cluster.managers(), cluster.workers(), all);
  }

  private static boolean asksForLabel(NodeConstraint constraint) {
    return constraint.onLabel() && constraint.equal();
  }

  private static Optional<NodeConstraint> parsed(String text) {
    try {
      return Optional.of(NodeConstraint.parse(text));
    } catch (IllegalArgumentException odd) {
      return Optional.empty();
    }
  }

  /**
   * Fits the service that is rolled out.
   *
   * @param first whether the file is v1's; else tasks may be where those of v1 may
   */
  void fitRolledOut(StackService service, boolean first) {
    Integer replicas = scenario.app().replicas();
    if (replicas != null) {
      replicas(service, replicas);
    }
    Integer maxPerNode = scenario.app().maxPerNode();
    FileValue<Integer> said = service.placement().maxPerNode();
    if (maxPerNode != null && !said.is(maxPerNode)) {
      placement(service).put("max_replicas_per_node", maxPerNode);
      changed(service, "max_replicas_per_node", said, maxPerNode);
    }
    List<String> can = scenario.app().constraints();
    constraints(service, can, first ? reason(can) : "in the lab v2 is where v1 may be");
    resources(service);
  }

  /** Fits the numbers of an update. */
  void fitWayForward(StackService service) {
    scenario
        .settings()
        .updates()
        .ifPresent(its -> atOnce(service, "update_config", service.update(), its.forward()));
  }

  /** Fits the numbers of a rollback. */
  void fitWayBack(StackService service) {
    scenario
        .settings()
        .updates()
        .ifPresent(its -> atOnce(service, "rollback_config", service.rollback(), its.back()));
  }

  /** Fits a service beside it. */
  void fitOther(StackService service) {
    replicas(service, Math.min(AskedService.MOST_TASKS, service.scale().replicas().value()));
    List<NodeConstraint> kept = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (FileValue<String> text : service.placement().constraints()) {
      parsed(text.value())
          .filter(one -> !one.equal() || !UNKNOWABLE.contains(one.key()))
          .filter(one -> scenario.cluster().hasNodeFor(with(kept, one)))
          .ifPresent(
              one -> {
                kept.add(one);
                texts.add(text.value());
              });
    }
    constraints(service, texts, reason(texts));
    resources(service);
  }

  private static List<NodeConstraint> with(List<NodeConstraint> some, NodeConstraint more) {
    List<NodeConstraint> all = new ArrayList<>(some);
    all.add(more);
    return all;
  }

  private void replicas(StackService service, int can) {
    FileValue<Integer> said = service.scale().replicas();
    if (service.scale().isReplicated() && !said.is(can)) {
      edit.block(StackEdit.SERVICES, service.name(), DEPLOY).put("replicas", can);
      changed(service, "replicas", said, can);
    }
  }

  private void changed(StackService service, String key, FileValue<Integer> said, int can) {
    edit.note(
        said.place(),
        "%s: %s is %s in place of %s".formatted(service.name(), key, can, said.value()));
  }

  private ObjectNode placement(StackService service) {
    return edit.block(StackEdit.SERVICES, service.name(), DEPLOY, PLACEMENT);
  }

  private static String reason(List<String> can) {
    return onHostname(can)
        ? "a constraint of the lab names one of its nodes"
        : "no node of the lab can be told by it";
  }

  /**
   * Tells of those of the file that go, of those that come, and of labels that nodes get.
   *
   * @param reason why one goes
   */
  private void constraints(StackService service, List<String> can, String reason) {
    List<FileValue<String>> said = service.placement().constraints();
    for (FileValue<String> one : said) {
      if (!isAmong(can, one.value())) {
        edit.note(
            one.place(),
            "%s: the constraint \"%s\" is left out: %s"
                .formatted(service.name(), one.value(), reason));
      } else if (parsed(one.value()).filter(LabNodes::asksForLabel).isPresent()) {
        edit.note(
            one.place(),
            "%s: the lab's nodes, but the edge's, get the label of \"%s\""
                .formatted(service.name(), one.value()));
      }
    }
    List<String> came =
        can.stream()
            .filter(one -> said.stream().noneMatch(its -> isAmong(List.of(one), its.value())))
            .toList();
    if (!came.isEmpty()) {
      Place place = edit.placeOf(service.name(), DEPLOY, PLACEMENT, "constraints");
      edit.note(place, "%s: constraints of the lab come: %s".formatted(service.name(), came));
    }
    if (!can.equals(said.stream().map(FileValue::value).toList())) {
      ArrayNode texts = placement(service).putArray("constraints");
      can.forEach(texts::add);
    }
  }

  /** Whether one of them names the only node that there may be tasks on. */
  private static boolean onHostname(List<String> some) {
    return some.stream()
        .flatMap(text -> parsed(text).stream())
        .anyMatch(one -> one.onHostname() && one.equal());
  }

  /** Whatever blanks there are, and whichever of the two roles is named. */
  private static boolean isAmong(List<String> some, String text) {
    Optional<NodeConstraint> its = parsed(text).map(LabNodes::plain);
    return its.isPresent()
        && some.stream()
            .map(LabNodes::parsed)
            .map(one -> one.map(LabNodes::plain))
            .anyMatch(its::equals);
  }

  /** No manager is a worker, and nodes have no third role. */
  private static NodeConstraint plain(NodeConstraint constraint) {
    return constraint.onRole() && !constraint.equal()
        ? new NodeConstraint(
            constraint.key(),
            true,
            constraint.value().equalsIgnoreCase("manager") ? "worker" : "manager")
        : constraint;
  }

  private void resources(StackService service) {
    String name = service.name();
    edit.there(StackEdit.SERVICES, name, DEPLOY, RESOURCES)
        .filter(its -> its.remove(RESERVATIONS) != null)
        .ifPresent(
            its ->
                edit.note(
                    edit.placeOf(name, DEPLOY, RESOURCES, RESERVATIONS),
                    "%s: reservations are left out: the lab's nodes share one machine"
                        .formatted(name)));
    edit.there(StackEdit.SERVICES, name, DEPLOY, RESOURCES, LIMITS)
        .ifPresent(limits -> limits(service, limits));
  }

  private void limits(StackService service, ObjectNode limits) {
    FileValue<BigDecimal> cpus = service.resources().limitCpus();
    if (cpus.value().compareTo(BigDecimal.ONE) > 0) {
      limits.remove("cpus");
      edit.note(
          cpus.place(),
          "%s: the limit of %s cores is left out: a node that has fewer refuses such a task"
              .formatted(service.name(), cpus.value().toPlainString()));
    }
    FileValue<Long> memory = service.resources().limitBytes();
    if (played.test(service.name())
        && memory.value() > 0
        && memory.value() < AskedService.LEAST_MEMORY.bytes()) {
      limits.put("memory", "64M");
      edit.note(
          memory.place(),
          "%s: the memory limit is 64M in place of %s bytes, which the lab's app does not fit into"
              .formatted(service.name(), memory.value()));
    }
  }

  private void atOnce(StackService service, String key, StackUpdate said, UpdatePlan can) {
    if (!said.parallelism().is(can.parallelism())) {
      edit.block(StackEdit.SERVICES, service.name(), DEPLOY, key)
          .put("parallelism", can.parallelism());
      changed(service, key + ".parallelism", said.parallelism(), can.parallelism());
    }
  }
}
