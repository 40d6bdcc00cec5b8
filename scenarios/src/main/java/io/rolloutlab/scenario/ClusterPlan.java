package io.rolloutlab.scenario;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The nodes of the Swarm: {@code managerN} (further ones {@code managerN2}, {@code managerN3}) and
 * {@code workerN1}, {@code workerN2}, ...
 *
 * @param managers 1 to 7, odd so that a majority exists; default 1
 * @param workers 0 to 1,000, more than 20 only on the twin; default 3
 * @param loses a node in the middle of the run, never the first manager, which takes the lab's
 *     orders; default none (null)
 */
public record ClusterPlan(
    Integer managers, Integer workers, @JsonInclude(JsonInclude.Include.NON_NULL) NodeLoss loses) {
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
    if (loses != null) {
      String first = managerNames(managers).get(0);
      Check.that(
          !loses.node().equals(first),
          "loses.node",
          "must not be %s: the lab gives its orders there; name another node".formatted(first));
      List<String> others =
          Stream.concat(managerNames(managers).stream().skip(1), workerNames(workers).stream())
              .toList();
      Check.that(
          others.contains(loses.node()),
          "loses.node",
          "is \"%s\", but the nodes that can be lost are %s"
              .formatted(Complaints.quoted(loses.node()), listed(others)),
          "managers",
          "workers");
    }
  }

  /** Without a node that is lost. */
  public ClusterPlan(Integer managers, Integer workers) {
    this(managers, workers, null);
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
   * Whether no task with these constraints can be on the node that is lost; true when none is. Of
   * constraints on anything but host name and role it is not known whom they keep off.
   */
  boolean keepsOffTheLost(List<String> constraints) {
    return loses == null || constraints.stream().anyMatch(this::keepsOffTheLost);
  }

  private boolean keepsOffTheLost(String text) {
    NodeConstraint constraint = NodeConstraint.parse(text);
    return (constraint.onHostname() || constraint.onRole())
        && !constraint.met(loses.node(), managerNames().contains(loses.node()));
  }

  /** Whether a node meets all of these; see {@link NodeConstraint#met}. */
  boolean hasNodeFor(List<NodeConstraint> constraints) {
    return managerNames().stream().anyMatch(node -> meets(node, true, constraints))
        || workerNames().stream().anyMatch(node -> meets(node, false, constraints));
  }

  private static boolean meets(String node, boolean manager, List<NodeConstraint> constraints) {
    return constraints.stream().allMatch(constraint -> constraint.met(node, manager));
  }

  /** All host names, as far as somebody would read them. */
  String nodes() {
    return listed(Stream.concat(managerNames().stream(), workerNames().stream()).toList());
  }

  private static String listed(List<String> names) {
    return names.size() <= MOST_LISTED
        ? names.toString()
        : "%s, ..., %s"
            .formatted(
                String.join(", ", names.subList(0, MOST_LISTED)), names.get(names.size() - 1));
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
