package io.rolloutlab.analysis.causes;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.Histories;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.History;
import io.rolloutlab.history.TaskRef;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.edge.EdgeKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Behind a virtual address all tasks that can have been asked are suspects. */
class VirtualTriesTest {
  private final Histories history =
      Histories.of(Strategy.ROLLING).vip().task(-600_000, "calm", 9, "v1", "running");

  private VirtualTries.Found found(Try.End end, long from, long until) {
    return found("10.0.1.2", end, from, until);
  }

  private VirtualTries.Found found(String address, Try.End end, long from, long until) {
    History run = history.build();
    TaskLog tasks = new TaskLog(run, Histories.ZERO, EdgeKind.GATEWAY);
    EdgeTimes edge = new EdgeTimes(run, Histories.ZERO, tasks.edges());
    TaskFault fault = new TaskFault(run.manifest().scenario().app());
    VirtualTries tries = new VirtualTries(tasks, edge, fault);
    return tries.of(new Try(address, end, from, until), tries.services(address, from));
  }

  private VirtualTries.Found refusedAt(long at) {
    return found(Try.End.REFUSED, at, at + 2);
  }

  private VirtualTriesTest stops(String task, int slot, long told, long ended) {
    history
        .task(-50_000, task, slot, "v1", "running")
        .task(told, task, "pyapp", slot, "v1", "running", "shutdown")
        .task(ended, task, "pyapp", slot, "v1", "shutdown", "shutdown");
    return this;
  }

  @Test
  void whereOnlyOneIsSuspectItIsNamed() {
    history.task(7_000, "fresh", 1, "v2", "running");

    VirtualTries.Found found = refusedAt(8_000);

    assertThat(found.cause()).isEqualTo(Cause.NOT_LISTENING_YET);
    assertThat(found.task().task().id()).isEqualTo("fresh");
  }

  @Test
  void whereTwoHaveTheSameCauseItIsKnownAndTheTaskIsNot() {
    history.task(7_000, "fresh", 1, "v2", "running").task(7_500, "other", 2, "v2", "running");

    assertThat(refusedAt(8_000)).isEqualTo(new VirtualTries.Found(Cause.NOT_LISTENING_YET, null));
  }

  @Test
  void whereTwoHaveDifferentCausesNoneIsClaimed() {
    stops("a", 1, 1_000, 9_000).history.task(7_000, "fresh", 2, "v2", "running");

    assertThat(refusedAt(8_000)).isEqualTo(new VirtualTries.Found(Cause.UNKNOWN, null));
  }

  @Test
  void whoEndedTwoSecondsAgoIsForgotten() {
    stops("a", 1, 1_000, 6_000);

    assertThat(refusedAt(7_999).cause()).isEqualTo(Cause.GONE);
    assertThat(refusedAt(8_000).cause()).isEqualTo(Cause.UNKNOWN);
  }

  @Test
  void onlyWhoTheRoutesLeadToIsSuspect() {
    history.task(7_000, "fresh", "green", 1, "v2", "running", "running");
    assertThat(refusedAt(8_000).cause()).isEqualTo(Cause.NOT_LISTENING_YET);

    history.routes(0, 0, new Event.Route("pyapp", "v1", 100, List.of()));
    assertThat(refusedAt(8_000).cause()).isEqualTo(Cause.UNKNOWN);
  }

  @Test
  void whoWaitsInVainAmongTheCalmWasTooSlow() {
    assertThat(found(Try.End.UNANSWERED, 4_000, 14_000))
        .isEqualTo(new VirtualTries.Found(Cause.TOO_SLOW, null));
    assertThat(refusedAt(4_000).cause()).isEqualTo(Cause.UNKNOWN);
  }

  @Test
  void whoWaitsInVainWhileATaskStopsMayHaveWaitedForIt() {
    stops("a", 1, 1_000, 6_000);

    assertThat(found(Try.End.UNANSWERED, 4_000, 14_000))
        .isEqualTo(new VirtualTries.Found(Cause.UNKNOWN, null));
  }

  @Test
  void whereTheEdgeNamesTheServiceOnlyItsTasksAreSuspect() {
    history.task(7_000, "fresh", "green", 1, "v2", "running", "running");

    assertThat(found("pyapp", Try.End.REFUSED, 8_000, 8_002).cause()).isEqualTo(Cause.UNKNOWN);
    assertThat(found("green", Try.End.REFUSED, 8_000, 8_002).cause())
        .isEqualTo(Cause.NOT_LISTENING_YET);
  }

  /** Its end is told of up to 3 s late. */
  @Test
  void whoSoonEndsByItselfMayHaveListenedAndEnded() {
    history.task(7_000, "fresh", 1, "v2", "running").task(11_001, "fresh", 1, "v2", "failed");

    assertThat(refusedAt(8_000).cause()).isEqualTo(Cause.NOT_LISTENING_YET);
    assertThat(refusedAt(8_001).cause()).isEqualTo(Cause.UNKNOWN);
  }

  /** The stop takes 3 s and the grace of 10 s, and its end is told of up to 3 s late. */
  @Test
  void whereAllAreGivenUpForTheirHealthNobodyMayBeLeft() {
    history
        .task(1_000, "ill", "green", 1, "v2", "running", "running")
        .event(
            new Event.TaskChange(
                Histories.ZERO + 24_000,
                Histories.ZERO + 24_000,
                new TaskRef("ill", "green", 1, "workerN1", "v2"),
                "failed",
                "running",
                "task: unhealthy container"));

    assertThat(found("green", Try.End.REFUSED, 7_999, 8_001).cause()).isEqualTo(Cause.UNHEALTHY);
    assertThat(found("green", Try.End.REFUSED, 8_000, 8_002).cause()).isEqualTo(Cause.UNKNOWN);

    history.task(2_000, "well", "green", 2, "v2", "running", "running");
    assertThat(found("green", Try.End.REFUSED, 13_000, 13_002).cause()).isEqualTo(Cause.UNHEALTHY);
  }

  @Test
  void whomTheKernelsCannotKnowYetIsNoSuspect() {
    history.task(7_000, "fresh", 1, "v2", "running");

    assertThat(found(Try.End.REFUSED, 6_697, 6_699).cause()).isEqualTo(Cause.UNKNOWN);
    assertThat(found(Try.End.REFUSED, 6_698, 6_700).cause()).isEqualTo(Cause.NOT_LISTENING_YET);
  }

  /** What comes of a try at a task that does not listen, comes of one at nobody as well. */
  @Test
  void whileTheKernelsMayKnowNobodyTheOnlyTaskIsNotBlamed() {
    history.task(7_000, "fresh", "green", 1, "v2", "running", "running");

    assertThat(found("green", Try.End.REFUSED, 7_299, 7_301))
        .isEqualTo(new VirtualTries.Found(Cause.UNKNOWN, null));
    assertThat(found("green", Try.End.REFUSED, 7_300, 7_302).cause())
        .isEqualTo(Cause.NOT_LISTENING_YET);
  }
}
