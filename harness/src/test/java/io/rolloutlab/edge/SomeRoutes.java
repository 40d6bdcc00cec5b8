package io.rolloutlab.edge;

import io.rolloutlab.edge.nginx.NginxConfigTest;
import io.rolloutlab.testbed.Routes;
import java.util.List;

/** Routes of every kind. */
final class SomeRoutes {
  static final List<Routes> ALL =
      List.of(
          NginxConfigTest.SPLIT,
          NginxConfigTest.SPLIT_BY_USER,
          NginxConfigTest.SPLIT_BY_SECOND,
          NginxConfigTest.BY_ADDRESS,
          NginxConfigTest.MIRRORED,
          NginxConfigTest.BY_ALL);

  private SomeRoutes() {}

  /** Whom the requests, or copies of them, go to. */
  static String[] hosts(Routes routes) {
    return routes.reached().stream().map(Routes.Target::hostAndPort).toArray(String[]::new);
  }
}
