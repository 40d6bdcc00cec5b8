package io.rolloutlab.twin.model;

import io.rolloutlab.history.TaskState;
import io.rolloutlab.scenario.update.Order;
import io.rolloutlab.testbed.ServiceSpec;

/**
 * What must never happen, looked at whenever a task changes: a twin that breaks one is wrong, and
 * its run ends there.
 */
public final class Laws {
  /** A new task beside the old one; a third only when a task ends while it is replaced. */
  private static final int WANTED_IN_A_SLOT = 3;

  private Laws() {}

  public static void statesGoForward(Task task, TaskState next) {
    if (next.compareTo(task.state()) <= 0 || task.state().ended()) {
      throw broken(task, "its state goes back to " + next.word());
    }
  }

  public static void mayTake(Task task, Node node) {
    check(
        task,
        node.isOpen(),
        "it is given to a node that is down or takes none: " + node.hostname());
    check(task, !node.hasTaken(task.rules().hostPort()), "its port is taken: " + node.hostname());
  }

  public static void hold(Task task) {
    Node node = task.node();
    if (node != null) {
      check(task, node.tasks().contains(task) != task.state().ended(), "its node is wrong");
      check(
          task, node.free().cover(CoresAndMemory.NONE), "more is reserved on its node than it has");
      check(task, task.constraints().met(node), "its node does not meet its constraints");
      Integer most = task.rules().maxPerNode();
      check(
          task,
          most == null || node.wanted(task.service()) <= most,
          "its node has more tasks of its service than it may");
      check(task, task.madeFor() == null || task.madeFor() == node, "it was made for another node");
    }
    int wanted = 0;
    int atWork = 0;
    for (Task other : task.service().inSlot(task.slot())) {
      if (other.wanted()) {
        wanted++;
        atWork += other.state().compareTo(TaskState.STARTING) >= 0 ? 1 : 0;
      }
    }
    check(task, wanted <= WANTED_IN_A_SLOT, "too many tasks are wanted in its slot");
    check(
        task,
        atWork <= 1 || !stopFirst(task.service().spec()),
        "stop-first, but two wanted tasks of its slot run");
  }

  private static boolean stopFirst(ServiceSpec spec) {
    return spec.update().order() == Order.STOP_FIRST && spec.rollback().order() == Order.STOP_FIRST;
  }

  private static void check(Task task, boolean holds, String what) {
    if (!holds) {
      throw broken(task, what);
    }
  }

  private static IllegalStateException broken(Task task, String what) {
    return new IllegalStateException("the twin breaks a law: %s: %s".formatted(task.view(), what));
  }
}
