package io.rolloutlab.html.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.Analysis;
import io.rolloutlab.analysis.Histories;
import io.rolloutlab.history.AppHeaders;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.Hit;
import io.rolloutlab.history.Outcome;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.html.part.Figure;
import io.rolloutlab.scenario.LoadPlan;
import io.rolloutlab.scenario.Strategy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way of a request as a drawing and in words: nothing that the run did not record. */
class WayShownTest {
  private static final String HOST =
      "docker service create --name nginx --publish mode=host,target=80,published=80 lab-nginx";
  private static final String INGRESS =
      "docker service create --name nginx --publish 80:80 lab-nginx";

  private static final String ADDRESSES =
      "For 1 of 1 requests the log of nginx names the address of the user who sent it, since nginx"
          + " believes the header X-Forwarded-For, in which the load says it. Without that header it"
          + " would name who opened the connection: in host mode who asked the node, behind the"
          + " routing mesh an address of the mesh.";

  @TempDir Path folder;

  private static Histories begun(Histories history, String edge) {
    return history
        .phase(-5000, PhaseKind.WARM_UP)
        .phase(0, PhaseKind.ROLLOUT)
        .task(-9000, "n", "nginx", 1, "", "running", "running")
        .event(new Event.Step(Histories.ZERO - 10_000, "create", List.of(edge), ""))
        .routes(-8000, -7900, new Event.Route("pyapp", "v1", 100, List.of()));
  }

  private static Histories dnsrr() {
    return begun(Histories.of(Strategy.ROLLING), HOST)
        .address(-6000, "a", 1, "v1", "10.0.1.5")
        .task(-6000, "a", 1, "v1", "running")
        .from("10.0.1.5", 1, 100, 5, "v1", "x");
  }

  private static Histories vip() {
    return begun(Histories.of(Strategy.ROLLING).vip(), INGRESS)
        .from("10.0.1.2", 1, 100, 5, "v1", "x");
  }

  private static Histories stops(Histories history) {
    return history
        .task(-6000, "s", 3, "v1", "running")
        .task(3000, "s", "pyapp", 3, "v1", "running", "shutdown")
        .task(6000, "s", "pyapp", 3, "v1", "shutdown", "shutdown");
  }

  private static WayShown shown(Histories history) {
    return WayShown.of(Analysis.analyse(history.end(30_000, Event.End.COMPLETED).build()));
  }

  private static String words(Histories history) {
    return String.join("\n", shown(history).sentences());
  }

  @Test
  void dnsrrIsToldWithWhatVipWouldChange() {
    WayShown shown = shown(dnsrr());

    assertThat(shown.sentences())
        .containsExactly(
            "Gatling, on the lab's own machine, asked port 80 of workerN1, published in host mode: a"
                + " connection there comes to the task of nginx on that node. Under vip the routing"
                + " mesh would publish the port on every node, and IPVS could hand a connection on to"
                + " a task of nginx on another one.",
            "The name of a service led nginx to its tasks' own addresses (dnsrr), and nginx chose one"
                + " for each request: for 1 of 1 answers the address tells which task gave them. Under"
                + " vip it would not.",
            "Under vip IPVS would choose, and once for each connection from nginx to a task: requests"
                + " over a connection that is kept would all go to the task it was opened to.",
            ADDRESSES);
    assertThat(shown.stations())
        .containsExactly(
            "Gatling: on the lab's machine, 1 request, of 1 user.",
            "Port 80: host mode, on workerN1, 1 request entered.",
            "nginx: on workerN1, 1 container, edge1: 1.",
            "pyapp, 1 answer: its name leads to the tasks' own addresses; pyapp.1, v1, on workerN1,"
                + " 10.0.1.5: 1.");
    assertThat(shown.figure().title()).isEqualTo("Which way a request took");
    assertThat(shown.figure().wide()).contains(">pyapp.1, v1, on workerN1, 10.0.1.5<", "f-v1");
    assertThat(shown.figure().narrow()).contains(">pyapp.1, v1, on workerN1, 10.0.1.5<");
    assertThat(shown.figure().keys()).extracting(Figure.Key::label).containsExactly("v1");
  }

  @Test
  void vipIsToldWithWhatDnsrrWouldChange() {
    WayShown shown = shown(vip());

    assertThat(shown.sentences())
        .containsExactly(
            "Gatling, on the lab's own machine, asked port 80, which the routing mesh publishes on"
                + " every node: IPVS hands each connection on to a task of nginx, here on workerN1."
                + " Under dnsrr the port would be published in host mode: only nodes that run nginx"
                + " would answer there.",
            "The name of a service led nginx to one virtual address (vip), behind which IPVS in the"
                + " kernel chose the task: which one it was nobody recorded, so answers are known by"
                + " the version that they named.",
            "IPVS chooses when a connection is opened: nginx opens one for each request"
                + " (edge.nginx.keepalive is not set), so that each request is a choice of its own."
                + " Under dnsrr nginx itself would choose.",
            ADDRESSES);
    assertThat(shown.stations())
        .contains(
            "Port 80: routing mesh (ingress), on every node, 1 request entered.",
            "pyapp, 1 answer: one virtual address: 10.0.1.2; v1, task not known: 1.");
  }

  @Test
  void underVipTheTasksAreThoseWhoseContainersTheAnswersName() {
    WayShown shown =
        shown(
            vip()
                .address(-6000, "a", 1, "v1", "10.0.1.5")
                .container(-6000, "a", 1, "v1", "x")
                .task(-6000, "a", 1, "v1", "running")
                .from("10.0.1.2", 2, 200, 5, "v1", ""));

    assertThat(shown.sentences().get(1))
        .endsWith(
            "behind which IPVS in the kernel chose the task: for 1 of 2 answers the container that the"
                + " app named (X-App-Host) tells which one it was, and a request that no app answered"
                + " has none.");
    assertThat(shown.stations())
        .contains(
            "pyapp, 1 answer: one virtual address: 10.0.1.2; pyapp.1, v1, on workerN1, 10.0.1.5: 1.",
            "No known task, 1 answer: they name no container of a task.");
  }

  @Test
  void anOldHistoryTellsNoTasksAndNoPort() {
    WayShown shown =
        shown(Histories.of(Strategy.ROLLING).phase(0, PhaseKind.ROLLOUT).ok(1, 100, 5, "v1"));

    assertThat(shown.sentences().get(0))
        .isEqualTo(
            "Gatling, on the lab's own machine, asked the published port of nginx; how it was"
                + " published was not recorded.");
    assertThat(shown.sentences().get(1))
        .endsWith(
            "which task had which address was not recorded, so answers are known by the version that"
                + " they named.");
    assertThat(shown.stations())
        .contains(
            "Published port: how: not recorded, 1 request entered.",
            "nginx: 1 container, edge1: 1.",
            "A service, 1 answer: which one is not certain; which task had which address: not"
                + " recorded; v1, task not known: 1.");
    assertThat(shown.figure().wide()).contains("<svg").doesNotContain("10.0.1.5");
  }

  @Test
  void stopsAreToldOnlyWhereSomeTaskStopped() {
    assertThat(words(dnsrr())).doesNotContain("told to stop");
    assertThat(words(vip())).doesNotContain("1 task was");

    assertThat(words(stops(dnsrr())))
        .contains(
            "1 task was told to stop: Swarm takes such a task's address out of the name some 2 s"
                + " before its stop signal, but nginx may ask it for as long as it keeps the address"
                + " (edge.dnsValid, 1s). No answer is of one that had been told to stop before nginx"
                + " had the request. Under vip IPVS would give it no new connection from then on.");
    assertThat(words(stops(vip())))
        .contains(
            "1 task was told to stop: Swarm takes such a task out of the virtual address some 2 s"
                + " before its stop signal, and IPVS gives it no new connection from then on. Under"
                + " dnsrr nginx could ask it for as long as it keeps its address (edge.dnsValid, 1s).");
  }

  private static Histories tried(Histories history, int status, String... tries) {
    Outcome outcome = status == 200 ? Outcome.OK : Outcome.FAILED;
    return history
        .request(2, 200, 5, outcome, status == 200 ? "" : "http-" + status, status, "")
        .add(
            new Hit(
                Histories.ZERO + 205,
                2,
                LoadPlan.addressOf(0),
                new Hit.Answer(status, 5),
                new Hit.Tries(tries[0], tries[1]),
                AppHeaders.NONE,
                new Hit.Connection("edge1", 30, 2, 1)));
  }

  @Test
  void triesAreToldOnlyWhereTheEdgeMadeMoreThanOneOrMight() {
    assertThat(words(dnsrr())).doesNotContain("more than one try");
    assertThat(words(tried(dnsrr(), 200, "10.0.1.9:5000, 10.0.1.5:5000", "502, 200")))
        .endsWith(
            "For 1 request nginx made more than one try, and 1 of these ended well. Under vip"
                + " it would see one address for all tasks of a service, and could not choose another"
                + " task.");
    assertThat(words(tried(vip(), 502, "10.0.1.2:5000", "502")))
        .endsWith(
            "Nobody answered 1 request, and nginx tried none a second time, though edge.retries is"
                + " true: it sees one address for all tasks of a service. Under dnsrr it would try the"
                + " next task's address.");
    assertThat(words(tried(dnsrr(), 502, "10.0.1.5:5000", "502"))).doesNotContain("a second time");
  }

  @Test
  void keptConnectionsToTasksAreToldWhereTheEdgeHasSome() throws IOException {
    Histories kept =
        Histories.of(folder, "strategy: rolling\nbalancing: vip\nedge: {nginx: {keepalive: 16}}\n");

    assertThat(words(begun(kept.vip(), INGRESS).from("10.0.1.2", 1, 100, 5, "v1", "x")))
        .contains(
            "each worker of nginx keeps up to 16 of them (edge.nginx.keepalive)",
            "Under dnsrr nginx keeps none, and would choose for each request.")
        .doesNotContain("is not set");
  }

  @Test
  void moreThanTwelveTasksAreSummedUpInOneLine() {
    Histories history = begun(Histories.of(Strategy.ROLLING), HOST);
    for (int task = 1; task <= 15; task++) {
      String address = "10.0.1." + (task + 10);
      history.address(-6000 + task, "t" + task, task, "v1", address);
      for (int i = 0; i < 20 - task; i++) {
        history.from(address, 100L * task + i, 100 + i, 5, "v1", "host" + task);
      }
    }

    WayShown shown = shown(history);

    String behind = shown.stations().get(3);
    assertThat(behind).startsWith("pyapp, 180 answers: ");
    assertThat(behind).contains("pyapp.1, v1, on workerN1, 10.0.1.11: 19; pyapp.2,");
    assertThat(behind).contains("pyapp.12, v1, on workerN1, 10.0.1.22: 8; 3 more tasks: 18.");
    assertThat(behind).doesNotContain("pyapp.13");
  }

  @Test
  void anAddressOfNobodyIsNotExplained() {
    Histories other =
        dnsrr()
            .request(2, 200, 5, Outcome.OK, "", 200, "v1")
            .add(
                new Hit(
                    Histories.ZERO + 205,
                    2,
                    "10.0.0.2",
                    new Hit.Answer(200, 5),
                    new Hit.Tries("10.0.1.5:5000", "200"),
                    AppHeaders.NONE,
                    new Hit.Connection("edge1", 30, 2, 1)));

    assertThat(shown(other).sentences().get(3))
        .isEqualTo(
            "For 1 of 2 requests the log of nginx names the address of the user who sent it, and for"
                + " the others another one.");
  }

  @Test
  void whereNothingCameToTheEdgeThereIsNoWay() {
    WayShown none = shown(Histories.of(Strategy.ROLLING).phase(0, PhaseKind.ROLLOUT));
    WayShown lost =
        shown(
            Histories.of(Strategy.ROLLING).phase(0, PhaseKind.ROLLOUT).lost(1, 100, 5, "refused"));

    assertThat(none.figure().missing()).isEqualTo("No request was made in this run.");
    assertThat(lost.figure().missing())
        .isEqualTo("The edge logged no request of this run, so which way they took is not known.");
    assertThat(none.sentences()).isEmpty();
    assertThat(lost.stations()).isEmpty();
  }
}
