package io.rolloutlab.stack.deploy;

import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.app.AppPlan;
import io.rolloutlab.scenario.app.VersionPlan;
import io.rolloutlab.scenario.check.Patience;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.scenario.cluster.ClusterPlan;
import io.rolloutlab.scenario.read.YamlNode;
import io.rolloutlab.stack.SaidStack;
import io.rolloutlab.stack.StackEndpoint;
import io.rolloutlab.stack.StackService;
import io.rolloutlab.stack.asked.AskedPart;
import io.rolloutlab.stack.asked.AskedService;
import io.rolloutlab.stack.asked.AskedWords;
import io.rolloutlab.stack.asked.Asking;
import io.rolloutlab.stack.asked.RefusedPartException;
import java.util.Optional;

/**
 * A rollout of a stack that somebody asks for, before its scenario is made: that is the lab's own
 * question, or has what a scenario file says laid over it.
 *
 * @param name of the stack: letters, digits and hyphens
 * @param text of its files
 * @param service that is rolled out, as v1's files have it
 * @param next the same as v2's file has it; empty where that is no file
 * @param asking what is wrong with v2, and whether it is taken back
 * @param cast whose images the lab's app stands in for, and what v2 is
 */
public record AskedRollout(
    String name,
    SaidStack text,
    StackService service,
    Optional<StackService> next,
    Asking asking,
    Cast cast) {
  /**
   * Asks for one.
   *
   * @param name letters, digits and hyphens
   * @param service its key in the files
   * @throws RefusedPartException when there is no such service, or nobody could play it so
   * @throws IllegalArgumentException when it has a fault that its own image has no knobs for
   */
  public static AskedRollout of(
      String name, SaidStack text, String service, Asking asking, Cast cast) {
    StackService its = in(text, service, cast.words());
    cast.check(text, its);
    boolean played = cast.plays(service);
    refuseFaultOfOwnImage(its, asking, cast);
    return new AskedRollout(
        name,
        text,
        its,
        cast.file().map(file -> in(file, service, cast.words())),
        played ? asking : asking.ofOwnImage(),
        cast);
  }

  /**
   * Asks for one of a good v2 that is taken back again.
   *
   * @param name as of {@link #of}
   * @param service its key in the files
   * @param patience stretches what the lab waits, which the files do not say
   * @throws IllegalArgumentException as of {@link #of}
   */
  public static AskedRollout backAgain(
      String name, SaidStack text, String service, Patience patience, Cast cast) {
    Asking asking = Asking.update(service).andBack().patiently(patience);
    return of(name, text, service, asking, cast);
  }

  private static StackService in(SaidStack text, String service, AskedWords words) {
    return text.stack()
        .service(service)
        .orElseThrow(
            () ->
                new RefusedPartException(
                    words,
                    AskedPart.SERVICE,
                    service,
                    "the stack has no such service; it has %s"
                        .formatted(StackRollout.names(text.stack()))));
  }

  private static void refuseFaultOfOwnImage(StackService its, Asking asking, Cast cast) {
    asking
        .fault()
        .filter(fault -> !cast.plays(its.name()))
        .ifPresent(
            fault -> {
              throw new IllegalArgumentException(
                  "%s: a v2 that %s is made by knobs that only the lab's own app has, and %s runs its own image: ask for no fault, or have the lab's app play it with %s"
                      .formatted(
                          its.image().place().print(),
                          fault.words(),
                          its.name(),
                          cast.words().said(AskedPart.STAND_IN, its.name())));
            });
  }

  /** Swarm goes forward by what v2's file says. */
  private StackService updated() {
    return next.map(other -> service.withUpdate(other.update())).orElse(service);
  }

  /**
   * The lab's own question, as the keys of a scenario's file; their lines say nothing.
   *
   * @throws IllegalArgumentException when the service's tasks end by themselves
   */
  public YamlNode keys() {
    return AskedService.keys(updated(), asking);
  }

  /**
   * The rollout with the lab's own question.
   *
   * @throws IllegalArgumentException when the service's tasks end by themselves, nobody knows where
   *     its image listens, or a file is missing that it needs
   * @throws io.rolloutlab.scenario.read.InvalidScenarioException when the fault that is asked for
   *     cannot show with the settings of the service
   */
  public StackRollout rollout() {
    return rollout(AskedService.of(updated(), asking).scenario());
  }

  /**
   * The rollout with another question about it.
   *
   * @param question that has {@link #keys}, but for what is said of users and of what is expected
   * @throws IllegalArgumentException as of {@link #rollout()}
   */
  public StackRollout rollout(Scenario question) {
    AppPlan app = question.app().onPort(port());
    boolean played = cast.plays(service.name());
    boolean byAddress = !played || service.scale().endpoint().is(StackEndpoint.DNSRR);
    StackRollout rollout =
        new StackRollout(
            name,
            text,
            service,
            question.about(
                played ? app : ownVersions(app),
                labelled(question.cluster()),
                byAddress ? Balancing.DNSRR : Balancing.AUTO),
            cast);
    // What cannot be had is said before an engine is asked for.
    rollout.deployed(Balancing.DNSRR, StackRollout.ANY);
    return rollout;
  }

  /** Where both versions listen: nginx is told one port for the service. */
  private int port() {
    int port = port(service);
    next.filter(other -> port(other) != port)
        .ifPresent(
            other -> {
              throw new IllegalArgumentException(
                  "%s: %s publishes port %s of its tasks, and port %s in %s: the lab's nginx asks both versions at one port, so let both files publish the same one first"
                      .formatted(
                          other.place().print(),
                          other.name(),
                          port(other),
                          port,
                          service.place().file()));
            });
    return port;
  }

  private int port(StackService its) {
    if (cast.plays(its.name())) {
      return StandIn.port(its);
    }
    return cast.port()
        .orElseGet(
            () ->
                StandIn.published(its)
                    .orElseThrow(
                        () ->
                            new IllegalArgumentException(
                                "%s: %s publishes no TCP port, so the lab does not know where its image listens: say it with %s"
                                    .formatted(
                                        its.place().print(),
                                        its.name(),
                                        cast.words().said(AskedPart.PORT, "NUMBER")))));
  }

  private AppPlan ownVersions(AppPlan app) {
    OwnImage v1 = OwnImage.of(service);
    OwnImage v2 = cast.candidate(service.name()).or(() -> next.map(OwnImage::of)).orElse(v1);
    return app.withVersions(
            new VersionPlan(v1.name(), null, null), new VersionPlan(v2.name(), null, null))
        .startingWithin(StackRollout.longestStart(service, false, asking.patience()));
  }

  private ClusterPlan labelled(ClusterPlan nodes) {
    ClusterPlan all = LabNodes.labelled(nodes, text.stack());
    return cast.file().map(file -> LabNodes.labelled(all, file.stack())).orElse(all);
  }
}
