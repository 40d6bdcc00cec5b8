package io.rolloutlab.scenario;

import java.util.List;
import java.util.stream.Stream;

/**
 * A kind of proxy that can stand in front of the app: what {@code edge.kind} can name. Kinds are
 * found as services (java.util.ServiceLoader), so that a new one needs no edit here.
 */
public interface EdgeKind {
  /** The kind of a scenario that names none; its settings are {@link NginxPlan}. */
  String NGINX = "nginx";

  /** Its name in {@code edge.kind}, which also stands in sentences, for example {@code nginx}. */
  String kind();

  /** Those on the class path; scenarios can be read where there is none. */
  static List<EdgeKind> all() {
    return KnownEdges.ALL;
  }

  /** All kinds that can be named here, by name. */
  static List<String> known() {
    return Stream.concat(Stream.of(NGINX), all().stream().map(EdgeKind::kind))
        .distinct()
        .sorted()
        .toList();
  }
}
