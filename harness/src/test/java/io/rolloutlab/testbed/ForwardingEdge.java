package io.rolloutlab.testbed;

import io.rolloutlab.history.Hit;
import java.util.function.Consumer;

/** The same with an edge that passes on all but what whoever implements this has of its own. */
public interface ForwardingEdge extends ForwardingTestbed, Edge {
  @Override
  default Edge edge() {
    return this;
  }

  @Override
  default void apply(Routes routes) {
    real().edge().apply(routes);
  }

  @Override
  default int changes() {
    return real().edge().changes();
  }

  @Override
  default String configuration(Routes routes) {
    return real().edge().configuration(routes);
  }

  @Override
  default void watch(Consumer<Hit> watcher) {
    real().edge().watch(watcher);
  }

  @Override
  default Answer probe(String service, int port) {
    return real().edge().probe(service, port);
  }
}
