package io.rolloutlab.swarm;

import io.rolloutlab.testbed.Swarm.TaskView;

/** A way to bring a new configuration to the tasks of the edge. */
interface RouteChange {
  /**
   * Brings it into service; returns when the edge serves by it.
   *
   * @param number how many the edge has been given with this one, from 1
   * @param text the whole configuration
   * @throws io.rolloutlab.testbed.StepFailedException when it cannot
   */
  void apply(int number, String text);

  /** A task of the edge runs that has not been seen before. */
  void started(TaskView task);
}
