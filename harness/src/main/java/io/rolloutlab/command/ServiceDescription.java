package io.rolloutlab.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolloutlab.scenario.app.RestartPlan;
import io.rolloutlab.scenario.app.ServiceMode;
import io.rolloutlab.scenario.check.Secrets;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.scenario.edge.EdgePlan;
import io.rolloutlab.testbed.Commands;
import io.rolloutlab.testbed.Edge;
import io.rolloutlab.testbed.PlacementRules;
import io.rolloutlab.testbed.ServiceSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
  static final String CONTAINER = "/TaskTemplate/ContainerSpec";
  private static final String ENV = CONTAINER + "/Env";
  static final String RESERVED = "/TaskTemplate/Resources/Reservations";
  static final String LIMITS = "/TaskTemplate/Resources/Limits";

  /** What Swarm waits where it is told nothing. */
  private static final Duration STOP_GRACE = Duration.ofSeconds(10);

  /** The variable that tells the app where to listen. */
  private static final String PORT = "PORT";

  private final String name;
  private final String image;
  private final Map<String, String> env;
  private final SettingList settings = new SettingList();

  private ServiceDescription(String name, String image, Map<String, String> env) {
    this.name = name;
    this.image = image;
    this.env = new TreeMap<>(env);
    unasked();
    settings.set("--name " + ShellWord.of(name), "/Name", JSON.textNode(name));
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
    it.place(
        spec.mode() == ServiceMode.GLOBAL
            ? Setting.of("--mode global", "/Mode/Global", JSON.objectNode())
            : replicated(spec.replicas()),
        spec.placement());
    it.settings.reserve(spec.reserve());
    it.settings.limit(spec.limits());
    it.balance(balancing);
    if (balancing == Balancing.VIP && spec.listening().published()) {
      it.publish(spec.port());
    }
    if (spec.placement().hostPort() != null) {
      it.publishOnNode(spec.port(), spec.placement().hostPort());
    }
    it.settings.restart(spec.restart());
    if (!spec.stopGrace().equals(STOP_GRACE)) {
      it.settings.duration("--stop-grace-period", CONTAINER + "/StopGracePeriod", spec.stopGrace());
    }
    it.settings.healthCheck(spec.healthCheck());
    it.settings.change("update", "/UpdateConfig", spec.update());
    it.settings.change("rollback", "/RollbackConfig", spec.rollback());
    return it;
  }

  /**
   * The edge, with one port for users and one for the lab's probes.
   *
   * @param balancing vip or dnsrr: it decides how ports are published, and how many there are
   */
  public static ServiceDescription edge(EdgePlan plan, Balancing balancing) {
    ServiceDescription it = new ServiceDescription(Commands.EDGE, EDGE_IMAGE, Map.of());
    it.place(replicated(plan.tasks(balancing)), PlacementRules.within(plan.constraints()));
    it.balance(balancing);
    for (int port : new int[] {Edge.HTTP, Edge.PROBE}) {
      if (balancing == Balancing.VIP) {
        it.publish(port);
      } else {
        it.publishOnNode(port, port);
      }
    }
    it.settings.restart(RestartPlan.DEFAULT);
    plan.updated().ifPresent(update -> it.settings.change("update", "/UpdateConfig", update));
    return it;
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
    settings.into(request);
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

  private static Setting replicated(int replicas) {
    return replicas("--replicas " + replicas, replicas);
  }

  private static Setting replicas(String words, int replicas) {
    return Setting.of(words, "/Mode/Replicated/Replicas", JSON.numberNode(replicas));
  }

  private Stream<String> words() {
    return Stream.concat(
        Stream.concat(settings.words(), variables().map(Setting::words)),
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
    settings.unasked("/Labels", JSON.objectNode());
    settings.unasked(CONTAINER + "/Init", JSON.booleanNode(false));
    settings.unasked(CONTAINER + "/DNSConfig", JSON.objectNode());
    settings.unasked(LIMITS, JSON.objectNode());
    settings.unasked(RESERVED, JSON.objectNode());
  }

  private void place(Setting size, PlacementRules rules) {
    settings.add(size);
    settings.list(
        "--network " + Commands.NETWORK,
        "/TaskTemplate/Networks",
        JSON.objectNode().put("Target", Commands.NETWORK));
    settings.place(rules);
  }

  private void balance(Balancing balancing) {
    String place = "/EndpointSpec/Mode";
    if (balancing == Balancing.VIP) {
      settings.unasked(place, JSON.textNode("vip"));
    } else {
      settings.set("--endpoint-mode dnsrr", place, JSON.textNode("dnsrr"));
    }
  }

  private void publish(int port) {
    publish("%s:%s".formatted(port, port), port, port, "ingress");
  }

  private void publishOnNode(int port, int nodePort) {
    publish("mode=host,target=%s,published=%s".formatted(port, nodePort), port, nodePort, "host");
  }

  private void publish(String words, int port, int published, String mode) {
    settings.list(
        "--publish " + words,
        "/EndpointSpec/Ports",
        JSON.objectNode()
            .put("Protocol", "tcp")
            .put("TargetPort", port)
            .put("PublishedPort", published)
            .put("PublishMode", mode));
  }
}
