package io.rolloutlab.analysis.causes;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.Histories;
import io.rolloutlab.history.AppHeaders;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.Hit;
import io.rolloutlab.history.TaskRef;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.edge.EdgeKind;
import org.junit.jupiter.api.Test;

/** Swarm gives an address to another task when the first one has ended. */
class TaskLogTest {
  private static final String ADDRESS = "10.0.1.5";

  private final Histories history = Histories.of(Strategy.ROLLING);

  private TaskLog log() {
    return new TaskLog(history.build(), Histories.ZERO, EdgeKind.GATEWAY);
  }

  private String behind(long at) {
    return log().behind(ADDRESS, at).task().id();
  }

  private void hit(long at, int latency, String status) {
    history.add(
        new Hit(
            Histories.ZERO + at,
            1,
            "10.77.0.1",
            new Hit.Answer(Integer.parseInt(status), latency),
            new Hit.Tries(ADDRESS + ":5000", status),
            AppHeaders.NONE,
            new Hit.Connection("edge1", 30, 1, 1)));
  }

  /** The record may hear of b, which has the address from 5 s on, before it hears of a. */
  private void twoWithOneAddress() {
    history
        .address(5_000, "b", 1, "v2", ADDRESS)
        .task(5_500, "b", 1, "v2", "running")
        .address(0, "a", 1, "v1", ADDRESS)
        .task(0, "a", 1, "v1", "running")
        .task(6_000, "a", 1, "v1", "shutdown");
  }

  @Test
  void whoHoldsAnAddressHoldsItUntilItsEnd() {
    twoWithOneAddress();

    assertThat(behind(-100)).as("the first one, before anyone had it").isEqualTo("a");
    assertThat(behind(5_999)).isEqualTo("a");
    assertThat(behind(6_000)).isEqualTo("b");
    assertThat(log().behind("10.0.1.9", 0)).isNull();
  }

  @Test
  void whoHasEndedHoldsItUntilAnotherOneHasIt() {
    history
        .address(0, "a", 1, "v1", ADDRESS)
        .task(6_000, "a", 1, "v1", "shutdown")
        .address(8_000, "b", 1, "v2", ADDRESS);

    assertThat(behind(7_999)).isEqualTo("a");
    assertThat(behind(8_000)).isEqualTo("b");
  }

  @Test
  void aLostNodeEndsItToo() {
    history
        .event(change("a", "workerN2", 0, "running"))
        .address(0, "b", 2, "v2", ADDRESS)
        .event(new Event.TaskAddress(Histories.ZERO, Histories.ZERO, at("a", "workerN2"), ADDRESS))
        .event(Event.Happened.nodeLost(Histories.ZERO + 3_000, "workerN2"));

    assertThat(behind(2_999)).isEqualTo("a");
    assertThat(behind(3_000)).isEqualTo("b");
  }

  @Test
  void anAnswerIsOfWhoHeldTheAddressThen() {
    twoWithOneAddress();
    hit(3_000, 5, "200");
    hit(5_999, 5, "200");
    hit(6_000, 5, "200");
    hit(7_000, 5, "200");

    TaskTimes first = log().behind(ADDRESS, 0);
    TaskTimes second = log().behind(ADDRESS, 6_000);
    assertThat(first.firstAnswerMillis()).isEqualTo(3_000);
    assertThat(first.lastAnswerMillis()).isEqualTo(5_999);
    assertThat(second.firstAnswerMillis()).isEqualTo(6_000);
    assertThat(second.lastAnswerMillis()).isEqualTo(7_000);
  }

  @Test
  void betweenTwoAnAnswerIsOfTheEarlierOne() {
    history
        .address(0, "a", 1, "v1", ADDRESS)
        .task(6_000, "a", 1, "v1", "shutdown")
        .address(8_000, "b", 1, "v2", ADDRESS);
    hit(7_999, 5, "200");
    hit(8_000, 5, "200");

    assertThat(log().behind(ADDRESS, 0).lastAnswerMillis()).isEqualTo(7_999);
    assertThat(log().behind(ADDRESS, 8_000).firstAnswerMillis()).isEqualTo(8_000);
  }

  @Test
  void aTryInVainBeganWithItsRequest() {
    history.address(0, "a", 1, "v1", ADDRESS);
    hit(1_000, 5, "200");
    hit(4_000, 300, "502");
    hit(4_500, 300, "502");

    assertThat(log().behind(ADDRESS, 0).firstVainMillis()).isEqualTo(3_700);
    assertThat(log().behind(ADDRESS, 0).lastAnswerMillis()).isEqualTo(1_000);
  }

  @Test
  void triesInVainCountFromTheLastAnswerOn() {
    history.address(0, "a", 1, "v1", ADDRESS);
    hit(1_000, 0, "502");
    hit(2_000, 5, "200");
    hit(2_000, 0, "502");
    hit(2_000, 5, "200");
    assertThat(log().behind(ADDRESS, 0).firstVainMillis()).isEqualTo(2_000);

    hit(2_001, 5, "200");
    assertThat(log().behind(ADDRESS, 0).firstVainMillis()).isEqualTo(TaskTimes.NEVER);
  }

  @Test
  void beforeItListensNoTryIsInVain() {
    history.address(0, "a", 1, "v1", ADDRESS);
    hit(1_999, 0, "502");
    hit(2_000, 5, "200");

    assertThat(log().behind(ADDRESS, 0).firstVainMillis()).isEqualTo(TaskTimes.NEVER);
  }

  @Test
  void theEdgesTasksComeByTheirStartAndThenByTheirId() {
    history
        .task(9_000, "late", "nginx", 3, "", "running", "running")
        .task(1_000, "z", "nginx", 2, "", "running", "running")
        .task(1_000, "a", "nginx", 1, "", "running", "running")
        .task(0, "app", 1, "v1", "running");

    assertThat(log().edges()).extracting(one -> one.task().id()).containsExactly("a", "z", "late");
    assertThat(log().services()).containsExactly("pyapp");
  }

  /** A stack has services that are neither the edge nor behind it. */
  @Test
  void aServiceBesideTheAppIsNoEdge() {
    history
        .task(0, "n", "nginx", 1, "", "running", "running")
        .task(0, "d", "shop_db", 1, "", "failed", "shutdown")
        .task(0, "app", 1, "v1", "running");

    assertThat(log().edges()).extracting(one -> one.task().id()).containsExactly("n");
    assertThat(log().services()).containsExactly("pyapp");
  }

  @Test
  void aTaskIsHeardOfWithItsAddressToo() {
    history.address(1_000, "a", 1, "v1", ADDRESS).task(2_000, "a", 1, "v1", "running");

    TaskTimes task = log().behind(ADDRESS, 0);
    assertThat(task.task()).isEqualTo(at("a", "workerN1"));
    assertThat(task.fromMillis()).isEqualTo(1_000);
    assertThat(task.runningMillis()).isEqualTo(2_000);
  }

  @Test
  void theNodeThatIsKnownLastIsWhereATaskIs() {
    history
        .event(change("a", "", 0, "new"))
        .event(change("a", "workerN2", 100, "preparing"))
        .event(change("a", "", 200, "running"))
        .event(new Event.TaskAddress(Histories.ZERO, Histories.ZERO, at("a", ""), ADDRESS));

    assertThat(log().behind(ADDRESS, 0).task().node()).isEqualTo("workerN2");
  }

  /** On workerN2 from 1 s to 4 s. */
  private long lostWithItsNodeAt(long at) {
    Histories run =
        Histories.of(Strategy.ROLLING)
            .event(change("a", "workerN2", 1_000, "running"))
            .event(
                new Event.TaskAddress(
                    Histories.ZERO + 1_000, Histories.ZERO, at("a", "workerN2"), ADDRESS))
            .event(change("a", "workerN2", 4_000, "shutdown"))
            .event(Event.Happened.nodeLost(Histories.ZERO + at, "workerN2"));
    return new TaskLog(run.build(), Histories.ZERO, EdgeKind.GATEWAY)
        .behind(ADDRESS, 2_000)
        .lostMillis();
  }

  @Test
  void whoIsOnANodeIsLostWithIt() {
    assertThat(lostWithItsNodeAt(999)).isEqualTo(TaskTimes.NEVER);
    assertThat(lostWithItsNodeAt(1_000)).isEqualTo(1_000);
    assertThat(lostWithItsNodeAt(3_999)).isEqualTo(3_999);
    assertThat(lostWithItsNodeAt(4_000)).isEqualTo(TaskTimes.NEVER);
  }

  private static TaskRef at(String task, String node) {
    return new TaskRef(task, "pyapp", 1, node, "v1");
  }

  private static Event change(String task, String node, long at, String state) {
    long epoch = Histories.ZERO + at;
    return new Event.TaskChange(epoch, epoch, at(task, node), state, "running", "");
  }
}
