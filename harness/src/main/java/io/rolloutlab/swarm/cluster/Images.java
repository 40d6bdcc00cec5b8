package io.rolloutlab.swarm.cluster;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.BuildImageResultCallback;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.BuildResponseItem;
import io.rolloutlab.command.ServiceDescription;
import io.rolloutlab.edge.EdgeDialect;
import io.rolloutlab.edge.EdgeDialects;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.app.VersionPlan;
import io.rolloutlab.testbed.InterruptedRunException;
import io.rolloutlab.testbed.NotInTimeException;
import io.rolloutlab.testbed.StepFailedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The images of the lab, built through the engine's API and tagged by what went into them, so that
 * nothing is built again without a change.
 */
public final class Images {
  private static final Duration BUILD_LIMIT = Duration.ofMinutes(15);

  private final DockerClient docker;
  private final Path home;
  private final Consumer<String> say;
  private final BooleanSupplier stopped;
  private final BaseImage base;
  private Duration limit = BUILD_LIMIT;

  /**
   * @param home the project's folder, with docker/ in it
   * @param say gets a line for each thing that takes time
   * @param stopped whether somebody asked to stop: a build ends early then
   */
  public Images(DockerClient docker, Path home, Consumer<String> say, BooleanSupplier stopped) {
    this.docker = docker;
    this.home = home;
    this.say = say;
    this.stopped = stopped;
    base = new BaseImage(docker, home, say, this::goOn);
  }

  /**
   * The ids of all images that a scenario's nodes need.
   *
   * @param node of the nodes themselves: a tag, which Testcontainers needs; the others are ids
   * @param edge of what stands in front
   * @param apps name as in a {@code ServiceSpec} → id
   */
  public record Ids(String node, String edge, Map<String, String> apps) {
    public Ids {
      apps = java.util.Collections.unmodifiableMap(new TreeMap<>(apps));
    }

    /** The same, and others. */
    public Ids with(Map<String, String> more) {
      Map<String, String> all = new TreeMap<>(apps);
      all.putAll(more);
      return new Ids(node, edge, all);
    }

    /** The images that must be inside the nodes. */
    Set<String> inner() {
      Set<String> ids = new TreeSet<>(apps.values());
      ids.add(edge);
      return ids;
    }

    /** All of them by name. */
    public Map<String, String> byName() {
      Map<String, String> all = new TreeMap<>(apps);
      all.put(ServiceDescription.EDGE_IMAGE, edge);
      all.put("node", node);
      return all;
    }
  }

  /**
   * Builds what is missing.
   *
   * @throws StepFailedException when a build fails, with its last lines, or when the scenario names
   *     an image that the engine does not have
   * @throws InterruptedRunException when somebody asked to stop meanwhile
   */
  public synchronized Ids provide(Scenario scenario) {
    limit = scenario.waiting().stretched(BUILD_LIMIT);
    Map<String, String> apps = new TreeMap<>();
    addApp(apps, VersionPlan.V1, scenario.app().v1());
    addApp(apps, VersionPlan.V2, scenario.app().v2());
    EdgeDialect dialect = EdgeDialects.of(scenario.edge());
    return new Ids(build("node", Map.of()), id(build(dialect.image(), Map.of())), apps);
  }

  /**
   * By which names another engine gets the same images, so that nothing is built there: all tags of
   * them, and the base image's, which is part of what they are named by.
   */
  public Set<String> names(Ids ids) {
    Set<String> names = new TreeSet<>(Set.of(base.name()));
    for (String id : ids.byName().values()) {
      names.addAll(docker.inspectImageCmd(id).exec().getRepoTags());
    }
    return names;
  }

  private void addApp(Map<String, String> apps, String version, VersionPlan plan) {
    if (plan.image().equals(VersionPlan.LAB_APP)) {
      apps.put(plan.imageName(version), id(build("app", Map.of("VERSION", version))));
      return;
    }
    try {
      apps.put(plan.imageName(version), id(plan.image()));
    } catch (NotFoundException missing) {
      throw new StepFailedException(
          "app.%s.image: the engine has no image \"%s\", and the lab never pulls: build or load it first (docker image ls shows what there is)"
              .formatted(version, plan.image()),
          missing);
    }
  }

  private void goOn() {
    if (stopped.getAsBoolean()) {
      throw new InterruptedRunException();
    }
  }

  private String build(String name, Map<String, String> arguments) {
    goOn();
    Path folder = home.resolve("docker").resolve(name);
    String tag = "rollout-lab/%s:%s".formatted(name, contentHash(folder, base.name(), arguments));
    try {
      id(tag);
      return tag;
    } catch (NotFoundException missing) {
      say.accept("building image " + name + (arguments.isEmpty() ? "" : " " + arguments.values()));
    }
    build(folder, tag, arguments);
    return tag;
  }

  private void build(Path folder, String tag, Map<String, String> arguments) {
    try (BuildLog log = new BuildLog()) {
      var command =
          docker
              .buildImageCmd(folder.toFile())
              .withTags(Set.of(tag))
              .withPull(false)
              .withNetworkMode("host")
              .withBuildArg("BASE", base.name())
              .withLabels(Map.of(Labels.PROJECT, "image"));
      arguments.forEach(command::withBuildArg);
      awaitEnd(folder, command.exec(log));
    } catch (IOException failed) {
      throw new StepFailedException(
          "%s: the build's output cannot be closed: %s".formatted(folder, failed.getMessage()),
          failed);
    }
  }

  /** The engine gives a build up when nobody listens to it any more. */
  private void awaitEnd(Path folder, BuildLog log) {
    try {
      SystemTimeline.poll(
          "the image of %s is built".formatted(folder),
          () -> {
            goOn();
            return log.isOver() ? Optional.empty() : Optional.of("it is being built");
          },
          limit);
      log.awaitImageId();
    } catch (DockerException | DockerClientException | NotInTimeException failed) {
      throw new StepFailedException(
          "%s: the image cannot be built: %s\n%s"
              .formatted(folder, failed.getMessage(), String.join("", log.last)),
          failed);
    }
  }

  private String id(String image) {
    return docker.inspectImageCmd(image).exec().getId();
  }

  private String contentHash(Path folder, String base, Map<String, String> arguments) {
    try (Stream<Path> files = Files.walk(folder)) {
      MessageDigest digest = DigestUtils.getSha256Digest();
      digest.update(id(base).getBytes(StandardCharsets.UTF_8));
      digest.update(new TreeMap<>(arguments).toString().getBytes(StandardCharsets.UTF_8));
      List<Path> sorted = files.filter(Files::isRegularFile).sorted().toList();
      for (Path file : sorted) {
        digest.update(folder.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
        digest.update((byte) (Files.isExecutable(file) ? 1 : 0));
        digest.update(Files.readAllBytes(file));
      }
      return Hex.encodeHexString(digest.digest()).substring(0, 12);
    } catch (IOException failed) {
      throw new StepFailedException(folder + ": cannot be read: " + failed.getMessage(), failed);
    }
  }

  /** Keeps the last lines of a build for its error. */
  private static final class BuildLog extends BuildImageResultCallback {
    private final Deque<String> last = new ArrayDeque<>();
    private volatile boolean over;

    /** Whether nothing follows, be it done or failed. */
    boolean isOver() {
      return over;
    }

    @Override
    public void onError(Throwable failure) {
      super.onError(failure);
      over = true;
    }

    @Override
    public void onComplete() {
      super.onComplete();
      over = true;
    }

    @Override
    public void onNext(BuildResponseItem item) {
      if (item.getStream() != null) {
        last.addLast(item.getStream());
        if (last.size() > 20) {
          last.removeFirst();
        }
      }
      super.onNext(item);
    }
  }
}
