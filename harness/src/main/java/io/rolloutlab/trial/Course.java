package io.rolloutlab.trial;

import io.rolloutlab.alarm.Alarm;
import io.rolloutlab.happening.Happenings;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.rollout.Rollout;
import io.rolloutlab.rollout.Stage;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.testbed.Commands;
import io.rolloutlab.testbed.Routes;
import io.rolloutlab.testbed.ServiceSpec;
import io.rolloutlab.testbed.Testbed;
import java.util.ArrayList;
import java.util.List;

/** What happens in a trial, on whatever testbed: v1 and the edge, the load, the rollout. */
final class Course {
  private Course() {}

  /** Takes every step of a run that is made alone. */
  static void run(Stage stage) {
    run(stage, Wave.alone());
  }

  /**
   * Takes every step; the load has ended when it returns, or throws.
   *
   * @param place among the runs that are made beside it
   */
  static void run(Stage stage, Wave.Place place) {
    try {
      act(stage, place);
    } catch (RuntimeException cause) {
      try {
        stage.testbed().traffic().stop();
      } catch (RuntimeException consequence) {
        cause.addSuppressed(consequence);
      }
      throw cause;
    }
    stage.testbed().traffic().stop();
  }

  private static void act(Stage stage, Wave.Place place) {
    Scenario scenario = stage.scenario();
    Testbed testbed = stage.testbed();
    stage.phase(PhaseKind.SETUP, "v1 and the edge");
    stage.record(setUp(stage));
    ServiceSpec v1 = stage.stable();
    stage.create(v1);
    int edges = testbed.commands().edgeReplicas(scenario.edge());
    stage.awaitRunning(Commands.EDGE, "", edges);
    stage.route("all to v1", Routes.all(v1));
    stage.smokeTest(v1, Math.min(v1.replicas(), Stage.REPLICAS_MET));
    place.begin(Wave.Step.LOAD);
    Alarm.start(stage);
    testbed.traffic().start();
    place.begin(Wave.Step.WARM_UP);
    stage.phase(PhaseKind.WARM_UP, "v1 under load");
    stage.hold(scenario.load().warmUp());
    place.begin(Wave.Step.ROLLOUT);
    place.allFlowSinceMillis().ifPresent(at -> stage.record(new Event.AllUnderLoad(at)));
    Happenings happenings = Happenings.start(stage);
    Rollout.play(stage);
    stage.phase(PhaseKind.COOL_DOWN, "cool-down");
    stage.hold(scenario.load().coolDown());
    happenings.end();
    stage.phase(PhaseKind.TEARDOWN, "the load ends");
  }

  /** What the testbed has done by itself. */
  private static Event.Step setUp(Stage stage) {
    Commands words = stage.testbed().commands();
    List<String> commands = new ArrayList<>(words.label(stage.scenario().cluster()));
    String label = commands.isEmpty() ? "" : "label the nodes, ";
    commands.addAll(words.createEdge(stage.scenario().edge()));
    return new Event.Step(stage.now(), label + "create the network and the edge", commands, "");
  }
}
