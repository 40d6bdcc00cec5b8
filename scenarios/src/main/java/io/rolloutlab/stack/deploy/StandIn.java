package io.rolloutlab.stack.deploy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolloutlab.scenario.app.AppPlan;
import io.rolloutlab.stack.StackHealth;
import io.rolloutlab.stack.StackPort;
import io.rolloutlab.stack.StackService;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The lab's own app in the place of a service's image: it listens where that would, and what only
 * that understands is left out.
 */
final class StandIn {
  /** The key of a service's variables. */
  static final String ENVIRONMENT = "environment";

  private static final String PORT = "PORT";
  private static final int HIGHEST_PORT = 65_534;

  /**
   * Commands, users, files and options that are made for the image, and what it is built of. Labels
   * are for whoever reads them, and no stand-in does. Variables that are put into any of it may be
   * secrets, and all that docker is given stays in the run's folder.
   */
  private static final List<String> OF_THE_IMAGE =
      List.of(
          "build",
          "cap_add",
          "cap_drop",
          "command",
          "credential_spec",
          "entrypoint",
          "env_file",
          "hostname",
          "isolation",
          "labels",
          "logging",
          "read_only",
          "stop_signal",
          "sysctls",
          "tmpfs",
          "ulimits",
          "user",
          "volumes",
          "working_dir");

  private static final Set<String> TCP = Set.of("tcp", "TCP");

  private StandIn() {}

  /**
   * Where it listens: at the first port that the file publishes, else where the app always does.
   */
  static int port(StackService service) {
    return published(service).orElse(AppPlan.DEFAULT.port());
  }

  /** The first port that the file publishes; empty where it publishes none. */
  static OptionalInt published(StackService service) {
    return service.ports().stream()
        .filter(port -> TCP.contains(port.protocol()))
        .mapToInt(StackPort::target)
        .filter(port -> port > 0 && port <= HIGHEST_PORT)
        .findFirst();
  }

  /** Puts it into the place of an image. */
  static void put(StackEdit edit, StackService service) {
    String name = service.name();
    ObjectNode its = edit.service(name);
    edit.note(
        service.image().place(),
        "%s: the lab's app stands in for %s and listens on port %s%s"
            .formatted(
                name,
                service.image().value(),
                port(service),
                published(service).isPresent() ? "" : ", since the file publishes none"));
    for (String key : OF_THE_IMAGE) {
      if (its.remove(key) != null) {
        leftOut(edit, name, key);
      }
    }
    StackEdit.removeExtensions(its);
    edit.there(StackEdit.SERVICES, name, "deploy")
        .filter(deploy -> deploy.remove("labels") != null)
        .ifPresent(deploy -> leftOut(edit, name, "deploy", "labels"));
    if (its.has(ENVIRONMENT)) {
      leftOut(edit, name, ENVIRONMENT);
    }
    its.putObject(ENVIRONMENT).put(PORT, String.valueOf(port(service)));
    check(edit, service);
  }

  private static void leftOut(StackEdit edit, String service, String... keys) {
    edit.note(
        edit.placeOf(service, keys),
        "%s: %s is left out: the lab's app does without it"
            .formatted(service, String.join(".", keys)));
  }

  /** The app's own check at the times of the file; where the file names none, there is none. */
  private static void check(StackEdit edit, StackService service) {
    StackHealth health = service.health();
    if (health.isCommand()) {
      edit.block(StackEdit.SERVICES, service.name(), "healthcheck")
          .putArray("test")
          .add("CMD")
          .add("healthy");
      edit.note(
          health.test().place(),
          "%s: the health check asks the lab's app, at the times of the file"
              .formatted(service.name()));
    } else if (health.test().is(StackHealth.Test.IMAGE)) {
      edit.note(
          health.test().place(),
          "%s: the file names no health check, so the lab's app has none; the image may have one"
              .formatted(service.name()));
    }
  }
}
