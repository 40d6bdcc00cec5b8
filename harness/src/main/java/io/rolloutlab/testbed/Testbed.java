package io.rolloutlab.testbed;

/**
 * Everything a rollout acts on. Closing it takes down what it made, and reports what it could not.
 */
public interface Testbed extends AutoCloseable {
  Swarm swarm();

  Edge edge();

  Traffic traffic();

  Nodes nodes();

  Timeline timeline();

  Recorder recorder();

  /** The commands a person would type for what the ports do. */
  Commands commands();

  @Override
  void close();
}
