package io.rolloutlab.swarm;

import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import io.rolloutlab.edge.EdgeDialect;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.Hit;
import io.rolloutlab.swarm.cluster.LastingStream;
import io.rolloutlab.swarm.cluster.SwarmNode;
import io.rolloutlab.testbed.Recorder;
import io.rolloutlab.testbed.Swarm.TaskView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;

/**
 * The second witness: follows the access log of every container of the edge from its first line,
 * and passes its lines on as {@link Hit}s.
 */
final class EdgeLog implements AutoCloseable {
  private static final int LONGEST_SHOWN = 200;

  private final EdgeDialect dialect;
  private final Consumer<Hit> sink;
  private final Consumer<String> words;
  private final Recorder recorder;
  private final LongSupplier clock;
  private final Set<Long> seen = ConcurrentHashMap.newKeySet();
  private final CopyOnWriteArrayList<Follower> followers = new CopyOnWriteArrayList<>();

  /**
   * @param dialect reads its lines
   * @param sink gets every hit, from the threads that read
   * @param words gets what the edge says otherwise
   * @param recorder is told of a log that breaks off, and of lines that cannot be understood
   * @param clock gives milliseconds since 1970
   */
  EdgeLog(
      EdgeDialect dialect,
      Consumer<Hit> sink,
      Consumer<String> words,
      Recorder recorder,
      LongSupplier clock) {
    this.dialect = dialect;
    this.sink = sink;
    this.words = words;
    this.recorder = recorder;
    this.clock = clock;
  }

  /** Follows the log of a task of the edge until its container ends. */
  void follow(TaskView task, SwarmNode node) {
    node.api()
        .streams()
        .logContainerCmd(task.container())
        .withStdOut(true)
        .withStdErr(true)
        .withFollowStream(true)
        .withTailAll()
        .exec(follower(task, node.fateOf(task.container())));
  }

  /** What is to be told the frames of a task's log. */
  LastingStream<Frame> follower(TaskView task, LastingStream.Fate fate) {
    Follower follower = new Follower(task, fate);
    followers.add(follower);
    return follower;
  }

  /** What of these ids has not been logged yet, for people; empty when all have. */
  Optional<String> missing(LongStream answered) {
    long count = answered.filter(id -> !seen.contains(id)).count();
    return count == 0
        ? Optional.empty()
        : Optional.of("%s answered requests are not in %s's log".formatted(count, dialect.kind()));
  }

  @Override
  public void close() {
    followers.forEach(LastingStream::stop);
  }

  private void fault(String what, String detail) {
    recorder.event(new Event.Fault(clock.getAsLong(), what, detail, true));
  }

  private final class Follower extends LastingStream<Frame> {
    private final String title;
    private final String edge;
    private final ByteArrayOutputStream part = new ByteArrayOutputStream();
    private long lines;
    private long lastMillis;
    private boolean unreadable;

    Follower(TaskView task, Fate fate) {
      super(fate);
      title = task.title();
      edge = ListedTask.shortId(task.container());
    }

    @Override
    public void onNext(Frame frame) {
      if (frame.getStreamType() == StreamType.STDERR) {
        words.accept(new String(frame.getPayload(), StandardCharsets.UTF_8).strip());
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
      lines++;
      try {
        Hit hit = dialect.hit(line, edge);
        sink.accept(hit);
        seen.add(hit.id());
        lastMillis = hit.atMillis();
      } catch (IOException notOurs) {
        words.accept(line);
        // One makes the record doubtful; a thousand do so no more.
        if (!unreadable) {
          unreadable = true;
          fault(
              "a line of %s's log cannot be read".formatted(dialect.kind()),
              "%s, line %s: \"%s\"".formatted(title, lines, shortened(line)));
        }
      }
    }

    @Override
    protected void endedInOrder() {
      // It ended in the middle of a line, as one that is killed may.
      if (part.size() > 0) {
        fault(
            "a line of %s's log is torn".formatted(dialect.kind()),
            "%s, line %s, the last one: \"%s\""
                .formatted(
                    title, lines + 1, shortened(part.toString(StandardCharsets.UTF_8).strip())));
        part.reset();
      }
    }

    @Override
    protected void broken(String why) {
      fault(
          dialect.kind() + "'s log broke off",
          "%s: what it did is unknown %s: %s"
              .formatted(
                  title,
                  lastMillis == 0
                      ? "from its start on"
                      : "after " + Instant.ofEpochMilli(lastMillis),
                  why));
    }

    private static String shortened(String line) {
      return line.length() <= LONGEST_SHOWN ? line : line.substring(0, LONGEST_SHOWN) + "…";
    }
  }
}
