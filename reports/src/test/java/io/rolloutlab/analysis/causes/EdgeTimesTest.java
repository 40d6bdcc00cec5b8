package io.rolloutlab.analysis.causes;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.Histories;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.TaskRef;
import io.rolloutlab.scenario.Strategy;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A change of the edge is asked for at a moment, and has been made some time later. */
class EdgeTimesTest {
  private final Histories history = Histories.of(Strategy.BLUE_GREEN);

  private EdgeTimes edge(TaskTimes... tasks) {
    return new EdgeTimes(history.build(), Histories.ZERO, List.of(tasks));
  }

  private static Event.Route route(String service, int weight) {
    return new Event.Route(service, "v1", weight, List.of());
  }

  /** All go to blue, then to green: asked for at 5 s, and done at 5.4 s. */
  private EdgeTimes switched() {
    history
        .routes(0, 100, route("blue", 100), route("green", 0))
        .routes(5_000, 5_400, route("blue", 0), route("green", 100));
    return edge();
  }

  @Test
  void whileAChangeIsMadeTheEdgeMayAskBoth() {
    assertThat(switched().routedAt(-1)).isEmpty();
    assertThat(edge().routedAt(50)).containsExactly("blue");
    assertThat(edge().routedAt(4_999)).containsExactly("blue");
    assertThat(edge().routedAt(5_000)).containsExactly("blue", "green");
    assertThat(edge().routedAt(5_399)).containsExactly("blue", "green");
    assertThat(edge().routedAt(5_400)).containsExactly("green");
  }

  @Test
  void aServiceOfListedUsersOrOfAHeaderIsAskedWithoutAnyWeight() {
    history.routes(
        0,
        0,
        route("blue", 100),
        new Event.Route("listed", "v2", 0, List.of("10.77.0.0/24")),
        new Event.Route("header", "v2", 0, List.of(), List.of("cookie canary=always")),
        route("idle", 0));

    assertThat(edge().routedAt(0)).containsExactly("blue", "header", "listed");
  }

  /** The copies of the change before may still be on their way. */
  @Test
  void requestsAreCopiedUntilTheChangeAfterTheNext() {
    history
        .routes(0, 0, route("blue", 100))
        .event(mirrored(1_000))
        .routes(2_000, 2_000, route("blue", 100))
        .routes(3_000, 3_000, route("blue", 100));

    assertThat(edge().mirroredAt(-1)).isFalse();
    assertThat(edge().mirroredAt(999)).isFalse();
    assertThat(edge().mirroredAt(1_000)).isTrue();
    assertThat(edge().mirroredAt(2_999)).isTrue();
    assertThat(edge().mirroredAt(3_000)).isFalse();
  }

  @Test
  void theVeryFirstRoutesCanCopyToo() {
    history.event(mirrored(0)).routes(1_000, 1_000, route("blue", 100));

    assertThat(edge().mirroredAt(0)).isTrue();
    assertThat(edge().mirroredAt(1_000)).isTrue();
  }

  private static Event mirrored(long at) {
    long epoch = Histories.ZERO + at;
    return new Event.EdgeChange(epoch, epoch, List.of(route("blue", 100)), "shadow");
  }

  /** A connection may be closed 1.5 s before or after it. */
  @Test
  void aChangeIsAroundASpanToTheMoment() {
    EdgeTimes edge = switched();

    assertThat(edge.changedIn(2_000, 3_499)).isEmpty();
    assertThat(edge.changedIn(2_000, 3_500)).hasValue(5_000L);
    assertThat(edge.changedIn(6_900, 9_000)).hasValue(5_000L);
    assertThat(edge.changedIn(6_901, 9_000)).isEmpty();
    assertThat(edge.changedIn(0, 9_000)).as("the last one").hasValue(5_000L);
  }

  /** What has not yet been asked for keeps nobody waiting. */
  @Test
  void aChangeGoesOnOnlyOnceItIsAskedFor() {
    EdgeTimes edge = switched();

    assertThat(edge.goingOnIn(2_000, 4_999)).isEmpty();
    assertThat(edge.goingOnIn(2_000, 5_000)).hasValue(5_000L);
    assertThat(edge.goingOnIn(6_900, 9_000)).hasValue(5_000L);
    assertThat(edge.goingOnIn(6_901, 9_000)).isEmpty();
  }

  /**
   * nginx.1 is told to stop at 5 s, and runs again from 7 s on, which is 1.5 s before it surely
   * listens; nginx.2 came between.
   */
  @Test
  void aTaskOfTheEdgeIsMissedUntilAnotherOneOfItsNameRuns() {
    EdgeTimes edge =
        edge(
            nginx("n", 1, 0).told(5_000).build(),
            nginx("o", 2, 5_600).build(),
            nginx("m", 1, 7_000).build());

    assertThat(edge.goneIn(0, 3_499)).isEmpty();
    assertThat(edge.goneIn(0, 3_500)).map(gone -> gone.task().id()).hasValue("n");
    assertThat(edge.goneIn(8_500, 9_000)).map(gone -> gone.task().id()).hasValue("n");
    assertThat(edge.goneIn(8_501, 9_000)).isEmpty();
    assertThat(edge.missedIn(0, 4_999)).isEmpty();
    assertThat(edge.missedIn(0, 5_000)).map(gone -> gone.task().id()).hasValue("n");
  }

  @Test
  void whoNeverRanTakesNobodysPlace() {
    TaskTimes gone = nginx("n", 1, 0).told(5_000).build();
    TaskTimes never = nginx("m", 1, 6_000).neverRan().build();
    TaskTimes next = nginx("o", 1, 20_000).build();

    assertThat(edge(gone, never).successor(gone)).isEmpty();
    assertThat(edge(gone, never).goneIn(60_000, 60_000)).hasValue(gone);
    assertThat(edge(gone, never, next).successor(gone)).hasValue(next);
  }

  private static TaskSample nginx(String id, int slot, long running) {
    return TaskSample.of(new TaskRef(id, "nginx", slot, "workerN3", ""), running);
  }
}
