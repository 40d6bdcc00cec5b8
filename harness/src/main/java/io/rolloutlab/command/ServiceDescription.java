package io.rolloutlab.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolloutlab.scenario.Balancing;
import io.rolloutlab.scenario.Durations;
import io.rolloutlab.scenario.EdgePlan;
import io.rolloutlab.scenario.HealthCheck;
import io.rolloutlab.scenario.Reservation;
import io.rolloutlab.scenario.Secrets;
import io.rolloutlab.scenario.UpdatePlan;
import io.rolloutlab.testbed.Commands;
import io.rolloutlab.testbed.NginxConfig;
import io.rolloutlab.testbed.ServiceSpec;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A service as a list of settings. The command that creates it and the request that creates it are
 * both made from this list. Durations in the engine's JSON are nanoseconds.
 */
public final class ServiceDescription {
  /** The image of the edge: docker/edge, as a person would tag it. */
  public static final String EDGE_IMAGE = "lab-nginx";

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String CONTAINER = "/TaskTemplate/ContainerSpec";
  private static final String ENV = CONTAINER + "/Env";
  private static final String RESERVED = "/TaskTemplate/Resources/Reservations";
  private static final String RESTART = "/TaskTemplate/RestartPolicy";

  /** What docker's client sends unless told otherwise. */
  private static final Duration RESTART_DELAY = Duration.ofSeconds(5);

  /** What Swarm waits where it is told nothing. */
  private static final Duration STOP_GRACE = Duration.ofSeconds(10);

  /** The variable that tells the app where to listen. */
  private static final String PORT = "PORT";

  private final String name;
  private final String image;
  private final Map<String, String> env;
  private final List<Setting> settings = new ArrayList<>();

  private ServiceDescription(String name, String image, Map<String, String> env) {
    this.name = name;
    this.image = image;
    this.env = new TreeMap<>(env);
    unasked();
    set("--name " + ShellWord.of(name), "/Name", JSON.textNode(name));
  }

  /**
   * A service of the app.
   *
   * @param balancing vip or dnsrr: it decides how ports are published
   */
  public static ServiceDescription of(ServiceSpec spec, Balancing balancing) {
    Map<String, String> env = new TreeMap<>(spec.env());
    env.put(PORT, String.valueOf(spec.port()));
    ServiceDescription it = new ServiceDescription(spec.name(), spec.image(), env);
    it.place(spec.replicas(), spec.constraints());
    it.reserve(spec.reserve());
    it.balance(balancing);
    if (balancing == Balancing.VIP && spec.published()) {
      it.publish(spec.port());
    }
    it.restartAny();
    if (!spec.restartDelay().equals(RESTART_DELAY)) {
      it.duration("--restart-delay", RESTART + "/Delay", spec.restartDelay());
    }
    if (!spec.stopGrace().equals(STOP_GRACE)) {
      it.duration("--stop-grace-period", CONTAINER + "/StopGracePeriod", spec.stopGrace());
    }
    it.healthCheck(spec.healthCheck());
    it.change("update", "/UpdateConfig", spec.update());
    it.change("rollback", "/RollbackConfig", spec.rollback());
    return it;
  }

  /**
   * nginx, with one port for users and one for the lab's probes.
   *
   * @param balancing vip or dnsrr: it decides how ports are published, and how many there are
   */
  public static ServiceDescription edge(EdgePlan plan, Balancing balancing) {
    ServiceDescription it = new ServiceDescription(Commands.EDGE, EDGE_IMAGE, Map.of());
    it.place(edgeReplicas(plan, balancing), plan.constraints());
    it.balance(balancing);
    for (int port : new int[] {NginxConfig.HTTP, NginxConfig.PROBE}) {
      if (balancing == Balancing.VIP) {
        it.publish(port);
      } else {
        it.publish("mode=host,target=%s,published=%s".formatted(port, port), port, "host");
      }
    }
    it.restartAny();
    return it;
  }

  /** How many nginx there are: a port published in host mode can be taken once a node. */
  static int edgeReplicas(EdgePlan plan, Balancing balancing) {
    return balancing == Balancing.VIP ? plan.replicas() : 1;
  }

  /** The command that creates the service. */
  public String create() {
    return Stream.concat(Stream.of("docker service create"), words())
        .collect(Collectors.joining(" "));
  }

  /**
   * The request that creates the service.
   *
   * @param imageIds image name → id: a node that is given an id asks no registry
   */
  public ObjectNode request(Map<String, String> imageIds) {
    ObjectNode request = JSON.objectNode();
    settings.forEach(setting -> setting.into(request));
    version(request, imageIds);
    return request;
  }

  /**
   * The command that gives this service the version of another description: its image and those of
   * its variables that differ.
   */
  public String update(ServiceDescription to) {
    List<String> words = new ArrayList<>(List.of("docker service update --image"));
    words.add(ShellWord.of(to.image));
    env.keySet().stream()
        .filter(key -> !to.env.containsKey(key))
        .forEach(key -> words.add("--env-rm " + ShellWord.of(key)));
    to.env.forEach(
        (key, value) -> {
          if (!value.equals(env.get(key))) {
            words.add("--env-add " + variable(key, value));
          }
        });
    words.add(ShellWord.of(name));
    return String.join(" ", words);
  }

  /**
   * Gives a service the version of this description.
   *
   * @param spec of the service, changed in place
   * @param imageIds image name → id
   */
  public void update(ObjectNode spec, Map<String, String> imageIds) {
    ((ObjectNode) spec.at(CONTAINER)).remove("Env");
    version(spec, imageIds);
  }

  /** Sets the number of replicas of a service. */
  public static Setting scale(String service, int replicas) {
    return replicas(
        "docker service scale %s=%s".formatted(ShellWord.of(service), replicas), replicas);
  }

  private static Setting replicas(String words, int replicas) {
    return Setting.of(words, "/Mode/Replicated/Replicas", JSON.numberNode(replicas));
  }

  private Stream<String> words() {
    return Stream.concat(
        Stream.concat(settings.stream(), variables()).map(Setting::words).filter(w -> !w.isEmpty()),
        Stream.of(ShellWord.of(image)));
  }

  private Stream<Setting> variables() {
    return env.entrySet().stream()
        .map(
            e ->
                Setting.listed(
                    "--env " + variable(e.getKey(), e.getValue()),
                    ENV,
                    JSON.textNode(e.getKey() + "=" + e.getValue())));
  }

  /** A secret is only named: docker's client then takes its value from the shell's environment. */
  private static String variable(String key, String value) {
    return ShellWord.of(Secrets.isSecret(key) ? key : key + "=" + value);
  }

  private void version(ObjectNode spec, Map<String, String> imageIds) {
    variables().forEach(variable -> variable.into(spec));
    spec.withObject(CONTAINER).put("Image", imageIds.get(image));
  }

  /** See docker/cli, cli/command/service/opts.go: ToService. */
  private void unasked() {
    settings.add(Setting.unasked("/Labels", JSON.objectNode()));
    settings.add(Setting.unasked(CONTAINER + "/Init", JSON.booleanNode(false)));
    settings.add(Setting.unasked(CONTAINER + "/DNSConfig", JSON.objectNode()));
    settings.add(Setting.unasked("/TaskTemplate/Resources/Limits", JSON.objectNode()));
    settings.add(Setting.unasked(RESERVED, JSON.objectNode()));
  }

  private void place(int replicas, List<String> constraints) {
    settings.add(replicas("--replicas " + replicas, replicas));
    list(
        "--network " + Commands.NETWORK,
        "/TaskTemplate/Networks",
        JSON.objectNode().put("Target", Commands.NETWORK));
    for (String constraint : constraints) {
      list(
          "--constraint " + ShellWord.of(constraint),
          "/TaskTemplate/Placement/Constraints",
          JSON.textNode(constraint));
    }
  }

  private void reserve(Reservation reserve) {
    if (reserve != null && reserve.nanoCpus() > 0) {
      String cores = BigDecimal.valueOf(reserve.nanoCpus(), 9).stripTrailingZeros().toPlainString();
      set("--reserve-cpu " + cores, RESERVED + "/NanoCPUs", JSON.numberNode(reserve.nanoCpus()));
    }
    if (reserve != null && reserve.memory().bytes() > 0) {
      set(
          "--reserve-memory " + reserve.memory().print(),
          RESERVED + "/MemoryBytes",
          JSON.numberNode(reserve.memory().bytes()));
    }
  }

  private void balance(Balancing balancing) {
    String place = "/EndpointSpec/Mode";
    if (balancing == Balancing.VIP) {
      settings.add(Setting.unasked(place, JSON.textNode("vip")));
    } else {
      set("--endpoint-mode dnsrr", place, JSON.textNode("dnsrr"));
    }
  }

  private void publish(int port) {
    publish("%s:%s".formatted(port, port), port, "ingress");
  }

  private void publish(String words, int port, String mode) {
    list(
        "--publish " + words,
        "/EndpointSpec/Ports",
        JSON.objectNode()
            .put("Protocol", "tcp")
            .put("TargetPort", port)
            .put("PublishedPort", port)
            .put("PublishMode", mode));
  }

  private void restartAny() {
    set("--restart-condition any", RESTART + "/Condition", JSON.textNode("any"));
    settings.add(Setting.unasked(RESTART + "/Delay", JSON.numberNode(RESTART_DELAY.toNanos())));
    settings.add(Setting.unasked(RESTART + "/MaxAttempts", JSON.numberNode(0)));
  }

  private void healthCheck(HealthCheck check) {
    if (check == null) {
      return;
    }
    String place = CONTAINER + "/Healthcheck";
    set(
        "--health-cmd " + ShellWord.of(check.command()),
        place + "/Test",
        JSON.arrayNode().add("CMD-SHELL").add(check.command()));
    duration("--health-interval", place + "/Interval", check.interval());
    duration("--health-timeout", place + "/Timeout", check.timeout());
    set(
        "--health-retries " + check.retries(),
        place + "/Retries",
        JSON.numberNode(check.retries().intValue()));
    duration("--health-start-period", place + "/StartPeriod", check.startPeriod());
  }

  private void change(String of, String place, UpdatePlan plan) {
    String flag = "--" + of;
    String action = plan.failureAction().name().toLowerCase(Locale.ROOT);
    set(
        flag + "-parallelism " + plan.parallelism(),
        place + "/Parallelism",
        JSON.numberNode(plan.parallelism().intValue()));
    duration(flag + "-delay", place + "/Delay", plan.delay());
    set(
        flag + "-order " + plan.order().swarmName(),
        place + "/Order",
        JSON.textNode(plan.order().swarmName()));
    duration(flag + "-monitor", place + "/Monitor", plan.monitor());
    set(
        flag + "-max-failure-ratio " + plan.maxFailureRatio(),
        place + "/MaxFailureRatio",
        JSON.numberNode(plan.maxFailureRatio().doubleValue()));
    set(flag + "-failure-action " + action, place + "/FailureAction", JSON.textNode(action));
  }

  private void duration(String flag, String place, Duration value) {
    set(flag + " " + Durations.print(value), place, JSON.numberNode(value.toNanos()));
  }

  private void set(String words, String place, JsonNode value) {
    settings.add(Setting.of(words, place, value));
  }

  private void list(String words, String place, JsonNode value) {
    settings.add(Setting.listed(words, place, value));
  }
}
