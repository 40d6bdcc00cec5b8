package io.rolloutlab.stack.asked;

import io.rolloutlab.scenario.cluster.ClusterPlan;
import io.rolloutlab.scenario.cluster.NodeConstraint;
import io.rolloutlab.scenario.cluster.NodeLabel;
import io.rolloutlab.stack.FileValue;
import io.rolloutlab.stack.StackPlacement;
import io.rolloutlab.stack.StackPort;
import io.rolloutlab.stack.StackService;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How many tasks there are, and the nodes for them. The file does not tell how many nodes there
 * are: the lab has three for the service or, where each takes only so many of its tasks, as many as
 * an update needs, or as few as hold them all. The edge is on one more.
 */
final class LaidNodes {
  private static final int USUAL_NODES = 3;
  private static final int MOST_MANAGERS = 7;

  /** With the edge's they are no more than nodes on one machine can be. */
  private static final int MOST_NODES = 19;

  private static final int OTHER_PORT = 10_080;

  /** Of the edge, of the engines, and of the lab's app. */
  private static final Set<Integer> TAKEN = Set.of(80, 8081, 2376, 2377, 7946, 5000);

  private final StackService service;
  private final StackPlacement placement;
  private final Laying laying;
  private final List<String> constraints = new ArrayList<>();
  private final Map<String, String> labels = new LinkedHashMap<>();
  private boolean onManagers;
  private boolean onWorkers;
  private boolean onOne;

  LaidNodes(StackService service, Laying laying) {
    this.service = service;
    this.placement = service.placement();
    this.laying = laying;
  }

  /**
   * Says nodes, replicas and where they may be.
   *
   * @param few whether there are no more nodes than hold the tasks
   * @return how many tasks the service has
   */
  int lay(boolean few) {
    placement.constraints().forEach(this::constraint);
    service.hostPort().ifPresent(this::hostPort);
    int tasks = tasks();
    int nodes = onOne ? 1 : nodes(tasks, few);
    int managers = onManagers ? odd(nodes) : 1;
    int itsWorkers = onManagers ? 0 : onWorkers || onOne ? nodes : nodes - 1;
    int workers = itsWorkers + 1;
    String edge = "workerN" + workers;
    constraints.add(0, "node.hostname != " + edge);
    if (onOne) {
      constraints.add(onManagers ? "node.hostname == managerN" : "node.hostname == workerN1");
    }
    laying.say("cluster.managers", managers);
    laying.say("cluster.workers", workers);
    labels(new ClusterPlan(managers, itsWorkers));
    laying.say("edge.constraints", List.of("node.hostname == " + edge));
    laying.say("app.constraints", constraints);
    placement
        .spread()
        .forEach(
            label ->
                laying.note(
                    label.place(),
                    "the lab spreads tasks over nodes, not over %s".formatted(label.value())));
    return service.scale().isGlobal() ? nodesOf(managers, itsWorkers) : tasks;
  }

  /**
   * All nodes but the edge's have them.
   *
   * @param its those nodes
   */
  private void labels(ClusterPlan its) {
    if (!labels.isEmpty()) {
      Map<String, Map<String, String>> all = new LinkedHashMap<>();
      its.names().forEach(node -> all.put(node, labels));
      laying.say("cluster.labels", all);
    }
  }

  private int nodesOf(int managers, int itsWorkers) {
    return onOne ? 1 : onManagers ? managers : onWorkers ? itsWorkers : managers + itsWorkers;
  }

  private int tasks() {
    if (service.scale().isGlobal()) {
      laying.say("app.mode", "global");
      return USUAL_NODES;
    }
    int most = mostTasks();
    laying.number("app.replicas", "replicas", service.scale().replicas(), 1, most);
    if (placement.isLimited()) {
      laying.say("app.maxPerNode", maxPerNode());
    }
    return Math.max(1, Math.min(most, service.scale().replicas().value()));
  }

  private int mostTasks() {
    if (onOne && service.hostPort().isPresent()) {
      return 1;
    } else if (onOne && placement.isLimited()) {
      return maxPerNode();
    }
    return onManagers && isTight() ? MOST_MANAGERS : AskedService.MOST_TASKS;
  }

  private int maxPerNode() {
    return Math.min(AskedService.MOST_TASKS, placement.maxPerNode().value());
  }

  /** Whether a node takes only so many of its tasks. */
  private boolean isTight() {
    return service.scale().isReplicated()
        && (service.hostPort().isPresent() || placement.isLimited());
  }

  private int nodes(int tasks, boolean few) {
    if (!isTight()) {
      return USUAL_NODES;
    }
    laying.note(
        service.place(),
        "the file does not tell how many nodes there are: the lab has %s"
            .formatted(few ? "as few as hold its tasks" : "as many as an update of it needs"));
    int room = few ? tasks : tasks + Math.max(atOnce(tasks, true), atOnce(tasks, false));
    int byPort = service.hostPort().isPresent() ? room : 1;
    int most = placement.isLimited() ? maxPerNode() : room;
    return Math.min(MOST_NODES, Math.max(byPort, (room + most - 1) / most));
  }

  private int atOnce(int tasks, boolean forward) {
    return (forward ? service.update() : service.rollback()).atOnce(tasks);
  }

  /** Each task takes it of its own node. */
  private void hostPort(StackPort port) {
    int its = port.published();
    if (TAKEN.contains(its)) {
      laying.note(
          port.place(),
          "port %s of the nodes is taken in the lab, which has %s".formatted(its, OTHER_PORT));
      its = OTHER_PORT;
    }
    laying.say("app.hostPort", its);
  }

  private static int odd(int nodes) {
    return Math.min(MOST_MANAGERS, nodes % 2 == 1 ? nodes : nodes + 1);
  }

  private void constraint(FileValue<String> text) {
    try {
      NodeConstraint constraint = NodeConstraint.parse(text.value());
      if (!carried(constraint)) {
        laying.note(
            text.place(),
            "\"%s\" is left out: the lab's nodes are alike in that".formatted(text.value()));
      }
    } catch (IllegalArgumentException odd) {
      laying.note(text.place(), "is left out: " + odd.getMessage());
    }
  }

  /** Whether the lab can keep it. */
  private boolean carried(NodeConstraint constraint) {
    boolean equal = constraint.equal();
    if (constraint.onRole()) {
      boolean managers = equal == constraint.value().equalsIgnoreCase("manager");
      boolean contrary = managers ? onWorkers : onManagers;
      onManagers |= managers && !contrary;
      onWorkers |= !managers && !contrary;
      if (!contrary) {
        constraints.add("node.role == " + (managers ? "manager" : "worker"));
      }
      return !contrary;
    }
    boolean one = constraint.onHostname() || constraint.key().equalsIgnoreCase("node.id");
    if (one) {
      onOne |= equal;
      return equal;
    }
    return constraint.onLabel() && equal && labelled(constraint);
  }

  /** All nodes for the service get the label, once. */
  private boolean labelled(NodeConstraint constraint) {
    String label = NodeLabel.name(constraint.key());
    boolean first = labels.putIfAbsent(label, constraint.value()) == null;
    if (first) {
      constraints.add("node.labels.%s == %s".formatted(label, constraint.value()));
    }
    return first;
  }
}
