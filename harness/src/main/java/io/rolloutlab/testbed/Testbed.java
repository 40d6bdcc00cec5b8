package io.rolloutlab.testbed;

/**
 * Everything a rollout acts on. Closing it ends what watches and the load; what was recorded stays,
 * and so does the cluster, for whoever made it to take down.
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
