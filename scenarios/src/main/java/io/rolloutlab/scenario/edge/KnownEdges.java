package io.rolloutlab.scenario.edge;

import java.util.List;
import java.util.ServiceLoader;

/** The kinds of edges that are named on the class path. */
final class KnownEdges {
  /** Not by the thread's own class loader, so that every thread knows the same. */
  static final List<EdgeKind> ALL =
      ServiceLoader.load(EdgeKind.class, EdgeKind.class.getClassLoader()).stream()
          .map(ServiceLoader.Provider::get)
          .toList();

  private KnownEdges() {}
}
