package io.rolloutlab.testbed;

/** Another testbed's ports, but for those that whoever implements this has of its own. */
public interface ForwardingTestbed extends Testbed {
  /** Whose ports these are. */
  Testbed real();

  @Override
  default Swarm swarm() {
    return real().swarm();
  }

  @Override
  default Edge edge() {
    return real().edge();
  }

  @Override
  default Traffic traffic() {
    return real().traffic();
  }

  @Override
  default Nodes nodes() {
    return real().nodes();
  }

  @Override
  default Timeline timeline() {
    return real().timeline();
  }

  @Override
  default Recorder recorder() {
    return real().recorder();
  }

  @Override
  default Commands commands() {
    return real().commands();
  }

  @Override
  default void close() {
    real().close();
  }
}
