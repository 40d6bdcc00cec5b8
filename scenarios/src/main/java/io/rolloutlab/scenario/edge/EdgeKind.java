package io.rolloutlab.scenario.edge;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A kind of proxy that can stand in front of the app: what {@code edge.kind} can name. Kinds are
 * found as services (java.util.ServiceLoader), so that a new one needs no edit here.
 */
public interface EdgeKind {
  /** The kind of a scenario that names none; its settings are {@link NginxPlan}. */
  String NGINX = "nginx";

  /** Bad Gateway and Gateway Timeout. */
  Set<String> GATEWAY = Set.of("502", "504");

  /** Its name in {@code edge.kind}, which also stands in sentences, for example {@code nginx}. */
  String kind();

  /**
   * The statuses that its log gives a try which nobody answered, or not in time. By default those
   * that HTTP has for it (RFC 9110, 15.6.3 and 15.6.5), as nginx writes them, and the twin.
   */
  default Set<String> unanswered() {
    return GATEWAY;
  }

  /** The same of a kind by its name; the default where this lab does not have it. */
  static Set<String> unansweredBy(String kind) {
    return all().stream()
        .filter(one -> one.kind().equals(kind))
        .findFirst()
        .map(EdgeKind::unanswered)
        .orElse(GATEWAY);
  }

  /**
   * Whether it answers a request itself, whoever is there: no task is asked for such a path. By
   * default it asks a task for every one.
   *
   * @param path with its query, as it is sent
   */
  default boolean keepsFromApp(String path) {
    return false;
  }

  /** The same of a kind by its name; false where this lab does not have it. */
  static boolean keepsFromApp(String kind, String path) {
    return all().stream().anyMatch(one -> one.kind().equals(kind) && one.keepsFromApp(path));
  }

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
