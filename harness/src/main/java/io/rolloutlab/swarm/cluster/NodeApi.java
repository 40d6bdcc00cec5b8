package io.rolloutlab.swarm.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.SSLConfig;
import io.rolloutlab.history.PlainText;
import io.rolloutlab.scenario.check.Patience;
import io.rolloutlab.testbed.StepFailedException;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The API of one node's engine. Services and tasks are handled as raw JSON: docker-java's models
 * drop the settings they do not know when an inspected service is sent back, and know no {@code
 * rollback=previous}.
 */
public final class NodeApi implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(NodeApi.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A container has one connection for its samples, and an nginx one more for its log, for as long
   * as it is there. At most two versions of {@code LiveLimits}' 1,000 replicas run at once, all on
   * one node where there is but one; the rest is for those that have just ended. It is a limit:
   * what is not needed is not opened.
   */
  private static final int STREAMS = 4000;

  private static final int NOT_FOUND = 404;
  private static final int REFUSED = 300;

  /**
   * The API of what does not go through docker-java's models, services and tasks above all: of
   * 25.0. To one who speaks an older one an engine leaves out the start interval of health checks,
   * without a word.
   */
  private static final String API = "1.44";

  private final String node;
  private final String api;
  private final DockerClient docker;
  private final DockerClient streams;
  private final DockerHttpClient raw;

  /**
   * @param patience with which an answer is waited for
   */
  public NodeApi(String node, URI host, SSLConfig tls, Patience patience) {
    this(node, host, tls, API, patience.stretched(Engine.SILENCE));
  }

  NodeApi(String node, URI host, SSLConfig tls, String api, Duration silence) {
    this.node = node;
    this.api = api;
    this.docker = Engine.client(host, tls, Engine.CONNECTIONS, silence);
    this.streams = Engine.client(host, tls, STREAMS, Engine.ANY_SILENCE);
    this.raw = Engine.transport(host, tls, Engine.CONNECTIONS, silence);
  }

  /** Of the engine that the nodes run on, which may be older than theirs. */
  static NodeApi ofTheHost() {
    return new NodeApi("the host", Engine.located(), Engine.tls(), Engine.API, Engine.silence());
  }

  /** docker-java's view, for all that ends soon but for services and tasks. */
  public DockerClient docker() {
    return docker;
  }

  /**
   * For what lasts as long as a container does. It has connections of its own, so that an order
   * never waits for one, however many containers are watched. Silence ends none of them.
   */
  public DockerClient streams() {
    return streams;
  }

  /** Whether a container is there and runs. */
  public boolean runs(String container) {
    try {
      return get("/containers/%s/json".formatted(container))
          .path("State")
          .path("Running")
          .asBoolean();
    } catch (ApiException refused) {
      if (refused.status() == NOT_FOUND) {
        return false;
      }
      throw refused;
    }
  }

  public JsonNode get(String path) {
    return call("GET", path, null);
  }

  public JsonNode post(String path, JsonNode body) {
    return call("POST", path, body);
  }

  public void delete(String path) {
    call("DELETE", path, null);
  }

  /**
   * Runs a command in a container of this node.
   *
   * @return exit code and output
   */
  public Output exec(String container, int limitSeconds, String... command) {
    return exec(docker, container, limitSeconds, command);
  }

  /**
   * Runs a command in a container.
   *
   * @param limitSeconds the longest to wait for its end
   * @return exit code, −1 where the engine knows none, and output
   * @throws StepFailedException when it does not end in time, with what it said so far
   */
  public static Output exec(
      DockerClient docker, String container, int limitSeconds, String... command) {
    String id =
        docker
            .execCreateCmd(container)
            .withCmd(command)
            .withAttachStdout(true)
            .withAttachStderr(true)
            .exec()
            .getId();
    String text = started(docker, id, limitSeconds, command);
    Long code = docker.inspectExecCmd(id).exec().getExitCodeLong();
    if (code == null) {
      code = codeOnceItEnded(docker, id, limitSeconds, command[0]);
    }
    return new Output(code == null ? -1 : code.intValue(), text);
  }

  /** The last of its output can be here before the engine has written down its end. */
  private static Long codeOnceItEnded(
      DockerClient docker, String id, int limitSeconds, String command) {
    SystemTimeline.poll(
        "the engine knows how %s has ended".formatted(command),
        () ->
            Boolean.TRUE.equals(docker.inspectExecCmd(id).exec().isRunning())
                ? Optional.of("it says that it runs")
                : Optional.empty(),
        Duration.ofSeconds(limitSeconds));
    return docker.inspectExecCmd(id).exec().getExitCodeLong();
  }

  /** Starts a command that was created, waits for its end and returns what it said. */
  private static String started(
      DockerClient docker, String id, int limitSeconds, String... command) {
    try (FrameText text = new FrameText()) {
      if (!docker.execStartCmd(id).exec(text).awaitCompletion(limitSeconds, TimeUnit.SECONDS)) {
        throw new StepFailedException(
            "%s did not end within %s s; so far it said: %s"
                .formatted(String.join(" ", command), limitSeconds, text));
      }
      return text.toString();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StepFailedException("interrupted while " + command[0] + " ran", interrupted);
    } catch (IOException failed) {
      throw new StepFailedException(command[0] + ": " + failed.getMessage(), failed);
    }
  }

  /** What a command said. */
  public record Output(int exitCode, String text) {}

  /** Closes every client, also when closing one of them fails. */
  @Override
  public void close() {
    try (raw;
        streams;
        docker) {
      // All there is to do is to close them.
    } catch (IOException failed) {
      // The engine at the other end is going away as well: there is nothing to lose.
      LOG.info("the connections to {} did not close in order: {}", node, failed.getMessage());
    }
  }

  /** The images with these ids as one archive, to be read once and closed. */
  public InputStream save(Collection<String> ids) throws IOException {
    String names =
        ids.stream()
            .map(id -> "names=" + URLEncoder.encode(id, StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    DockerHttpClient.Response response =
        raw.execute(request("GET", "/images/get?" + names).build());
    if (response.getStatusCode() >= REFUSED) {
      try (response;
          InputStream why = response.getBody()) {
        throw new ApiException(
            node, "GET /images/get", response.getStatusCode(), why.readAllBytes());
      }
    }
    return response.getBody();
  }

  /** Loads an archive of images. */
  public void load(InputStream archive) {
    DockerHttpClient.Request request =
        request("POST", "/images/load?quiet=1")
            .putHeader("Content-Type", "application/x-tar")
            .body(archive)
            .build();
    send(request);
  }

  private JsonNode call(String method, String path, JsonNode body) {
    DockerHttpClient.Request.Builder request = request(method, path);
    if (body != null) {
      request
          .putHeader("Content-Type", "application/json")
          .body(new ByteArrayInputStream(body.toString().getBytes(StandardCharsets.UTF_8)));
    }
    return send(request.build());
  }

  private DockerHttpClient.Request.Builder request(String method, String path) {
    return DockerHttpClient.Request.builder()
        .method(DockerHttpClient.Request.Method.valueOf(method))
        .path("/v" + api + path);
  }

  private JsonNode send(DockerHttpClient.Request request) {
    String what = request.method() + " " + request.path();
    try (DockerHttpClient.Response response = raw.execute(request);
        InputStream content = response.getBody()) {
      byte[] bytes = content.readAllBytes();
      if (response.getStatusCode() >= REFUSED) {
        throw new ApiException(node, what, response.getStatusCode(), bytes);
      }
      return bytes.length == 0 ? JSON.missingNode() : JSON.readTree(bytes);
    } catch (ApiException refused) {
      throw refused;
    } catch (IOException | RuntimeException failed) {
      throw new StepFailedException(
          "the engine of %s does not answer (%s): %s".formatted(node, what, failed.getMessage()),
          failed);
    }
  }

  /** The engine refused. */
  public static final class ApiException extends StepFailedException {
    private static final long serialVersionUID = 1L;

    private final int status;

    ApiException(String node, String what, int status, byte[] body) {
      super(
          "the engine of %s refused %s with status %s: %s"
              .formatted(node, what, status, message(body)));
      this.status = status;
    }

    /** HTTP's. */
    int status() {
      return status;
    }

    private static String message(byte[] body) {
      String text = new String(body, StandardCharsets.UTF_8).strip();
      try {
        return PlainText.of(JSON.readTree(text).path("message").asText(text));
      } catch (IOException notJson) {
        return PlainText.of(text);
      }
    }
  }
}
