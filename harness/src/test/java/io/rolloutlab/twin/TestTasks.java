package io.rolloutlab.twin;

import io.rolloutlab.history.TaskState;
import io.rolloutlab.scenario.app.AppPlan;
import io.rolloutlab.scenario.app.Reservation;
import io.rolloutlab.scenario.app.ServiceMode;
import io.rolloutlab.scenario.update.SwarmUpdates;
import io.rolloutlab.testbed.PlacementRules;
import io.rolloutlab.testbed.ServiceSpec;
import io.rolloutlab.twin.model.Node;
import io.rolloutlab.twin.model.Service;
import io.rolloutlab.twin.model.Task;
import java.util.List;
import java.util.Map;

/** Tasks of nobody in particular. */
final class TestTasks {
  private static final ServiceSpec SPEC = spec("pyapp", ServiceMode.REPLICATED);

  private TestTasks() {}

  static Task on(Node node) {
    Task task = of(new Service(SPEC));
    task.node(node);
    return task;
  }

  /** One that waits for a node. */
  static Task of(Service service) {
    return new Task("task", service, 1, service.spec(), TaskState.RUNNING);
  }

  /** Of one task, with nothing else said of it than where it may be. */
  static ServiceSpec spec(String name, ServiceMode mode, String... constraints) {
    return new ServiceSpec(
        name,
        new ServiceSpec.Release("v1", "pyapp:v1", Map.of()),
        mode,
        1,
        PlacementRules.within(List.of(constraints)),
        null,
        null,
        new ServiceSpec.Listening(5000, false),
        new ServiceSpec.Upkeep(AppPlan.DEFAULT.stopGrace(), AppPlan.DEFAULT.restart(), null),
        SwarmUpdates.DEFAULT);
  }

  /** Equal to the others', but made by another order: Swarm counts makes by their orders. */
  static ServiceSpec anotherMake() {
    return make(SPEC.replicas());
  }

  /** One of its own for so many replicas. */
  static ServiceSpec make(int replicas) {
    return make(replicas, SPEC.placement(), SPEC.reserve());
  }

  /** One that has its places, and reserves something; null for nothing. */
  static ServiceSpec make(int replicas, PlacementRules placement, Reservation reserve) {
    return new ServiceSpec(
        SPEC.name(),
        SPEC.release(),
        SPEC.mode(),
        replicas,
        placement,
        reserve,
        null,
        SPEC.listening(),
        SPEC.upkeep(),
        SPEC.updates());
  }

  static Service service() {
    return new Service(SPEC);
  }
}
