package io.rolloutlab.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.history.Event;
import io.rolloutlab.history.History;
import io.rolloutlab.swarm.cluster.LeftBehind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node of a real Swarm is killed under load: the run goes on, and is taken down whole. */
class LostNodeIT {
  /** Three heartbeats that are missed, a start, and what a busy machine adds. */
  private static final String HOLD = "50s";

  @TempDir Path folder;

  @Test
  void whatRanThereComesBackElsewhereAndNothingIsLeft() {
    Path file =
        LabRuns.file(
            folder,
            "loses",
            "strategy: baseline\n"
                + LabRuns.SMALL.replace("workers: 1", "workers: 2")
                + "during: [{at: 1s, kill: workerN1}]\n"
                + "app: {replicas: 2, constraints: [node.role == worker], restart: {delay: 0s}}\n"
                + "baseline: {hold: %s}\n".formatted(HOLD));

    LabRuns.Call call = LabRuns.call("run", file.toString(), "--into", folder.toString());

    assertThat(call.exitCode()).as(call.output()).isEqualTo(Lab.PASSED);
    assertThat(call.output()).contains("workerN1 is lost, as the scenario asks");
    assertThat(LeftBehind.names()).isEmpty();
    History history = LabRuns.history(folder, "loses");
    assertThat(history.events(Event.Happened.class).flatMap(it -> it.goneNode().stream()))
        .containsExactly("workerN1");
    assertThat(history.events(Event.Fault.class)).isEmpty();
    assertThat(runOn(history, "workerN1")).hasSize(1);
    assertThat(runOn(history, "workerN2")).hasSize(2);
  }

  /** The app's tasks that came to run there. */
  private static List<String> runOn(History history, String node) {
    return history
        .events(Event.TaskChange.class)
        .filter(change -> change.node().equals(node) && change.state().equals("running"))
        .filter(change -> !change.version().isEmpty())
        .map(Event.TaskChange::task)
        .distinct()
        .toList();
  }
}
