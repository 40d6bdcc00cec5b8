package io.rolloutlab.stack.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.stack.StackEndpoint;
import io.rolloutlab.stack.StackPort;
import io.rolloutlab.stack.StackService;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How requests come to services: by the lab's edge, which has a network with the one that is rolled
 * out, and to the addresses that the run's balancing gives.
 */
final class WayIn {
  /** Of the edge on its node: users come in by one, the lab's probes by the other. */
  private static final Set<Integer> OF_THE_EDGE = Set.of(80, 8081);

  /** Of the edge and of the engines. */
  private static final Set<Integer> TAKEN = Set.of(80, 2376, 2377, 4789, 7946, 8081);

  /** {@code 8080:80}, {@code 127.0.0.1:80-85:80-85/tcp}; the reader has looked at all of it. */
  private static final Pattern SHORT =
      Pattern.compile("(?:.*:)?(?<first>\\d{1,5})(?:-(?<last>\\d{1,5}))?:[^:]*");

  private static final int ELSEWHERE = 20_000;
  private static final String ENDPOINT_MODE = "endpoint_mode";
  private static final String NETWORKS = "networks";
  private static final String PORTS = "ports";
  private static final String PUBLISHED = "published";
  private static final String VERSION = "version";

  /** Those that have no {@code endpoint_mode}, and the first that has. */
  private static final Set<String> TOO_OLD = Set.of("3.0", "3.1");

  private static final String NEW_ENOUGH = "3.2";

  private final StackEdit edit;
  private final Balancing balancing;

  /**
   * @param balancing vip or dnsrr
   */
  WayIn(StackEdit edit, Balancing balancing) {
    this.edit = edit;
    this.balancing = balancing;
  }

  /** The version of the files' format, as new as what is said in it. */
  void version() {
    ObjectNode root = edit.block();
    String said = root.path(VERSION).asText();
    if (balancing == Balancing.DNSRR && TOO_OLD.contains(said)) {
      root.put(VERSION, NEW_ENOUGH);
      edit.note(
          edit.place(VERSION),
          "version is %s in place of %s, which has no endpoint_mode".formatted(NEW_ENOUGH, said));
    }
  }

  /**
   * A service is found by its tasks' addresses where the run balances by them, and publishes what
   * it can beside the edge.
   *
   * @param hostPort the port of the nodes that the scenario has for the service's first one; null
   *     where nothing is said of it
   */
  void open(StackService service, Integer hostPort) {
    if (balancing == Balancing.DNSRR && !service.scale().endpoint().is(StackEndpoint.DNSRR)) {
      edit.block(StackEdit.SERVICES, service.name(), "deploy").put(ENDPOINT_MODE, "dnsrr");
      edit.note(
          edit.placeOf(service.name(), "deploy", ENDPOINT_MODE),
          "%s: endpoint_mode is dnsrr in place of vip, as this run balances"
              .formatted(service.name()));
    }
    edit.list(service.name(), PORTS).ifPresent(ports -> publish(ports, service, hostPort));
  }

  private void publish(ArrayNode ports, StackService service, Integer hostPort) {
    ArrayNode kept = ports.arrayNode();
    for (int i = 0; i < ports.size(); i++) {
      JsonNode port = ports.get(i);
      if (port instanceof ObjectNode block && block.path("mode").asText().equals("host")) {
        moved(block, service, hostPort, i);
        kept.add(block);
      } else if (balancing == Balancing.DNSRR || meetsTheEdge(port)) {
        edit.note(
            edit.placeOf(service.name(), PORTS, String.valueOf(i)),
            "%s: port %s is not published: users come in by the lab's edge"
                .formatted(service.name(), inWords(port)));
      } else {
        kept.add(port);
      }
    }
    if (kept.isEmpty()) {
      edit.service(service.name()).remove(PORTS);
    } else {
      edit.service(service.name()).set(PORTS, kept);
    }
  }

  /** Another one of the nodes' ports where the lab has taken it. */
  private void moved(ObjectNode port, StackService service, Integer hostPort, int index) {
    int said = port.path(PUBLISHED).asInt();
    boolean first =
        service.hostPort().map(StackPort::published).filter(its -> its == said).isPresent();
    int can = TAKEN.contains(said) ? said + ELSEWHERE : said;
    can = first && hostPort != null ? hostPort : can;
    if (can != said) {
      port.put(PUBLISHED, can);
      edit.note(
          edit.placeOf(service.name(), PORTS, String.valueOf(index)),
          "%s: it takes port %s of its node in place of %s, which the lab has taken"
              .formatted(service.name(), can, said));
    }
  }

  private static boolean meetsTheEdge(JsonNode port) {
    if (port.isObject()) {
      return OF_THE_EDGE.contains(port.path(PUBLISHED).asInt());
    }
    Matcher range = SHORT.matcher(port.asText());
    if (!range.matches()) {
      return false;
    }
    int first = Integer.parseInt(range.group("first"));
    int last = range.group("last") == null ? first : Integer.parseInt(range.group("last"));
    return OF_THE_EDGE.stream().anyMatch(its -> first <= its && its <= last);
  }

  private static String inWords(JsonNode port) {
    return port.isObject()
        ? "%s:%s".formatted(port.path(PUBLISHED).asText(), port.path("target").asText())
        : port.asText();
  }

  /**
   * A service is in the edge's network as well as in its own.
   *
   * @param network its name in the Swarm
   */
  void join(StackService service, String network) {
    ObjectNode all = edit.block(NETWORKS);
    String key = network;
    while (all.has(key)) {
      key += "-edge";
    }
    all.putObject(key).putObject("external").put("name", network);
    ObjectNode its = edit.service(service.name());
    if (its.get(NETWORKS) instanceof ArrayNode names && !names.isEmpty()) {
      names.add(key);
    } else if (its.get(NETWORKS) instanceof ObjectNode blocks && !blocks.isEmpty()) {
      blocks.putObject(key);
    } else {
      its.putArray(NETWORKS).add("default").add(key);
    }
    edit.note(
        edit.placeOf(service.name(), NETWORKS),
        "%s: it is in the network of the lab's edge as well, by which users reach its tasks"
            .formatted(service.name()));
  }
}
