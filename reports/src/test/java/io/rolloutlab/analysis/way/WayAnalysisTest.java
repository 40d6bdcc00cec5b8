package io.rolloutlab.analysis.way;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.rolloutlab.analysis.Analysis;
import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.Histories;
import io.rolloutlab.analysis.requests.TaskWitness;
import io.rolloutlab.analysis.run.Verdict;
import io.rolloutlab.history.AppHeaders;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.Hit;
import io.rolloutlab.history.Outcome;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.scenario.LoadPlan;
import io.rolloutlab.scenario.Strategy;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which way requests took, by what was recorded of them and by nothing else. */
class WayAnalysisTest {
  private static final String HOST =
      "docker service create --name nginx --replicas 1 --endpoint-mode dnsrr"
          + " --publish mode=host,target=80,published=8080"
          + " --publish mode=host,target=8081,published=8081 lab-nginx";
  private static final String INGRESS =
      "docker service create --name nginx --replicas 2 --publish 80:80 --publish 8081:8081 lab-nginx";
  private static final String APP =
      "docker service create --name pyapp --replicas 2 --publish 5000:5000 pyapp:v1";

  private final Histories history =
      Histories.of(Strategy.ROLLING)
          .phase(-5000, PhaseKind.WARM_UP)
          .phase(0, PhaseKind.ROLLOUT)
          .task(-9000, "n", "nginx", 1, "", "running", "running");

  private Way way() {
    return findings().part(Way.class).orThrow();
  }

  private Findings findings() {
    return Analysis.analyse(history.end(30_000, Event.End.COMPLETED).build());
  }

  private void created(String... commands) {
    history.event(new Event.Step(Histories.ZERO - 10_000, "create", List.of(commands), ""));
  }

  private static Event.Route route(String service, String version, int weight) {
    return new Event.Route(service, version, weight, List.of());
  }

  /** Task a stops and b takes its place; c is there and is never asked. */
  private void rolled() {
    created(APP, HOST);
    history
        .routes(-8000, -7900, route("pyapp", "v1", 100))
        .address(-6000, "a", 1, "v1", "10.0.1.5")
        .task(-6000, "a", 1, "v1", "running")
        .task(3000, "a", "pyapp", 1, "v1", "running", "shutdown")
        .task(6000, "a", "pyapp", 1, "v1", "shutdown", "shutdown")
        .address(2900, "b", 1, "v2", "10.0.1.6")
        .task(6500, "b", 1, "v2", "running")
        .address(-6000, "c", 2, "v1", "10.0.1.7")
        .from("10.0.1.5", 1, 100, 5, "", "")
        .from("10.0.1.5", 2, 3200, 5, "", "")
        .from("10.0.1.6", 3, 7000, 5, "", "");
  }

  /** A stack has services that are neither the edge nor behind it. */
  @Test
  void usersComeInByTheEdgeAndByNoServiceBesideIt() {
    history.task(-9500, "d", "shop_db", 2, "", "running", "running");
    rolled();

    assertThat(way().entrance())
        .isEqualTo(new Way.Entrance(Way.Publishing.HOST, 8080, List.of("workerN1")));
  }

  @Test
  void underDnsrrEachTaskHasItsAddressAndItsAnswers() {
    rolled();

    Way way = way();

    assertThat(way.load()).isEqualTo(new Way.Load(3, 1));
    assertThat(way.entrance())
        .isEqualTo(new Way.Entrance(Way.Publishing.HOST, 8080, List.of("workerN1")));
    assertThat(way.asked()).isEqualTo(TaskWitness.Asked.YES);
    assertThat(way.behind())
        .containsExactly(
            new Way.Behind(
                "pyapp",
                "",
                false,
                List.of(
                    new Way.Answerer("pyapp.1", "v1", "workerN1", "10.0.1.5", 2),
                    new Way.Answerer("pyapp.2", "v1", "workerN1", "10.0.1.7", 0),
                    new Way.Answerer("pyapp.1", "v2", "workerN1", "10.0.1.6", 1))));
    assertThat(way.answers()).isEqualTo(3);
    assertThat(way.logged())
        .isEqualTo(new Way.Logged(List.of(new Way.Container("edge1", 3)), 3, 3, 0, 0, 0, 0));
  }

  @Test
  void anAnswerIsAfterTheStopWhereTheEdgeHadTheRequestAfterIt() {
    rolled();
    history.from("10.0.1.5", 4, 2999, 5, "", "");

    assertThat(way().stops()).isEqualTo(new Way.Stops(1, 1));
  }

  @Test
  void anAddressThatIsNoTasksIsCountedByItself() {
    rolled();
    history.from("10.0.1.99", 4, 100, 5, "v1", "x");

    assertThat(way().unnamed()).isEqualTo(1);
    assertThat(way().answers()).isEqualTo(3);
  }

  @Test
  void aMirrorGetsCopiesThatNobodyLogs() {
    rolled();
    long at = Histories.ZERO + 100;
    history.event(new Event.EdgeChange(at, at, List.of(route("pyapp", "v1", 100)), "shadow-pyapp"));

    assertThat(way().behind())
        .extracting(Way.Behind::service, Way.Behind::copies, Way.Behind::answers)
        .containsExactly(tuple("pyapp", false, 3), tuple("shadow-pyapp", true, 0));
  }

  private void split() {
    created(INGRESS);
    history
        .vip()
        .routes(-8000, -7900, route("pyapp", "v1", 90), route("canary-pyapp", "v2", 10))
        .from("10.0.1.2", 1, 100, 5, "v1", "x")
        .from("10.0.1.2", 2, 200, 5, "v1", "y")
        .from("10.0.1.3", 3, 300, 5, "v2", "z");
  }

  @Test
  void underVipAnAddressIsAServicesAndItsTasksAreNotKnown() {
    split();

    Way way = way();

    assertThat(way.entrance().publishing()).isEqualTo(Way.Publishing.INGRESS);
    assertThat(way.entrance().port()).isEqualTo(80);
    assertThat(way.asked()).isEqualTo(TaskWitness.Asked.VIRTUAL);
    assertThat(way.behind())
        .containsExactly(
            new Way.Behind(
                "pyapp", "10.0.1.2", false, List.of(new Way.Answerer("", "v1", "", "", 2))),
            new Way.Behind(
                "canary-pyapp", "10.0.1.3", false, List.of(new Way.Answerer("", "v2", "", "", 1))));
    assertThat(way.unnamed()).isZero();
  }

  @Test
  void underVipTasksAreKnownByTheContainersThatAnswersName() {
    split();
    history
        .address(-6000, "a", 1, "v1", "10.0.1.5")
        .container(-6000, "a", 1, "v1", "x")
        .task(-6000, "a", 1, "v1", "running")
        .task(50, "a", "pyapp", 1, "v1", "running", "shutdown")
        .task(6000, "a", "pyapp", 1, "v1", "shutdown", "shutdown");

    Way way = way();

    assertThat(way.asked()).isEqualTo(TaskWitness.Asked.CONTAINER);
    assertThat(way.behind().get(0))
        .isEqualTo(
            new Way.Behind(
                "pyapp",
                "10.0.1.2",
                false,
                List.of(new Way.Answerer("pyapp.1", "v1", "workerN1", "10.0.1.5", 1))));
    assertThat(way.unnamed()).as("y and z are no task's").isEqualTo(2);
    assertThat(way.stops()).isEqualTo(new Way.Stops(1, 1));
  }

  @Test
  void aServiceIsNotNamedWhereItsVersionIsNotDecidedByTheLab() {
    split();
    history.routes(1000, 1100, route("pyapp", "", 90), route("canary-pyapp", "v2", 10));

    assertThat(way().behind())
        .extracting(Way.Behind::service, Way.Behind::address)
        .containsExactly(tuple("", "10.0.1.2"), tuple("", "10.0.1.3"));
  }

  @Test
  void theOnlyServiceIsNamedWhateverItsVersion() {
    created(INGRESS);
    history
        .vip()
        .routes(-8000, -7900, route("pyapp", "v1", 100))
        .routes(1000, 1100, route("pyapp", "", 100))
        .from("10.0.1.2", 1, 100, 5, "v1", "x")
        .from("10.0.1.2", 2, 4000, 5, "v2", "y");

    assertThat(way().behind())
        .containsExactly(
            new Way.Behind(
                "pyapp",
                "10.0.1.2",
                false,
                List.of(
                    new Way.Answerer("", "v1", "", "", 1), new Way.Answerer("", "v2", "", "", 1))));
  }

  @Test
  void aRoutedServiceThatNeverAnsweredStandsThereWhereAllOthersAreNamed() {
    created(INGRESS);
    history
        .vip()
        .routes(-8000, -7900, route("pyapp", "v1", 100))
        .routes(1000, 1100, route("green-pyapp", "v2", 100))
        .from("10.0.1.2", 1, 100, 5, "v1", "x");

    assertThat(way().behind())
        .extracting(Way.Behind::service, Way.Behind::address)
        .containsExactly(tuple("pyapp", "10.0.1.2"), tuple("green-pyapp", ""));
  }

  @Test
  void aVersionOfTwoServicesNamesNeither() {
    split();
    history.routes(2000, 2100, route("late-pyapp", "v2", 100));

    assertThat(way().behind()).extracting(Way.Behind::service).containsExactly("pyapp", "");
  }

  @Test
  void anOldHistoryHasVersionsAndNoAddresses() {
    history
        .routes(-8000, -7900, route("pyapp", "v1", 100))
        .ok(1, 100, 5, "v1")
        .ok(2, 200, 5, "v1")
        .ok(3, 7000, 5, "v2");

    Way way = way();

    assertThat(way.asked()).isEqualTo(TaskWitness.Asked.NOT_RECORDED);
    assertThat(way.entrance())
        .isEqualTo(new Way.Entrance(Way.Publishing.NOT_RECORDED, 0, List.of("workerN1")));
    assertThat(way.behind())
        .containsExactly(
            new Way.Behind(
                "pyapp",
                "",
                false,
                List.of(
                    new Way.Answerer("", "v1", "", "", 2), new Way.Answerer("", "v2", "", "", 1))));
  }

  private void line(long id, String client, Hit.Answer answer, Hit.Tries tries, long ofConnection) {
    history.add(
        new Hit(
            Histories.ZERO + 1000 + id,
            id,
            client,
            answer,
            tries,
            AppHeaders.NONE,
            new Hit.Connection("edge2", 30, 7, ofConnection)));
  }

  @Test
  void whatTheEdgeLoggedIsCounted() {
    String own = LoadPlan.addressOf(0);
    history
        .request(1, 1000, 5, Outcome.OK, "", 200, "v1")
        .request(2, 1000, 5, Outcome.FAILED, "http-502", 502, "")
        .request(3, 1000, 5, Outcome.FAILED, "timeout", 0, "")
        .lost(4, 1000, 5, "refused");
    line(
        1,
        own,
        new Hit.Answer(200, 5),
        new Hit.Tries("10.0.1.5:5000, 10.0.1.6:5000", "502, 200"),
        1);
    line(2, "10.0.0.2", new Hit.Answer(502, 5), new Hit.Tries("10.0.1.5:5000", "502"), 2);
    line(3, own, new Hit.Answer(499, 5), new Hit.Tries("10.0.1.5:5000", "-"), 3);

    assertThat(way().load().requests()).isEqualTo(4);
    assertThat(way().logged())
        .isEqualTo(new Way.Logged(List.of(new Way.Container("edge2", 3)), 3, 2, 2, 1, 1, 1));
  }

  @Test
  void ofARunWithoutRequestsThereIsNothingAndItIsStillKnown() {
    Findings findings = findings();

    assertThat(findings.part(Way.class).orThrow().behind()).isEmpty();
    assertThat(findings.part(Way.class).orThrow().logged().requests()).isZero();
    assertThat(findings.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(findings.reasons()).noneMatch(reason -> reason.contains("way of the requests"));
  }
}
