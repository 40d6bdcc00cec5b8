package io.rolloutlab.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import io.rolloutlab.history.Hit;
import io.rolloutlab.testbed.Swarm.TaskView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/**
 * The second witness: follows the access log of every nginx container from its first line, and
 * passes its lines on as {@link Hit}s.
 */
final class EdgeLog implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SHORT_ID = 12;

  private final Consumer<Hit> sink;
  private final Consumer<String> trouble;
  private final Set<Long> seen = ConcurrentHashMap.newKeySet();
  private final CopyOnWriteArrayList<Follower> followers = new CopyOnWriteArrayList<>();

  /**
   * @param sink gets every hit, from the threads that read
   * @param trouble gets what nginx says otherwise, and lines that cannot be understood
   */
  EdgeLog(Consumer<Hit> sink, Consumer<String> trouble) {
    this.sink = sink;
    this.trouble = trouble;
  }

  /** Follows the log of an nginx task. */
  void follow(TaskView task, NodeApi node) {
    Follower follower = new Follower(task.container().substring(0, SHORT_ID));
    followers.add(follower);
    node.docker()
        .logContainerCmd(task.container())
        .withStdOut(true)
        .withStdErr(true)
        .withFollowStream(true)
        .withTailAll()
        .exec(follower);
  }

  /** What of these ids has not been logged yet, for people; empty when all have. */
  Optional<String> missing(LongStream answered) {
    long count = answered.filter(id -> !seen.contains(id)).count();
    return count == 0
        ? Optional.empty()
        : Optional.of(count + " answered requests are not in nginx's log");
  }

  @Override
  public void close() {
    followers.forEach(Follower::stop);
  }

  static Hit hit(String line, String edge) throws IOException {
    JsonNode entry = JSON.readTree(line);
    return new Hit(
        Math.round(entry.path("t").asDouble() * 1000),
        id(entry.path("id").asText()),
        entry.path("client").asText(),
        entry.path("status").asInt(),
        (int) Math.round(entry.path("seconds").asDouble() * 1000),
        blankIfDash(entry.path("upstream").asText()),
        blankIfDash(entry.path("upstreamStatus").asText()),
        blankIfDash(entry.path("version").asText()),
        blankIfDash(entry.path("host").asText()),
        edge,
        entry.path("connection").asLong(),
        entry.path("connectionRequest").asLong(),
        entry.path("worker").asInt());
  }

  private static long id(String text) {
    return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
  }

  private static String blankIfDash(String text) {
    return text.equals("-") ? "" : text;
  }

  private final class Follower extends ResultCallback.Adapter<Frame> {
    private final String edge;
    private final ByteArrayOutputStream part = new ByteArrayOutputStream();
    private volatile boolean stopped;

    Follower(String edge) {
      this.edge = edge;
    }

    @Override
    public void onNext(Frame frame) {
      if (frame.getStreamType() == StreamType.STDERR) {
        trouble.accept(new String(frame.getPayload(), StandardCharsets.UTF_8).strip());
        return;
      }
      // A frame may hold a part of a line, or many lines.
      for (byte b : frame.getPayload()) {
        if (b == '\n') {
          line(part.toString(StandardCharsets.UTF_8));
          part.reset();
        } else {
          part.write(b);
        }
      }
    }

    private void line(String line) {
      try {
        Hit hit = hit(line, edge);
        sink.accept(hit);
        seen.add(hit.id());
      } catch (IOException notJson) {
        trouble.accept(line);
      }
    }

    @Override
    public void onError(Throwable failure) {
      // Closing a stream that is being followed comes here as well.
      if (!stopped) {
        trouble.accept("the log of nginx " + edge + " broke off: " + failure.getMessage());
      }
      super.onError(failure);
    }

    void stop() {
      stopped = true;
      try {
        close();
      } catch (IOException ignored) {
        // It was to end anyway.
      }
    }
  }
}
