package io.rolloutlab.swarm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import io.rolloutlab.edge.EdgeDialect;
import io.rolloutlab.edge.EdgeDialects;
import io.rolloutlab.edge.ToyDialect;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.Hit;
import io.rolloutlab.history.TaskRef;
import io.rolloutlab.scenario.edge.EdgePlan;
import io.rolloutlab.swarm.cluster.LastingStream;
import io.rolloutlab.testbed.Swarm.TaskView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EdgeLogTest {
  private static final String LINE =
      """
      {"t":1795449655.931,"id":"4","client":"10.77.0.138","method":"GET","uri":"/","status":200,\
      "seconds":0.004,"upstream":"10.0.1.4:5000, 10.0.1.5:5000","upstreamStatus":"502, 200",\
      "upstreamSeconds":"0.001, 0.002","upstreamConnectSeconds":"-","version":"v1",\
      "host":"d43f07f10d31","connection":5,"connectionRequest":1,"worker":42}""";

  private static final TaskView NGINX =
      new TaskView(
          new TaskRef("t", "nginx", 1, "workerN3", ""),
          "running",
          "running",
          new TaskView.Attached("0123456789abcdef", ""),
          "");

  private static final EdgeDialect NGINX_DIALECT = EdgeDialects.of(EdgePlan.DEFAULT);

  private final List<Hit> hits = new ArrayList<>();

  @Test
  void aLineThatIsTornOffByTheEndOfNginxSpoilsTheRecord() {
    List<Event> events = new ArrayList<>();
    EdgeLog log = new EdgeLog(NGINX_DIALECT, hits::add, words -> {}, events::add, () -> 7);
    LastingStream<Frame> follower = log.follower(NGINX, Optional::empty);
    byte[] whole = (LINE + "\n" + LINE.substring(0, 40)).getBytes(UTF_8);

    follower.onNext(new Frame(StreamType.STDOUT, whole));
    follower.onComplete();

    assertThat(hits).hasSize(1);
    assertThat(events)
        .containsExactly(
            new Event.Fault(
                7,
                "a line of nginx's log is torn",
                "nginx.1 on workerN3, line 2, the last one: \"%s\""
                    .formatted(LINE.substring(0, 40)),
                true));
  }

  @Test
  void aLogThatNobodyNeedsAnyMoreIsNotTorn() {
    List<Event> events = new ArrayList<>();
    EdgeLog log = new EdgeLog(NGINX_DIALECT, hits::add, words -> {}, events::add, () -> 7);
    LastingStream<Frame> follower = log.follower(NGINX, Optional::empty);

    follower.onNext(new Frame(StreamType.STDOUT, LINE.substring(0, 40).getBytes(UTF_8)));
    log.close();
    follower.onComplete();

    assertThat(events).isEmpty();
  }

  /** Also of an edge of another kind. */
  @Test
  void aLineThatCannotBeReadSpoilsTheRecordOnce() {
    List<Event> events = new ArrayList<>();
    EdgeLog log = new EdgeLog(new ToyDialect(), hits::add, words -> {}, events::add, () -> 7);
    LastingStream<Frame> follower = log.follower(NGINX, Optional::empty);

    follower.onNext(new Frame(StreamType.STDOUT, (LINE + "\n" + LINE + "\n").getBytes(UTF_8)));

    assertThat(hits).isEmpty();
    assertThat(events)
        .singleElement()
        .isInstanceOfSatisfying(
            Event.Fault.class,
            fault -> {
              assertThat(fault.spoils()).isTrue();
              assertThat(fault.what()).isEqualTo("a line of toy's log cannot be read");
              assertThat(fault.detail()).startsWith("nginx.1 on workerN3, line 1: ");
            });
  }
}
