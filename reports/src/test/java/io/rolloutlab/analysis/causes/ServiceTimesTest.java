package io.rolloutlab.analysis.causes;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.history.TaskRef;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who of a service was ready when, to the moment, and as far as its edge could know. */
class ServiceTimesTest {
  private static TaskTimes task(String id, long running, long told) {
    return TaskSample.of(new TaskRef(id, "pyapp", 1, "workerN1", "v1"), running).told(told).build();
  }

  private static ServiceTimes of(TaskTimes... tasks) {
    return new ServiceTimes(List.of(tasks));
  }

  /** Nobody is ready from 5 s to 7 s. */
  private static ServiceTimes withAHole() {
    return of(task("a", 0, 5_000), task("b", 7_000, TaskTimes.NEVER));
  }

  @Test
  void inAHoleThatMomentIsTheEmptyOne() {
    assertThat(withAHole().emptyAround(6_000)).hasValue(6_000);
  }

  @Test
  void theRecordMayHearOfAnOrderASecondLate() {
    assertThat(withAHole().emptyAround(4_000)).hasValue(5_000);
    assertThat(withAHole().emptyAround(3_999)).isEmpty();
  }

  @Test
  void theEdgeMayHearOfWhoIsReadyTwoSecondsLate() {
    assertThat(withAHole().emptyAround(9_000)).hasValue(5_000);
    assertThat(withAHole().emptyAround(9_001)).isEmpty();
  }

  @Test
  void aHoleWithoutAnEndIsOneAsWell() {
    assertThat(of(task("a", 0, 5_000)).emptyAround(4_500)).hasValue(5_000);
  }

  @Test
  void aHoleIsFoundBehindAnotherOneThatWentWithoutMakingOne() {
    ServiceTimes its =
        of(task("a", 0, 5_000), task("b", 5_500, 6_000), task("c", 5_600, TaskTimes.NEVER));

    assertThat(its.emptyAround(6_200)).hasValue(5_000);
  }

  @Test
  void beforeTheFirstIsReadyTheEdgeKnowsNobodyEither() {
    ServiceTimes its = of(task("a", 5_000, TaskTimes.NEVER));

    assertThat(its.emptyAround(6_000)).hasValue(4_000);
    assertThat(its.emptyAround(6_999)).hasValue(4_999);
    assertThat(its.emptyAround(7_000)).isEmpty();
  }

  @Test
  void whoGoesBeforeItIsReadyWasNever() {
    ServiceTimes its =
        of(task("a", 5_000, 5_000), task("b", TaskTimes.NEVER, 4_000), task("c", 1_000, 1_001));

    assertThat(its.lastGoneAt(9_000).task().id()).isEqualTo("c");
    assertThat(its.nextReadyAfter(1_000)).isNull();
  }

  @Test
  void whoStaysIsNeverGone() {
    ServiceTimes its = of(task("a", 0, TaskTimes.NEVER));

    assertThat(its.lastGoneAt(TaskTimes.NEVER)).isNull();
    assertThat(its.nextReadyAfter(-1).task().id()).isEqualTo("a");
    assertThat(its.nextReadyAfter(0)).isNull();
  }

  @Test
  void ofTwoAtOneMomentTheNameOfTheTaskDecides() {
    List<TaskTimes> pair = List.of(task("b", 1_000, 2_000), task("a", 1_000, 2_000));

    assertThat(new ServiceTimes(pair).nextReadyAfter(0).task().id()).isEqualTo("a");
    assertThat(new ServiceTimes(pair).lastGoneAt(2_000).task().id()).isEqualTo("b");
  }

  @Test
  void asManyAsWereReadyAtOnceHadBeenReadyFromThenOn() {
    ServiceTimes its =
        of(
            task("a", 1_000, 5_000),
            task("b", 2_000, 5_000),
            task("c", 5_000, TaskTimes.NEVER),
            task("d", 6_000, TaskTimes.NEVER));

    assertThat(its.mostReadyUpTo(999)).isZero();
    assertThat(its.mostReadyUpTo(1_999)).isEqualTo(1);
    assertThat(its.mostReadyUpTo(2_000)).isEqualTo(2);
    assertThat(its.mostReadyUpTo(9_000)).as("never more at once").isEqualTo(2);
    assertThat(its.readyAt(5_500)).isEqualTo(1);
  }

  @Test
  void whoIsReadyInASpanWasHeardOfByThen() {
    ServiceTimes its = of(task("a", 1_000, 5_000), task("b", 2_000, 5_000));

    assertThat(its.readyIn(1_000, 2_000, 9_000)).isEqualTo(2);
    assertThat(its.readyIn(1_001, 2_000, 9_000)).isEqualTo(1);
    assertThat(its.readyIn(1_000, 1_999, 9_000)).isEqualTo(1);
    assertThat(its.readyIn(1_000, 2_000, 1_999)).as("b is heard of at 2 s").isEqualTo(1);
  }

  @Test
  void whoCameOrWentInASpanHasChangedInIt() {
    ServiceTimes its = of(task("a", 1_000, 5_000));

    assertThat(
            Stream.of(
                its.changedIn(0, 999), its.changedIn(1_001, 4_999), its.changedIn(5_001, 9_000)))
        .allSatisfy(none -> assertThat(none).isEmpty());
    assertThat(
            Stream.of(
                its.changedIn(0, 1_000),
                its.changedIn(1_000, 1_500),
                its.changedIn(5_000, 9_000),
                its.changedIn(4_000, 5_000)))
        .allSatisfy(some -> assertThat(some).hasSize(1));
  }

  @Test
  void whoWasToldToStopIsThereUntilItHasEnded() {
    TaskTimes told =
        TaskSample.of(new TaskRef("a", "pyapp", 1, "workerN1", "v1"), 0)
            .told(5_000)
            .ended(7_000, "shutdown", "")
            .build();
    TaskTimes lost =
        TaskSample.of(new TaskRef("b", "pyapp", 2, "workerN1", "v1"), 1_000).lost(6_000).build();
    ServiceTimes its = of(told, lost);

    assertThat(its.notEndedAt(-1)).isEmpty();
    assertThat(its.notEndedAt(0)).containsExactly(told);
    assertThat(its.notEndedAt(5_999)).containsExactly(told, lost);
    assertThat(its.notEndedAt(6_000)).containsExactly(told);
    assertThat(its.notEndedAt(7_000)).isEmpty();
  }

  @Test
  void theKernelsSurelyKnowNobodyOnlyWhereNoneIsLearntEarlyOrForgottenLate() {
    ServiceTimes its = of(task("a", 0, 5_000), task("b", 9_000, TaskTimes.NEVER));

    assertThat(its.isSurelyEmptyAt(6_299)).isFalse();
    assertThat(its.isSurelyEmptyAt(6_300)).isTrue();
    assertThat(its.isSurelyEmptyAt(8_699)).isTrue();
    assertThat(its.isSurelyEmptyAt(8_700)).isFalse();
  }

  @Test
  void theKernelsSurelyKnowWhomTheyHaveLearntAndWhoDoesNotLeaveSoon() {
    ServiceTimes its = of(task("a", 0, 5_000));

    assertThat(its.surelyKnownAt(299)).isEmpty();
    assertThat(its.surelyKnownAt(300)).hasSize(1);
    assertThat(its.surelyKnownAt(3_999)).hasSize(1);
    assertThat(its.surelyKnownAt(4_000)).isEmpty();
  }

  /** An agent takes up an order a second later; an end it has no need to be told of. */
  @Test
  void whoEndsByItselfIsForgottenASecondSoonerThanWhoIsToldTo() {
    TaskTimes crashed =
        TaskSample.of(new TaskRef("a", "pyapp", 1, "workerN1", "v1"), 0)
            .ended(5_000, "failed", "")
            .build();

    assertThat(of(crashed).isSurelyEmptyAt(5_299)).isFalse();
    assertThat(of(crashed).isSurelyEmptyAt(5_300)).isTrue();
  }
}
