package io.rolloutlab.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Swarm's words for what a task is. */
class TaskStateTest {
  @Test
  void aWordLeadsToItsState() {
    assertThat(TaskState.of("running")).contains(TaskState.RUNNING);
    assertThat(TaskState.of("orphaned")).contains(TaskState.ORPHANED);
    assertThat(TaskState.of("Running")).isEmpty();
    assertThat(TaskState.of("")).isEmpty();
  }

  @Test
  void thoseAfterRunningDoNotComeBack() {
    assertThat(Stream.of(TaskState.values()).filter(TaskState::ended).map(TaskState::word))
        .containsExactly("complete", "shutdown", "failed", "rejected", "remove", "orphaned");
  }

  @Test
  void aChangeIsAskedByIt() {
    TaskRef ref = new TaskRef("t1", "pyapp", 1, "workerN1", "v1");
    Event.TaskChange prepared = new Event.TaskChange(1, 2, ref, "preparing", "ready", "");
    Event.TaskChange stops = new Event.TaskChange(3, 4, ref, "running", "shutdown", "");

    assertThat(prepared.is(TaskState.PREPARING)).isTrue();
    assertThat(prepared.wanted()).isTrue();
    assertThat(prepared.ended()).isFalse();
    assertThat(stops.is(TaskState.RUNNING)).isTrue();
    assertThat(stops.isToBe(TaskState.SHUTDOWN)).isTrue();
    assertThat(stops.wanted()).isFalse();
  }

  @Test
  void aWordThatIsNotKnownIsNoState() {
    TaskRef ref = new TaskRef("t1", "pyapp", 1, "workerN1", "v1");
    Event.TaskChange odd = new Event.TaskChange(1, 2, ref, "pondering", "running", "");

    assertThat(odd.ended()).isFalse();
    assertThat(Stream.of(TaskState.values()).filter(odd::is)).isEmpty();
  }
}
