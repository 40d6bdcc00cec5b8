package io.rolloutlab.scenario;

import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * A kind of proxy that can stand in front of the app: what {@code edge.kind} can name. Kinds are
 * found as services ({@link ServiceLoader}), so that a new one needs no edit here.
 */
public interface EdgeKind {
  /** The kind of a scenario that names none; its settings are {@link NginxPlan}. */
  String NGINX = "nginx";

  /** Its name in {@code edge.kind}, which also stands in sentences, for example {@code nginx}. */
  String kind();

  /** All kinds that can be named here, by name. */
  static List<String> known() {
    return Stream.concat(
            Stream.of(NGINX),
            ServiceLoader.load(EdgeKind.class).stream().map(found -> found.get().kind()))
        .distinct()
        .sorted()
        .toList();
  }
}
