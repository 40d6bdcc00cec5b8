package io.rolloutlab.happening;

import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.check.Complaints;
import io.rolloutlab.scenario.check.Fault;
import java.util.List;

/** What cannot work where something happens to a node that leaves no task on it. */
final class NodeFaults {
  /** What has the node's name, in the settings of each kind. */
  private static final String KEY = "node";

  private static final String CLUSTER = "cluster";

  private NodeFaults() {}

  /** It must be there, and the edge must not. */
  static List<Fault> of(String node, Scenario scenario) {
    List<Fault> unknown = unknown(node, scenario);
    List<String> constraints = scenario.edge().constraints();
    if (!unknown.isEmpty() || scenario.cluster().keepsOff(node, constraints)) {
      return unknown;
    }
    return List.of(
        new Fault(
            KEY,
            ("is %s, where the edge may be, whose log is the second witness. edge.constraints are %s,"
                    + " so add \"node.hostname != %s\"")
                .formatted(node, constraints, node),
            List.of(CLUSTER, "edge.constraints")));
  }

  /** It must be there. */
  static List<Fault> unknown(String node, Scenario scenario) {
    return scenario.cluster().names().contains(node)
        ? List.of()
        : List.of(
            fault(
                "is \"%s\", but there are %s"
                    .formatted(Complaints.quoted(node), scenario.cluster().nodes())));
  }

  static Fault fault(String what) {
    return new Fault(KEY, what, List.of(CLUSTER));
  }
}
