package io.rolloutlab.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.Analysis;
import io.rolloutlab.analysis.requests.Reconciliation;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.History;
import io.rolloutlab.history.Hit;
import io.rolloutlab.history.Outcome;
import io.rolloutlab.history.Request;
import io.rolloutlab.rollout.Stage;
import io.rolloutlab.testbed.Swarm.TaskView;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What an {@link Edge} promises whose tasks Swarm replaces when the routes change, whatever stands
 * behind it; it has one task here.
 */
public abstract class EdgeUpdateContract {
  private static final ServiceSpec V1 = Asked.service("one").replicas(2).spec();
  private static final ServiceSpec V2 = Asked.service("two").version("v2").replicas(2).spec();

  /** Run once, and looked at by every test. */
  protected abstract Course course();

  /**
   * All goes to v1, then to v2.
   *
   * @param history of the whole testbed, up to the end of the load
   * @param askedMillis when the change was asked for
   * @param doneMillis when it had been made
   * @param before the edge's tasks that ran then
   * @param after those that run now
   * @param answer of a probe of v2, after that
   */
  public record Course(
      History history,
      long askedMillis,
      long doneMillis,
      Set<String> before,
      Set<String> after,
      Edge.Answer answer) {
    /** Plays it. */
    public static Course run(Bench bench) {
      Stage stage = bench.stage();
      Testbed testbed = bench.testbed();
      stage.awaitRunning(Commands.EDGE, "", 1);
      stage.create(V1);
      stage.create(V2);
      stage.route("all to v1", Routes.all(V1));
      stage.smokeTest(V1, 10);
      stage.smokeTest(V2, 10);
      testbed.traffic().start();
      stage.hold(Duration.ofSeconds(4));
      Set<String> before = running(testbed);
      long asked = stage.now();
      stage.route("all to v2", Routes.all(V2));
      long done = stage.now();
      Set<String> after = running(testbed);
      Edge.Answer answer = testbed.edge().probe(V2.name(), Asked.PORT);
      stage.hold(Duration.ofSeconds(4));
      testbed.traffic().stop();
      return new Course(bench.recorded(), asked, done, before, after, answer);
    }

    private static Set<String> running(Testbed testbed) {
      return testbed.swarm().view(Commands.EDGE).tasks().stream()
          .filter(task -> task.state().equals("running") && task.desired().equals("running"))
          .map(TaskView::id)
          .collect(Collectors.toSet());
    }

    List<Request> requests(Predicate<Request> which) {
      return history.requests().stream().filter(which).toList();
    }

    Set<String> edges(String version) {
      return history.hits().stream()
          .filter(hit -> hit.version().equals(version))
          .map(Hit::edge)
          .collect(Collectors.toSet());
    }
  }

  @Test
  void beforeTheChangeAllIsAsItWas() {
    assertThat(
            course()
                .requests(
                    sent -> sent.actualAtMillis() + sent.latencyMillis() < course().askedMillis()))
        .hasSizeGreaterThan(60)
        .allMatch(request -> request.outcome() == Outcome.OK && request.version().equals("v1"));
  }

  @Test
  void onceApplyHasReturnedAllAreServedByTheNewRoutes() {
    assertThat(course().requests(sent -> sent.actualAtMillis() >= course().doneMillis()))
        .hasSizeGreaterThan(60)
        .allMatch(request -> request.outcome() == Outcome.OK && request.version().equals("v2"));
    assertThat(course().answer().version()).isEqualTo("v2");
  }

  @Test
  void everyTaskOfTheEdgeIsAnotherOne() {
    assertThat(course().before()).hasSize(1);
    assertThat(course().after()).hasSize(1).doesNotContainAnyElementsOf(course().before());
    assertThat(course().edges("v1")).hasSize(1).doesNotContainAnyElementsOf(course().edges("v2"));
    assertThat(course().edges("v2")).hasSize(1);
  }

  /** The port is the node's own, so that the old task must be gone before the new one starts. */
  @Test
  void whileNoTaskIsThereUsersReachNobody() {
    List<Request> failed = course().requests(request -> request.outcome() != Outcome.OK);

    assertThat(failed)
        .isNotEmpty()
        .allMatch(request -> request.status() == 0 && request.outcome() == Outcome.FAILED)
        .allMatch(request -> request.actualAtMillis() > course().askedMillis())
        .allMatch(request -> request.actualAtMillis() < course().doneMillis());
    assertThat(course().history().hits()).allMatch(hit -> hit.status() == 200);
  }

  /** The log of the task that is gone was read to its end, and so was that of the new one. */
  @Test
  void theLogIsWholeAcrossTheTasks() {
    assertThat(course().history().events(Event.Fault.class)).noneMatch(Event.Fault::spoils);
    Reconciliation reconciled =
        Analysis.analyse(course().history()).reconciliation().known().orElseThrow();
    assertThat(reconciled.reasons()).isEmpty();
  }

  @Test
  void theCommandsOfAChangeNameItsConfig() {
    assertThat(
            course()
                .history()
                .events(Event.Step.class)
                .filter(step -> !step.edgeConfig().isEmpty())
                .map(Event.Step::commands))
        .containsExactly(
            List.of(
                "docker config create nginx-1 routes.conf",
                "docker service update"
                    + " --config-add source=nginx-1,target=/etc/nginx/lab/routes.conf nginx"),
            List.of(
                "docker config create nginx-2 routes.conf",
                "docker service update --config-rm nginx-1"
                    + " --config-add source=nginx-2,target=/etc/nginx/lab/routes.conf nginx"));
  }
}
