package io.rolloutlab.html.run;

import io.rolloutlab.analysis.requests.TaskWitness;
import io.rolloutlab.analysis.way.Way;
import io.rolloutlab.history.Manifest;
import io.rolloutlab.scenario.check.Durations;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.scenario.edge.EdgeKind;
import io.rolloutlab.scenario.edge.EdgePlan;
import io.rolloutlab.scenario.edge.RetryOn;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which way the requests of a run took, in plain words, and what would be different under the other
 * balancing. Of the run nothing is said but what it recorded; the other mode is told as Swarm does
 * it (moby {@code libnetwork}, swarmkit; moby issues 25526 and 38841).
 */
final class WayWords {
  private final Way way;
  private final EdgePlan plan;
  private final String kind;
  private final boolean vip;
  private final boolean simulated;

  /**
   * @param manifest of a run whose balancing is known
   * @param way of which some request came to the edge
   */
  WayWords(Manifest manifest, Way way) {
    this.way = way;
    plan = manifest.scenario().edge();
    kind = plan.kind();
    vip = manifest.balancing() == Balancing.VIP;
    simulated = manifest.origin() == Manifest.Origin.TWIN;
  }

  /** From the user to the task; those about stops and tries only where the run had some. */
  List<String> sentences() {
    Stream<String> always = Stream.of(entrance(), choice(), connections(), addresses());
    Stream<String> some = Stream.of(stops(), tries()).flatMap(Optional::stream);
    return Stream.concat(always, some).toList();
  }

  private String entrance() {
    String who = simulated ? "The simulated users" : "Gatling, on the lab's own machine,";
    Way.Entrance entrance = way.entrance();
    return switch (entrance.publishing()) {
      case HOST ->
          ("%s asked port %s of %s, published in host mode: a connection there comes to the task of"
                  + " %s on that node. Under vip the routing mesh would publish the port on every"
                  + " node, and IPVS could hand a connection on to a task of %s on another one.")
              .formatted(who, entrance.port(), nodes(), kind, kind);
      case INGRESS ->
          ("%s asked port %s, which the routing mesh publishes on every node: IPVS hands each"
                  + " connection on to a task of %s, here on %s.%s Under dnsrr the port would be"
                  + " published in host mode: only nodes that run %s would answer there.")
              .formatted(who, entrance.port(), kind, nodes(), overKept(), kind);
      case NOT_RECORDED ->
          "%s asked the published port of %s; how it was published was not recorded."
              .formatted(who, kind);
    };
  }

  private String nodes() {
    return String.join(" and ", way.entrance().nodes());
  }

  /** What the mesh chose once for several requests. */
  private String overKept() {
    int kept = way.logged().overKept();
    return kept == 0
        ? ""
        : (" %s of %s requests came over a connection that had brought one before, for which that was"
                + " chosen already.")
            .formatted(kept, way.logged().requests());
  }

  private String choice() {
    if (vip) {
      return ("The name of a service led %s to one virtual address (vip), behind which IPVS in the"
              + " kernel chose the task: %s")
          .formatted(kind, chosen());
    }
    String how =
        ("The name of a service led %s to its tasks' own addresses (dnsrr), and %s chose one for each"
                + " request")
            .formatted(kind, kind);
    return way.asked() == TaskWitness.Asked.YES
        ? "%s: for %s of %s answers the address tells which task gave them. Under vip it would not."
            .formatted(how, way.answers(), way.answers() + way.unnamed())
        : how
            + "; which task had which address was not recorded, so answers are known by the version"
            + " that they named.";
  }

  /** How it is known which task the kernel chose. */
  private String chosen() {
    return way.asked() == TaskWitness.Asked.CONTAINER
        ? ("for %s of %s answers the container that the app named (X-App-Host) tells which one it was,"
                + " and a request that no app answered has none.")
            .formatted(way.answers(), way.answers() + way.unnamed())
        : "which one it was nobody recorded, so answers are known by the version that they named.";
  }

  private String connections() {
    if (!vip) {
      return ("Under vip IPVS would choose, and once for each connection from %s to a task: requests"
              + " over a connection that is kept would all go to the task it was opened to.")
          .formatted(kind);
    }
    Integer kept = plan.saidToNginx().keepalive();
    if (kept != null) {
      return ("IPVS chooses when a connection is opened, and each worker of %s keeps up to %s of them"
              + " (edge.nginx.keepalive): all requests over a kept one go to the task it was opened to,"
              + " also when that has been told to stop. Under dnsrr %s keeps none, and would choose for"
              + " each request.")
          .formatted(kind, kept, kind);
    }
    String opened =
        kind.equals(EdgeKind.NGINX)
            ? ("%s opens one for each request (edge.nginx.keepalive is not set), so that each request"
                    + " is a choice of its own.")
                .formatted(kind)
            : "all requests over one that is kept go to the task it was opened to.";
    return "IPVS chooses when a connection is opened: %s Under dnsrr %s itself would choose."
        .formatted(opened, kind);
  }

  private String addresses() {
    int all = way.logged().requests();
    int own = way.logged().ofTheirUser();
    String named =
        "For %s of %s requests the log of %s names the address of the user who sent it"
            .formatted(own, all, kind);
    return own < all
        ? named + ", and for the others another one."
        : named
            + (", since %s believes the header X-Forwarded-For, in which the load says it. Without that"
                    + " header it would name who opened the connection: in host mode who asked the"
                    + " node, behind the routing mesh an address of the mesh.")
                .formatted(kind);
  }

  private Optional<String> stops() {
    int told = way.stops().tasks();
    if (told == 0) {
      return Optional.empty();
    }
    String tasks = told == 1 ? "1 task was" : told + " tasks were";
    String valid = Durations.print(plan.dnsValid());
    String answers = way.asked().tells() ? answersAfter() : "";
    if (vip) {
      return Optional.of(
          ("%s told to stop: Swarm takes such a task out of the virtual address some 2 s before its"
                  + " stop signal, and IPVS gives it no new connection from then on.%s Under dnsrr %s"
                  + " could ask it for as long as it keeps its address (edge.dnsValid, %s).")
              .formatted(tasks, answers, kind, valid));
    }
    return Optional.of(
        ("%s told to stop: Swarm takes such a task's address out of the name some 2 s before its stop"
                + " signal, but %s may ask it for as long as it keeps the address (edge.dnsValid, %s)."
                + "%s Under vip IPVS would give it no new connection from then on.")
            .formatted(tasks, kind, valid, answers));
  }

  private String answersAfter() {
    int after = way.stops().answersAfter();
    String some =
        after == 0
            ? "No answer is of one"
            : after == 1 ? "1 answer is of one" : after + " answers are of some";
    return " %s that had been told to stop before %s had the request.".formatted(some, kind);
  }

  private Optional<String> tries() {
    Way.Logged logged = way.logged();
    boolean mayTry = plan.retried().containsAll(List.of(RetryOn.ERROR, RetryOn.TIMEOUT));
    if (logged.triedAgain() > 0) {
      String made =
          "For %s %s made more than one try, and %s of these ended well."
              .formatted(
                  logged.triedAgain() == 1 ? "1 request" : logged.triedAgain() + " requests",
                  kind,
                  logged.triedAgainWell());
      return Optional.of(
          made
              + (vip
                  ? " Behind a virtual address it cannot choose another task; under dnsrr it would try"
                      + " the next task's address."
                  : " Under vip it would see one address for all tasks of a service, and could not"
                      + " choose another task."));
    }
    return vip && mayTry && logged.inVain() > 0
        ? Optional.of(
            ("Nobody answered %s, and %s tried none a second time, though edge.retries is true: it sees"
                    + " one address for all tasks of a service. Under dnsrr it would try the next task's"
                    + " address.")
                .formatted(
                    logged.inVain() == 1 ? "1 request" : logged.inVain() + " requests", kind))
        : Optional.empty();
  }
}
