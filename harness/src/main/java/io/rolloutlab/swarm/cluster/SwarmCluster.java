package io.rolloutlab.swarm.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Network;
import io.rolloutlab.scenario.check.Patience;
import io.rolloutlab.scenario.cluster.ClusterPlan;
import io.rolloutlab.testbed.StepFailedException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;
import org.testcontainers.lifecycle.Startable;

/**
 * A Swarm of nodes in containers: one {@link Startable} that composes them. The nodes start side by
 * side on clones of one golden data root, so that no image is loaded twice.
 */
public final class SwarmCluster implements Startable {
  private static final Duration JOIN_LIMIT = Duration.ofSeconds(60);
  private static final int GOLDEN_LIMIT_SECONDS = 60;
  private static final Duration HEARTBEAT = Duration.ofSeconds(5);

  private final DockerClient docker;
  private final String run;
  private final ClusterPlan plan;
  private final Images.Ids images;
  private final EnginePlace place;
  private final Patience patience;
  private final Consumer<String> say;
  private final Certificates certificates;
  private final Store store;
  private final List<SwarmNode> managers = new ArrayList<>();
  private final List<SwarmNode> workers = new ArrayList<>();
  private String network;

  /**
   * On the engine that was located, with any ports that are free and the usual patience.
   *
   * @param run unique id; names and labels everything
   * @param plan how many nodes
   * @param images that the nodes must hold
   * @param say gets a line for each thing that takes time
   */
  public SwarmCluster(
      DockerClient docker, String run, ClusterPlan plan, Images.Ids images, Consumer<String> say) {
    this(
        docker,
        run,
        plan,
        images,
        EnginePlace.of(Engine.located(), Optional.empty()),
        Patience.USUAL,
        say);
  }

  /**
   * On an engine wherever that is.
   *
   * @param run unique id; names and labels everything
   * @param plan how many nodes
   * @param images that the nodes must hold
   * @param place of the engine
   * @param patience with which everything is waited for
   * @param say gets a line for each thing that takes time
   */
  public SwarmCluster(
      DockerClient docker,
      String run,
      ClusterPlan plan,
      Images.Ids images,
      EnginePlace place,
      Patience patience,
      Consumer<String> say) {
    this.docker = docker;
    this.run = run;
    this.plan = plan;
    this.images = images;
    this.place = place;
    this.patience = patience;
    this.say = say;
    this.certificates = new Certificates(place.reached());
    this.store = new Store(docker, images.node(), run, patience);
  }

  /** How many ports of the engine's machine a cluster takes. */
  public static int ports(ClusterPlan plan) {
    int nodes = plan.managerNames().size() + plan.workerNames().size();
    return nodes * SwarmNode.PUBLISHED.size();
  }

  /** With which it and what is on it is waited for. */
  public Patience patience() {
    return patience;
  }

  /**
   * Sweeps leftovers, starts the nodes and joins them. Whoever calls it must call {@link #stop}.
   */
  @Override
  public void start() {
    try {
      bringUp();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof StepFailedException step) {
        throw step;
      }
      throw failed;
    }
  }

  private void bringUp() {
    LeftOvers.remove(docker, say);
    CompletableFuture<Store.Content> listing = CompletableFuture.supplyAsync(store::content);
    network = createNetwork();
    Store.Content content = listing.join();
    cleanAfterOthers(LeftOvers.deadRuns(docker, content.runs()));
    addNodes(settings(Store.golden(golden(content))));
    startAndJoin();
    awaitReady();
  }

  /**
   * Makes the data root that nodes of these images are cloned from, where it is missing; starts
   * nothing that stays.
   *
   * @return its folder's name in the volume
   * @throws StepFailedException when it cannot be made
   */
  public String provideGolden() {
    network = createNetwork();
    try {
      return golden(store.content());
    } finally {
      stop();
    }
  }

  private String golden(Store.Content content) {
    String hash = goldenHash();
    if (!content.golden().contains(hash)) {
      store.cleanGolden();
      makeGolden(hash);
    }
    return hash;
  }

  /** All nodes, managers first. */
  public List<SwarmNode> nodes() {
    return Stream.concat(managers.stream(), workers.stream()).toList();
  }

  /** The API of the first manager. */
  public NodeApi manager() {
    return managers.get(0).api();
  }

  /** The node of a host name. */
  public SwarmNode node(String hostname) {
    return nodes().stream()
        .filter(node -> node.hostname().equals(hostname))
        .findFirst()
        .orElseThrow(() -> new StepFailedException("there is no node " + hostname));
  }

  /**
   * Removes the nodes, their network and their data. Goes on when a part fails, and reports the
   * first failure at the end.
   */
  @Override
  public void stop() {
    List<Throwable> failures = new ArrayList<>();
    nodes().parallelStream().forEach(node -> attempt(failures, node::stop));
    managers.clear();
    workers.clear();
    attempt(failures, () -> store.cleanRuns(Set.of(run)));
    if (network != null) {
      attempt(failures, () -> docker.removeNetworkCmd(network).exec());
      network = null;
    }
    if (!failures.isEmpty()) {
      throw new StepFailedException(
          "run %s could not be taken down whole: %s; the next run sweeps the rest"
              .formatted(run, failures.get(0).getMessage()),
          failures.get(0));
    }
  }

  private static void attempt(List<Throwable> failures, Runnable part) {
    try {
      part.run();
    } catch (NotFoundException gone) {
      // What is gone needs no removal.
    } catch (RuntimeException failed) {
      synchronized (failures) {
        failures.add(failed);
      }
    }
  }

  /** Somebody else may be at the same: what is not clean now is cleaned by a later run. */
  private void cleanAfterOthers(List<String> runs) {
    try {
      store.cleanRuns(runs);
    } catch (StepFailedException busy) {
      say.accept("leftovers stay for now: " + busy.getMessage());
    }
  }

  private String createNetwork() {
    return docker
        .createNetworkCmd()
        .withName("lab-" + run)
        .withDriver("bridge")
        .withLabels(Labels.of("network", run))
        .withIpam(new Network.Ipam())
        .exec()
        .getId();
  }

  private NodeSettings settings(String golden) {
    return new NodeSettings(run, images.node(), network, golden, certificates, place, patience);
  }

  /** Named by everything in it: the engine that wrote it and the images. */
  private String goldenHash() {
    MessageDigest digest = DigestUtils.getSha256Digest();
    DigestUtils.updateDigest(digest, images.node());
    images.inner().forEach(id -> DigestUtils.updateDigest(digest, id));
    return Hex.encodeHexString(digest.digest()).substring(0, 16);
  }

  private void makeGolden(String hash) {
    say.accept("loading the images into a data root for all nodes (kept for later runs)");
    // Declared here so that trouble with its removal never takes the place of the cause.
    try (SwarmNode loader = new SwarmNode("golden", settings(""));
        NodeApi outer = NodeApi.ofTheHost();
        InputStream archive = outer.save(images.inner())) {
      loader.start();
      loader.api().load(archive);
      // The engine answers 200 to a load that broke off; what it lacks would be lacking for good.
      images.inner().forEach(id -> loader.api().get("/images/%s/json".formatted(id)));
      NodeApi.Output output =
          NodeApi.exec(
              docker,
              loader.containerId(),
              patience.stretchedSeconds(GOLDEN_LIMIT_SECONDS),
              "golden-finish",
              Store.golden(hash));
      if (output.exitCode() != 0) {
        throw new StepFailedException("the golden data root failed: " + output.text());
      }
    } catch (IOException failed) {
      throw new StepFailedException("the images cannot be read: " + failed.getMessage(), failed);
    }
  }

  private void addNodes(NodeSettings settings) {
    plan.managerNames().forEach(name -> managers.add(new SwarmNode(name, settings)));
    plan.workerNames().forEach(name -> workers.add(new SwarmNode(name, settings)));
  }

  /** Each node joins as soon as it answers and the first one has made the Swarm. */
  private void startAndJoin() {
    SwarmNode first = managers.get(0);
    ExecutorService starters = Executors.newFixedThreadPool(nodes().size());
    try {
      CompletableFuture<JsonNode> tokens =
          CompletableFuture.runAsync(first::start, starters).thenApply(started -> init(first));
      nodes().stream()
          .skip(1)
          .map(
              node ->
                  CompletableFuture.runAsync(node::start, starters)
                      .thenAcceptBoth(tokens, (started, known) -> join(node, first, known)))
          .reduce(
              tokens.thenAccept(known -> {}),
              (all, one) -> all.thenAcceptBoth(one, (done, joined) -> {}))
          .join();
    } finally {
      starters.shutdown();
    }
  }

  /**
   * A manager takes a node for lost that has missed three heartbeats, which come every 5 s unless
   * the Swarm is told otherwise (swarmkit, manager/dispatcher/dispatcher.go).
   */
  private JsonNode init(SwarmNode first) {
    ObjectNode body = swarmAddresses(first.address());
    body.putObject("Spec")
        .putObject("Dispatcher")
        .put("HeartbeatPeriod", patience.stretched(HEARTBEAT).toNanos());
    first.api().post("/swarm/init", body);
    return first.api().get("/swarm").path("JoinTokens");
  }

  private void join(SwarmNode node, SwarmNode first, JsonNode tokens) {
    ObjectNode body = swarmAddresses(node.address());
    body.putArray("RemoteAddrs").add(first.address() + ":2377");
    body.put("JoinToken", tokens.path(managers.contains(node) ? "Manager" : "Worker").asText());
    node.api().post("/swarm/join", body);
  }

  private void awaitReady() {
    int wanted = nodes().size();
    SystemTimeline.poll(
        wanted + " nodes are ready",
        () -> {
          long ready = 0;
          for (JsonNode node : manager().get("/nodes")) {
            ready += node.path("Status").path("State").asText().equals("ready") ? 1 : 0;
          }
          return ready == wanted ? Optional.empty() : Optional.of(ready + " are");
        },
        patience.stretched(JOIN_LIMIT));
  }

  private static ObjectNode swarmAddresses(String address) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("ListenAddr", "0.0.0.0:2377")
        .put("AdvertiseAddr", address + ":2377");
  }
}
