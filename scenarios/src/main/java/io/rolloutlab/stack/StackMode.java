package io.rolloutlab.stack;

/** How many tasks a service has, and whether they end. */
public enum StackMode {
  /** A number of tasks. */
  REPLICATED,
  /** A task on each node. */
  GLOBAL,
  /** A number of tasks that end; nothing is rolled out. */
  REPLICATED_JOB,
  /** A task on each node that ends; nothing is rolled out. */
  GLOBAL_JOB
}
