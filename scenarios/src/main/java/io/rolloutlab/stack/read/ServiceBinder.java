package io.rolloutlab.stack.read;

import io.rolloutlab.stack.FileValue;
import io.rolloutlab.stack.Place;
import io.rolloutlab.stack.StackEndpoint;
import io.rolloutlab.stack.StackFailureAction;
import io.rolloutlab.stack.StackHealth;
import io.rolloutlab.stack.StackMode;
import io.rolloutlab.stack.StackOrder;
import io.rolloutlab.stack.StackPlacement;
import io.rolloutlab.stack.StackPort;
import io.rolloutlab.stack.StackResources;
import io.rolloutlab.stack.StackRestart;
import io.rolloutlab.stack.StackScale;
import io.rolloutlab.stack.StackService;
import io.rolloutlab.stack.StackStop;
import io.rolloutlab.stack.StackUpdate;
import io.rolloutlab.stack.StackUses;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a service of a block that has been checked, with the defaults of docker and Swarm. */
final class ServiceBinder {
  /** Of moby's {@code daemon/health.go}. */
  private static final Duration PROBE = Duration.ofSeconds(30);

  private static final Duration START_INTERVAL = Duration.ofSeconds(5);
  private static final int RETRIES = 3;

  /** Of swarmkit's {@code api/defaults/service.go}. */
  private static final Duration MONITOR = Duration.ofSeconds(5);

  private static final Duration RESTART_DELAY = Duration.ofSeconds(5);
  private static final Duration GRACE = Duration.ofSeconds(10);

  /** Of moby's {@code daemon/health.go}, by the first word of a list. */
  private static final Map<String, StackHealth.Test> TESTS =
      Map.of(
          "CMD", StackHealth.Test.COMMAND,
          "CMD-SHELL", StackHealth.Test.COMMAND,
          "NONE", StackHealth.Test.NONE);

  private final String name;
  private final PartView service;
  private final PartView deploy;
  private final StackComplaints complaints;

  ServiceBinder(String name, YamlPart.Entry entry, StackComplaints complaints) {
    this.name = name;
    this.service = PartView.of(entry);
    this.deploy = service.view("deploy");
    this.complaints = complaints;
  }

  StackService service() {
    refuseWhatCannotBe();
    return new StackService(
        name,
        service.place(),
        service.text("image"),
        scale(),
        update(deploy.view("update_config")),
        update(deploy.view("rollback_config")),
        health(),
        new StackStop(
            service.value("stop_grace_period", GoWords::duration, GRACE),
            service.text("stop_signal")),
        restart(),
        placement(),
        resources(),
        ports(),
        deploy.pairs("labels"),
        service.texts("command").stream().map(FileValue::value).toList(),
        uses());
  }

  private void refuseWhatCannotBe() {
    String path = "services." + name;
    if (!service.text("image").given()) {
      complaints.add(
          service.place(),
          path,
          "has no image, which docker stack deploy refuses%s: name one with image"
              .formatted(service.entry("build").isPresent() ? ", since it does not build" : ""));
    }
    FileValue<StackMode> mode = deploy.choice("mode", StackMode.class, StackMode.REPLICATED);
    deploy
        .word("replicas")
        .filter(word -> mode.is(StackMode.GLOBAL) || mode.is(StackMode.GLOBAL_JOB))
        .ifPresent(
            word ->
                complaints.add(
                    word.place(),
                    path + ".deploy.replicas",
                    "a service of mode global has a task on each node: remove replicas or mode"));
    PartView check = service.view("healthcheck");
    check
        .word("disable")
        .filter(word -> GoWords.flag(word.text()) && check.entry("test").isPresent())
        .ifPresent(
            word ->
                complaints.add(
                    word.place(),
                    path + ".healthcheck.disable",
                    "docker takes no test beside disable: true: remove one of them"));
  }

  private StackScale scale() {
    return new StackScale(
        deploy.choice("mode", StackMode.class, StackMode.REPLICATED),
        deploy.value("replicas", GoWords::whole, 1),
        deploy.choice("endpoint_mode", StackEndpoint.class, StackEndpoint.VIP));
  }

  private static StackUpdate update(PartView config) {
    FileValue<Duration> monitor = config.value("monitor", GoWords::duration, MONITOR);
    return new StackUpdate(
        config.place(),
        config.isThere(),
        config.value("parallelism", GoWords::whole, 1),
        config.value("delay", GoWords::duration, Duration.ZERO),
        orDefault(monitor, Duration.ZERO, MONITOR),
        config.choice("failure_action", StackFailureAction.class, StackFailureAction.PAUSE),
        config.value("max_failure_ratio", Double::valueOf, 0.0),
        config.choice("order", StackOrder.class, StackOrder.STOP_FIRST));
  }

  private StackHealth health() {
    PartView check = service.view("healthcheck");
    return new StackHealth(
        check.place(),
        test(check),
        orDefault(check.value("interval", GoWords::duration, PROBE), Duration.ZERO, PROBE),
        orDefault(check.value("timeout", GoWords::duration, PROBE), Duration.ZERO, PROBE),
        orDefault(check.value("retries", GoWords::whole, RETRIES), 0, RETRIES),
        check.value("start_period", GoWords::duration, Duration.ZERO),
        orDefault(
            check.value("start_interval", GoWords::duration, START_INTERVAL),
            Duration.ZERO,
            START_INTERVAL));
  }

  private static FileValue<StackHealth.Test> test(PartView check) {
    FileValue<Boolean> disable = check.value("disable", GoWords::flag, false);
    if (disable.value()) {
      return FileValue.given(StackHealth.Test.NONE, disable.place());
    }
    List<FileValue<String>> words = check.texts("test");
    Optional<Place> place = check.entry("test").map(YamlPart.Entry::place);
    if (words.isEmpty() || place.isEmpty()) {
      return FileValue.byDefault(StackHealth.Test.IMAGE, check.place());
    }
    boolean shell = check.word("test").isPresent();
    return FileValue.given(
        shell
            ? StackHealth.Test.COMMAND
            : TESTS.getOrDefault(words.get(0).value(), StackHealth.Test.OF_NO_KIND),
        place.get());
  }

  /** Docker takes 0 for a value that was not given. */
  private static <T> FileValue<T> orDefault(FileValue<T> value, T nothing, T instead) {
    return value.is(nothing) ? FileValue.byDefault(instead, value.place()) : value;
  }

  /** Where there is no restart_policy, docker takes {@code restart} for one, though it says not. */
  private StackRestart restart() {
    PartView policy = deploy.view("restart_policy");
    FileValue<StackRestart.Condition> condition =
        policy.choice("condition", StackRestart.Condition.class, StackRestart.Condition.ANY);
    FileValue<Integer> attempts = policy.value("max_attempts", GoWords::whole, 0);
    Optional<YamlPart.Word> legacy = service.word("restart").filter(word -> !policy.isThere());
    if (legacy.isPresent() && legacy.get().text().startsWith("on-failure")) {
      String rest = legacy.get().text().replaceFirst("on-failure:?", "");
      condition = FileValue.given(StackRestart.Condition.ON_FAILURE, legacy.get().place());
      attempts =
          rest.isEmpty() ? attempts : FileValue.given(Integer.valueOf(rest), legacy.get().place());
    }
    return new StackRestart(
        condition,
        policy.value("delay", GoWords::duration, RESTART_DELAY),
        attempts,
        policy.value("window", GoWords::duration, Duration.ZERO));
  }

  private StackPlacement placement() {
    PartView placement = deploy.view("placement");
    List<FileValue<String>> spread = new ArrayList<>();
    for (YamlPart preference : placement.items("preferences")) {
      FileValue<String> label =
          new PartView(preference.place(), Optional.of((YamlPart.Block) preference)).text("spread");
      if (label.given()) {
        spread.add(label);
      }
    }
    return new StackPlacement(
        placement.texts("constraints"),
        spread,
        placement.value("max_replicas_per_node", GoWords::whole, 0));
  }

  private StackResources resources() {
    PartView limits = deploy.view("resources").view("limits");
    PartView reserved = deploy.view("resources").view("reservations");
    return new StackResources(
        limits.value("cpus", GoWords::cores, BigDecimal.ZERO),
        limits.value("memory", GoWords::bytes, 0L),
        reserved.value("cpus", GoWords::cores, BigDecimal.ZERO),
        reserved.value("memory", GoWords::bytes, 0L));
  }

  private List<StackPort> ports() {
    List<StackPort> ports = new ArrayList<>();
    for (YamlPart port : service.items("ports")) {
      if (port instanceof YamlPart.Word word) {
        ports.addAll(PortSyntax.ports(word.text(), word.place()));
      } else {
        PartView its = new PartView(port.place(), Optional.of((YamlPart.Block) port));
        ports.add(
            new StackPort(
                its.place(),
                its.value("target", GoWords::whole, 0).value(),
                its.value("published", GoWords::whole, 0).value(),
                its.value("protocol", word -> word, "tcp").value(),
                its.text("mode").is("host")));
      }
    }
    return ports;
  }

  private StackUses uses() {
    List<FileValue<String>> networks = new ArrayList<>();
    service
        .pairs("networks")
        .forEach((network, value) -> networks.add(FileValue.given(network, value.place())));
    List<FileValue<String>> mounts = new ArrayList<>();
    for (YamlPart mount : service.items("volumes")) {
      source(mount).ifPresent(mounts::add);
    }
    return new StackUses(networks, mounts, sources("configs"), sources("secrets"));
  }

  /** What a mount is of; empty where docker makes a volume for each task. */
  private static Optional<FileValue<String>> source(YamlPart mount) {
    if (mount instanceof YamlPart.Word word) {
      String source = Mount.of(word.text()).source();
      return Optional.of(FileValue.given(source, word.place())).filter(it -> !it.is(""));
    }
    PartView its = new PartView(mount.place(), Optional.of((YamlPart.Block) mount));
    boolean path = !its.text("type").is("volume");
    return its.word("source")
        .map(word -> FileValue.given((path ? "./" : "") + word.text(), word.place()));
  }

  private List<FileValue<String>> sources(String key) {
    List<FileValue<String>> sources = new ArrayList<>(service.texts(key));
    for (YamlPart item : service.items(key)) {
      if (item instanceof YamlPart.Block block) {
        sources.add(new PartView(item.place(), Optional.of(block)).text("source"));
      }
    }
    return sources;
  }
}
