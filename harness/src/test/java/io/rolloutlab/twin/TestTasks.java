package io.rolloutlab.twin;

import io.rolloutlab.scenario.AppPlan;
import io.rolloutlab.scenario.UpdatePlan;
import io.rolloutlab.testbed.ServiceSpec;
import java.util.List;
import java.util.Map;

/** Tasks of nobody in particular. */
final class TestTasks {
  private static final ServiceSpec SPEC =
      new ServiceSpec(
          "pyapp",
          "v1",
          "pyapp:v1",
          Map.of(),
          1,
          List.of(),
          5000,
          false,
          AppPlan.DEFAULT.stopGrace(),
          AppPlan.DEFAULT.restartDelay(),
          null,
          UpdatePlan.UPDATE,
          UpdatePlan.ROLLBACK);

  private TestTasks() {}

  static Task on(Node node) {
    Task task = new Task("task", new Service(SPEC), 1, SPEC, TaskState.RUNNING);
    task.node(node);
    return task;
  }
}
