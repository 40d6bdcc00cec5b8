package io.rolloutlab.stack.read;

import static io.rolloutlab.stack.read.StackShapes.CORES;
import static io.rolloutlab.stack.read.StackShapes.DURATION;
import static io.rolloutlab.stack.read.StackShapes.FLAG;
import static io.rolloutlab.stack.read.StackShapes.MEMORY;
import static io.rolloutlab.stack.read.StackShapes.NOTHING;
import static io.rolloutlab.stack.read.StackShapes.NUMBER;
import static io.rolloutlab.stack.read.StackShapes.OPTIONS;
import static io.rolloutlab.stack.read.StackShapes.PAIRS;
import static io.rolloutlab.stack.read.StackShapes.RATIO;
import static io.rolloutlab.stack.read.StackShapes.TEXT;
import static io.rolloutlab.stack.read.StackShapes.TEXTS;
import static io.rolloutlab.stack.read.StackShapes.TEXT_OR_NUMBER;
import static io.rolloutlab.stack.read.StackShapes.TEXT_OR_TEXTS;
import static io.rolloutlab.stack.read.StackShapes.WHOLE;
import static io.rolloutlab.stack.read.StackShapes.block;
import static io.rolloutlab.stack.read.StackShapes.either;
import static io.rolloutlab.stack.read.StackShapes.list;
import static io.rolloutlab.stack.read.StackShapes.named;
import static io.rolloutlab.stack.read.StackShapes.oneOf;
import static io.rolloutlab.stack.read.StackShapes.word;

import io.rolloutlab.stack.read.Shape.Keys;
import java.util.Set;

/**
 * Which keys a stack file of version 3.x has where, and of what shape: what {@code docker stack
 * deploy} takes, read in docker/cli {@code cli/compose/schema/data} (3.0 to 3.13), {@code types}
 * (what it ignores) and {@code convert} (what it refuses later, such as an unknown mode). The
 * Compose Specification is another format, with other keys and other defaults.
 */
final class StackGrammar {
  /** The newest version 3.x of the format, which a file without a version has. */
  static final int NEWEST = 13;

  private static final String IGNORED = "docker stack deploy ignores it";

  private StackGrammar() {}

  /** A whole file. */
  static Keys file() {
    return block()
        .key("version", TEXT)
        .key("services", named(service()))
        .key("networks", named(either(network(), NOTHING)))
        .key("volumes", named(either(volume(), NOTHING)))
        .since(1, "secrets", named(content()))
        .since(3, "configs", named(content()))
        .extended()
        .made();
  }

  private static Keys service() {
    StackShapes.Making service =
        block()
            .key("deploy", either(deploy(), NOTHING))
            .key("healthcheck", healthCheck())
            .key("ports", list(port()))
            .key("networks", either(TEXTS, named(either(serviceNetwork(), NOTHING))))
            .key("volumes", list(either(TEXT, mount())))
            .since(1, "secrets", list(used()))
            .since(3, "configs", list(used()))
            .key("stop_grace_period", DURATION)
            .key("restart", word("a text", Set.of(WordKind.TEXT), StackGrammar::restart));
    addPlainKeys(service);
    addBlocks(service);
    return service
        .ignored(IGNORED, "build", "cgroupns_mode", "cgroup_parent", "devices", "domainname")
        .ignored(IGNORED, "external_links", "ipc", "links", "mac_address", "network_mode", "pid")
        .ignored(IGNORED, "privileged", "security_opt", "shm_size", "userns_mode")
        .ignored(IGNORED, "container_name")
        .ignored(IGNORED + ": tasks of one network reach all ports of each other", "expose")
        .ignored(IGNORED + ": all services of a stack start at once", "depends_on")
        .extended()
        .made();
  }

  /** Keys with a word, or a list of words. */
  private static void addPlainKeys(StackShapes.Making service) {
    service
        .all(TEXT, "image", "hostname", "stop_signal", "user", "working_dir", "container_name")
        .all(TEXT, "domainname", "ipc", "mac_address", "network_mode", "cgroup_parent")
        .all(TEXT, "userns_mode")
        .since(5, "isolation", TEXT)
        .since(9, "cgroupns_mode", TEXT)
        .key("pid", word("a text", Set.of(WordKind.TEXT, WordKind.NOTHING)))
        .all(TEXTS, "cap_add", "cap_drop", "depends_on", "devices", "external_links", "links")
        .all(TEXTS, "security_opt")
        .all(TEXT_OR_TEXTS, "command", "entrypoint", "dns", "dns_search", "env_file", "tmpfs")
        .all(FLAG, "privileged", "read_only", "stdin_open", "tty")
        .since(7, "init", FLAG)
        .since(13, "oom_score_adj", word("a whole number", Set.of(WordKind.WHOLE)))
        .key("shm_size", TEXT_OR_NUMBER)
        .key("expose", list(TEXT_OR_NUMBER));
  }

  /** Keys with a block of their own that no rollout is decided by. */
  private static void addBlocks(StackShapes.Making service) {
    service
        .all(PAIRS, "environment", "labels", "extra_hosts", "sysctls")
        .key("build", either(TEXT, block().open().made()))
        .key("logging", block().key("driver", TEXT).key("options", OPTIONS).made())
        .since(
            3,
            "credential_spec",
            block().all(TEXT, "file", "registry").since(8, "config", TEXT).made())
        .key(
            "ulimits",
            named(either(word("a whole number", Set.of(WordKind.WHOLE)), block().open().made())));
  }

  /** A config or a secret as a service names it. */
  private static Shape used() {
    return either(TEXT, block().all(TEXT, "source", "target", "uid", "gid").open().made());
  }

  private static Keys healthCheck() {
    return block()
        .key("disable", FLAG)
        .all(DURATION, "interval", "timeout")
        .key("retries", WHOLE)
        .key("test", TEXT_OR_TEXTS)
        .since(4, "start_period", DURATION)
        .since(12, "start_interval", DURATION)
        .made();
  }

  private static Shape port() {
    return either(
        word(
            "a port such as \"8080:80\"", Set.of(WordKind.TEXT, WordKind.WHOLE), PortSyntax::check),
        block()
            .key("mode", oneOf("ingress", "host"))
            .all(WHOLE, "target", "published")
            .key("protocol", TEXT)
            .made());
  }

  private static Keys serviceNetwork() {
    return block()
        .key("aliases", TEXTS)
        .all(TEXT, "ipv4_address", "ipv6_address")
        .since(13, "driver_opts", OPTIONS)
        .made();
  }

  private static Keys mount() {
    return block()
        .all(TEXT, "type", "source", "target", "consistency")
        .key("read_only", FLAG)
        .all(block().open().made(), "bind", "volume")
        .since(6, "tmpfs", block().open().made())
        .made();
  }

  private static Keys deploy() {
    return block()
        .key("mode", oneOf("replicated", "global", "replicated-job", "global-job"))
        .since(2, "endpoint_mode", oneOf("vip", "dnsrr"))
        .key("replicas", WHOLE)
        .key("labels", PAIRS)
        .key("update_config", update(4))
        .since(7, "rollback_config", update(7))
        .key("resources", resources())
        .key(
            "restart_policy",
            block()
                .key("condition", oneOf("none", "on-failure", "any"))
                .all(DURATION, "delay", "window")
                .key("max_attempts", WHOLE)
                .made())
        .key("placement", placement())
        .made();
  }

  private static Keys update(int order) {
    return block()
        .key("parallelism", WHOLE)
        .all(DURATION, "delay", "monitor")
        .key("failure_action", oneOf("continue", "pause", "rollback"))
        .key("max_failure_ratio", RATIO)
        .since(order, "order", oneOf("start-first", "stop-first"))
        .made();
  }

  private static Keys resources() {
    return block()
        .key(
            "limits",
            block().key("cpus", CORES).key("memory", MEMORY).since(9, "pids", WHOLE).made())
        .key(
            "reservations",
            block()
                .key("cpus", CORES)
                .key("memory", MEMORY)
                .since(
                    5,
                    "generic_resources",
                    list(
                        block()
                            .key(
                                "discrete_resource_spec",
                                block().key("kind", TEXT).key("value", NUMBER).made())
                            .made()))
                .made())
        .made();
  }

  private static Keys placement() {
    return block()
        .key("constraints", list(word("a text", Set.of(WordKind.TEXT), StackGrammar::constraint)))
        .since(3, "preferences", list(block().key("spread", TEXT).made()))
        .since(8, "max_replicas_per_node", WHOLE)
        .made();
  }

  private static void constraint(String text) {
    if (!text.matches("[^=!]+[!=]=.+")) {
      throw new IllegalArgumentException(
          "\"%s\" is no constraint: write it as in node.role == worker".formatted(text));
    }
  }

  private static void restart(String text) {
    if (!text.matches("no|always|unless-stopped|on-failure(?::[0-9]{1,9})?")) {
      throw new IllegalArgumentException(
          "\"%s\" is none of no, always, unless-stopped, on-failure and on-failure:3"
              .formatted(text));
    }
  }

  private static Keys network() {
    return block()
        .since(5, "name", TEXT)
        .key("driver", TEXT)
        .key("driver_opts", OPTIONS)
        .key("ipam", block().open().made())
        .key("external", external())
        .key("internal", FLAG)
        .since(2, "attachable", FLAG)
        .key("labels", PAIRS)
        .extended()
        .made();
  }

  private static Keys volume() {
    return block()
        .since(4, "name", TEXT)
        .key("driver", TEXT)
        .key("driver_opts", OPTIONS)
        .key("external", external())
        .key("labels", PAIRS)
        .extended()
        .made();
  }

  /** A config or a secret. */
  private static Keys content() {
    return block()
        .since(5, "name", TEXT)
        .key("file", TEXT)
        .key("external", external())
        .key("labels", PAIRS)
        .since(8, "driver", TEXT)
        .since(8, "driver_opts", OPTIONS)
        .since(8, "template_driver", TEXT)
        .extended()
        .made();
  }

  private static Shape external() {
    return either(FLAG, block().key("name", TEXT).made());
  }
}
