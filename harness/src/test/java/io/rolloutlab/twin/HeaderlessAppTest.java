package io.rolloutlab.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.Analysis;
import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.requests.TaskWitness;
import io.rolloutlab.analysis.run.Verdict;
import io.rolloutlab.history.AppHeaders;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.History;
import io.rolloutlab.history.Hit;
import io.rolloutlab.history.Request;
import io.rolloutlab.rollout.Stage;
import io.rolloutlab.testbed.Commands;
import io.rolloutlab.testbed.ForwardingEdge;
import io.rolloutlab.testbed.Recorder;
import io.rolloutlab.testbed.Routes;
import io.rolloutlab.testbed.Testbed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An app that says neither its version nor its container, as most images do. */
class HeaderlessAppTest {
  private static final String SHORT =
      "load: {warmUp: 5s, coolDown: 5s}\napp: {v2: {env: {APP_ERROR_SHARE: '0.05'}}}";

  @TempDir Path folder;

  /** The same run, had the app set no headers. */
  private static History withoutHeaders(History run) {
    return with(run, headers -> AppHeaders.NONE);
  }

  /** The same run, had the app set others. */
  private static History with(History run, UnaryOperator<AppHeaders> others) {
    return new History(
        run.manifest(),
        run.events(),
        run.requests().stream().map(request -> with(request, others)).toList(),
        run.hits().stream().map(hit -> with(hit, others)).toList(),
        run.resources(),
        run.damage());
  }

  private static Request with(Request r, UnaryOperator<AppHeaders> others) {
    return new Request(
        r.id(),
        r.user(),
        r.population(),
        new Request.Times(r.intendedAtMillis(), r.actualAtMillis()),
        new Request.End(r.latencyMillis(), r.outcome(), r.error(), r.status()),
        others.apply(new AppHeaders(r.version(), r.replica())));
  }

  private static Hit with(Hit h, UnaryOperator<AppHeaders> others) {
    return new Hit(
        h.atMillis(),
        h.id(),
        h.client(),
        new Hit.Answer(h.status(), h.latencyMillis()),
        new Hit.Tries(h.upstream(), h.upstreamStatus(), h.connectMillis(), h.upstreamMillis()),
        others.apply(new AppHeaders(h.version(), h.replica())),
        new Hit.Connection(h.edge(), h.worker(), h.connection(), h.connectionRequest()));
  }

  @Test
  void itsVersionsAreKnownByAddressAndAllElseIsTheSame() {
    TwinRun run = TwinRun.of(folder, "strategy: rolling", SHORT);
    TaskWitness named = run.findings().reconciliation().orThrow().tasks();
    long answers = run.history().requests().stream().filter(r -> !r.version().isEmpty()).count();
    assertThat(named.answers()).isEqualTo((int) answers).isPositive();
    assertThat(named.named()).isEqualTo(named.answers());
    assertThat(named.contradictions()).isZero();
    assertThat(named.tasks()).extracting(TaskWitness.ByTask::version).contains("v1", "v2");

    Findings unnamed = Analysis.analyse(withoutHeaders(run.history()));

    assertThat(unnamed).isEqualTo(run.findings());
  }

  /** The ports of the twin, whose app says nothing of itself. */
  private record SilentApp(Testbed real, List<Event> recorded) implements ForwardingEdge {
    @Override
    public Answer probe(String service, int port) {
      return new Answer("", "", real.edge().probe(service, port).address());
    }

    @Override
    public Recorder recorder() {
      return recorded::add;
    }
  }

  @Test
  void aSmokeTestMeetsEveryReplicaByItsAddressAndFindsTheVersion() {
    List<Event> recorded = new ArrayList<>();
    TwinCourse.play(
        folder,
        "app: {replicas: 3}\n",
        course -> {
          Stage stage =
              new Stage(
                  course.stage().scenario(), new SilentApp(course.stage().testbed(), recorded));
          stage.awaitRunning(Stage.APP, "v1", 3);
          stage.awaitRunning(Commands.EDGE, "", 1);
          stage.route(Routes.all(stage.stable()));
          stage.smokeTest(stage.stable(), 3);
          stage.confirmVersion(stage.stable());
          stage.confirmVersion(stage.updated());
        });

    assertThat(recorded)
        .filteredOn(Event.Step.class::isInstance)
        .extracting(step -> ((Event.Step) step).label())
        .as("which replicas answered is known")
        .containsExactly("", "smoke test: 3 requests to pyapp");
    assertThat(recorded)
        .filteredOn(Event.Fault.class::isInstance)
        .singleElement()
        .satisfies(
            fault ->
                assertThat(((Event.Fault) fault).detail())
                    .contains("pyapp answered from 10.", "which runs v1 instead of v2"));
  }

  @Test
  void underVipNobodyKnowsWhichVersionAnswered() {
    TwinRun run = TwinRun.of(folder, "strategy: blue-green", "balancing: vip", SHORT);
    TaskWitness named = run.findings().reconciliation().orThrow().tasks();
    assertThat(named.asked()).isEqualTo(TaskWitness.Asked.CONTAINER);
    assertThat(named.named()).isEqualTo(named.answers()).isPositive();
    assertThat(named.contradictions()).isZero();

    Findings unnamed = Analysis.analyse(withoutHeaders(run.history()));

    assertThat(unnamed.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(unnamed.reasons()).anyMatch(why -> why.contains("X-App-Version must name v1 or v2"));
    TaskWitness silent = unnamed.reconciliation().orThrow().tasks();
    assertThat(silent.named()).isZero();
    assertThat(silent.nameless()).isEqualTo(named.answers());
  }

  /** Swarm knows whose container it is, so that the app need not know its version. */
  @Test
  void underVipTheHostNameAloneTellsTheVersion() {
    TwinRun run = TwinRun.of(folder, "strategy: rolling", "balancing: vip", SHORT);

    Findings hostOnly = Analysis.analyse(with(run.history(), h -> new AppHeaders("", h.replica())));

    assertThat(hostOnly.versions()).isEqualTo(run.findings().versions());
    assertThat(hostOnly.reconciliation()).isEqualTo(run.findings().reconciliation());
    assertThat(hostOnly.verdict()).isEqualTo(run.findings().verdict());
    assertThat(run.findings().versions().orThrow().passes().get(0).exposedUsers().count())
        .isPositive();
  }
}
