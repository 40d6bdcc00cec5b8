package io.rolloutlab.scenario.cluster;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rolloutlab.scenario.check.Check;
import io.rolloutlab.scenario.check.Complaints;
import io.rolloutlab.scenario.check.Fault;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The nodes of the Swarm: {@code managerN} (further ones {@code managerN2}, {@code managerN3}) and
 * {@code workerN1}, {@code workerN2}, ...
 *
 * @param managers 1 to 7, odd so that a majority exists; default 1
 * @param workers 0 to 1,000, more than 20 only on the twin; default 3
 * @param labels of nodes, by host name; {@code zone: a} under {@code workerN1} is what {@code
 *     docker node update --label-add zone=a workerN1} sets. They are there before the first
 *     service; default none
 */
public record ClusterPlan(
    Integer managers,
    Integer workers,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Map<String, String>> labels) {
  /** The most workers that nodes in containers on one machine can stand for. */
  public static final int WORKERS_ON_ONE_MACHINE = 20;

  private static final int MOST_LISTED = 12;

  public static final ClusterPlan DEFAULT = new ClusterPlan(null, null, null);

  public ClusterPlan {
    managers = Check.orElse(managers, 1);
    workers = Check.orElse(workers, 3);
    Check.between("managers", managers, 1, 7);
    Check.that(
        managers % 2 == 1,
        "managers",
        "must be odd, so that a majority exists, but is " + managers);
    Check.between("workers", workers, 0, 1000);
    labels = copy(Check.orElse(labels, Map.of()));
    Check.all(unusable(labels, names(managers, workers)));
  }

  /** Without labels. */
  public ClusterPlan(Integer managers, Integer workers) {
    this(managers, workers, null);
  }

  /** In the order of the names, so that equal plans are written alike. */
  private static Map<String, Map<String, String>> copy(Map<String, Map<String, String>> labels) {
    Map<String, Map<String, String>> sorted = new TreeMap<>();
    labels.forEach(
        (node, its) -> sorted.put(node, Collections.unmodifiableMap(new TreeMap<>(its))));
    return Collections.unmodifiableMap(sorted);
  }

  private static List<Fault> unusable(Map<String, Map<String, String>> labels, List<String> nodes) {
    List<Fault> faults = new ArrayList<>();
    labels.forEach(
        (node, its) -> {
          if (!nodes.contains(node)) {
            faults.add(
                new Fault(
                    "labels." + node,
                    "there is no such node; there are " + listed(nodes),
                    List.of("managers", "workers")));
          }
          its.forEach(
              (label, value) -> {
                String key = "labels.%s.%s".formatted(node, label);
                if (!NodeLabel.isName(label)) {
                  faults.add(new Fault(key, "is no name of a label: letters, digits, _ . - only"));
                } else if (!NodeConstraint.isValue(value)) {
                  faults.add(
                      new Fault(
                          key,
                          "\"%s\" is no value that a constraint could ask for"
                              .formatted(Complaints.quoted(value))));
                }
              });
        });
    return faults;
  }

  /** Host names, the first manager first. */
  public List<String> managerNames() {
    return managerNames(managers);
  }

  /** Host names. */
  public List<String> workerNames() {
    return workerNames(workers);
  }

  /**
   * Whether no task with these constraints can be on a node. Of constraints on anything but host
   * name, role and labels it is not known whom they keep off.
   *
   * @param node host name
   * @param constraints as in a service's settings
   */
  public boolean keepsOff(String node, List<String> constraints) {
    return constraints.stream()
        .map(NodeConstraint::parse)
        .anyMatch(constraint -> constraint.isKnown() && !meets(node, List.of(constraint)));
  }

  /**
   * Host names of the nodes that meet all of these; see {@link NodeConstraint#met}.
   *
   * @param constraints as in a service's settings
   */
  public List<String> namesFor(List<String> constraints) {
    List<NodeConstraint> all = constraints.stream().map(NodeConstraint::parse).toList();
    return names().stream().filter(node -> meets(node, all)).toList();
  }

  /** Whether a node meets all of these; see {@link NodeConstraint#met}. */
  public boolean hasNodeFor(List<NodeConstraint> constraints) {
    return names().stream().anyMatch(node -> meets(node, constraints));
  }

  private boolean meets(String node, List<NodeConstraint> constraints) {
    boolean manager = managerNames().contains(node);
    return constraints.stream()
        .allMatch(constraint -> constraint.met(node, manager, labelsOf(node)));
  }

  /** All host names, the first manager first. */
  public List<String> names() {
    return names(managers, workers);
  }

  /** Label → value; empty for a node without labels. */
  public Map<String, String> labelsOf(String node) {
    return labels.getOrDefault(node, Map.of());
  }

  /** All host names, as far as somebody would read them. */
  public String nodes() {
    return listed(names());
  }

  /** Which nodes have a label, and what it says there. */
  public String having(String label) {
    List<String> nodes =
        labels.entrySet().stream()
            .filter(node -> node.getValue().containsKey(label))
            .map(node -> "%s on %s".formatted(node.getValue().get(label), node.getKey()))
            .toList();
    return nodes.isEmpty()
        ? "no node has the label %s, see cluster.labels".formatted(label)
        : "the label %s is %s".formatted(label, listed(nodes));
  }

  private static String listed(List<String> names) {
    return names.size() <= MOST_LISTED
        ? names.toString()
        : "%s, ..., %s"
            .formatted(
                String.join(", ", names.subList(0, MOST_LISTED)), names.get(names.size() - 1));
  }

  private static List<String> names(int managers, int workers) {
    return Stream.concat(managerNames(managers).stream(), workerNames(workers).stream()).toList();
  }

  private static List<String> managerNames(int managers) {
    return IntStream.rangeClosed(1, managers)
        .mapToObj(i -> i == 1 ? "managerN" : "managerN" + i)
        .toList();
  }

  private static List<String> workerNames(int workers) {
    return IntStream.rangeClosed(1, workers).mapToObj(i -> "workerN" + i).toList();
  }
}
