package io.rolloutlab.stack.deploy;

import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.app.AppPlan;
import io.rolloutlab.scenario.app.VersionPlan;
import io.rolloutlab.scenario.check.Patience;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.scenario.cluster.ClusterPlan;
import io.rolloutlab.stack.SaidStack;
import io.rolloutlab.stack.Stack;
import io.rolloutlab.stack.StackEndpoint;
import io.rolloutlab.stack.StackService;
import io.rolloutlab.stack.asked.AskedService;
import io.rolloutlab.stack.asked.Asking;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A stack that docker itself deploys, and once more with the next version of one service.
 *
 * @param name of the stack, as docker is told it
 * @param text of its files
 * @param service that is rolled out, as v1's files have it
 * @param scenario nodes, users and waits, and the settings of the service as far as the lab has
 *     them
 * @param cast whose images the lab's app stands in for, and what v2 is
 */
public record StackRollout(
    String name, SaidStack text, StackService service, Scenario scenario, Cast cast) {
  /** What the edge's network is called where that makes no difference. */
  private static final String ANY = "edge";

  /**
   * Asks for one.
   *
   * @param name letters, digits and hyphens
   * @param service its key in the files
   * @param asking what is wrong with v2, and whether it is taken back
   * @throws IllegalArgumentException when there is no such service, its tasks end by themselves,
   *     nobody could play it so, it has a fault that its own image has no knobs for, or a file is
   *     missing that it needs
   * @throws io.rolloutlab.scenario.read.InvalidScenarioException when the fault that is asked for
   *     cannot show with the settings of the service
   */
  public static StackRollout of(
      String name, SaidStack text, String service, Asking asking, Cast cast) {
    StackService its = in(text, service);
    cast.check(text, its);
    boolean played = cast.plays(service);
    refuseFaultOfOwnImage(its, asking, played);
    Optional<StackService> next = cast.file().map(file -> in(file, service));
    Scenario asked =
        AskedService.of(
                next.map(other -> its.withUpdate(other.update())).orElse(its),
                played ? asking : asking.ofOwnImage())
            .scenario();
    AppPlan app = asked.app().onPort(port(its, next, cast));
    boolean byAddress = !played || its.scale().endpoint().is(StackEndpoint.DNSRR);
    StackRollout rollout =
        new StackRollout(
            name,
            text,
            its,
            asked.about(
                played ? app : ownVersions(app, its, next, cast, asking.patience()),
                labelled(asked.cluster(), text, cast),
                byAddress ? Balancing.DNSRR : Balancing.AUTO),
            cast);
    // What cannot be had is said before an engine is asked for.
    rollout.deployed(Balancing.DNSRR, name);
    return rollout;
  }

  private static StackService in(SaidStack text, String service) {
    return text.stack()
        .service(service)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "--service %s: the stack has no such service; it has %s"
                        .formatted(service, names(text.stack()))));
  }

  private static void refuseFaultOfOwnImage(StackService its, Asking asking, boolean played) {
    asking
        .fault()
        .filter(fault -> !played)
        .ifPresent(
            fault -> {
              throw new IllegalArgumentException(
                  "%s: a v2 that %s is made by knobs that only the lab's own app has, and %s runs its own image: ask for no fault, or have the lab's app play it with --stand-in=%s"
                      .formatted(
                          its.image().place().print(), fault.words(), its.name(), its.name()));
            });
  }

  /** Where both versions listen: nginx is told one port for the service. */
  private static int port(StackService its, Optional<StackService> next, Cast cast) {
    int port = port(its, cast);
    next.filter(other -> port(other, cast) != port)
        .ifPresent(
            other -> {
              throw new IllegalArgumentException(
                  "%s: %s publishes port %s of its tasks, and port %s in %s: the lab's nginx asks both versions at one port, so let both files publish the same one first"
                      .formatted(
                          other.place().print(),
                          other.name(),
                          port(other, cast),
                          port,
                          its.place().file()));
            });
    return port;
  }

  private static int port(StackService its, Cast cast) {
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
                                "%s: %s publishes no TCP port, so the lab does not know where its image listens: say it with --port NUMBER"
                                    .formatted(its.place().print(), its.name()))));
  }

  private static AppPlan ownVersions(
      AppPlan app, StackService its, Optional<StackService> next, Cast cast, Patience patience) {
    OwnImage v1 = OwnImage.of(its);
    OwnImage v2 =
        cast.image()
            .map(image -> OwnImage.candidate(its.name(), image))
            .or(() -> next.map(OwnImage::of))
            .orElse(v1);
    return app.withVersions(
            new VersionPlan(v1.name(), null, null), new VersionPlan(v2.name(), null, null))
        .startingWithin(longestStart(its, false, patience));
  }

  private static ClusterPlan labelled(ClusterPlan nodes, SaidStack text, Cast cast) {
    ClusterPlan all = LabNodes.labelled(nodes, text.stack());
    return cast.file().map(next -> LabNodes.labelled(all, next.stack())).orElse(all);
  }

  /** The same with the seed of one of its repeats, counted from 0. */
  public StackRollout repeat(int repeat) {
    return new StackRollout(name, text, service, scenario.repeat(repeat), cast);
  }

  /** Whether docker and the lab are given the same of another one, so that their runs are alike. */
  public boolean isLike(StackRollout other) {
    return scenario.equals(other.scenario) && given().equals(other.given());
  }

  private String given() {
    return deployed(Balancing.VIP, ANY).of(VersionPlan.V2, UnaryOperator.identity());
  }

  /** How long the slowest of its services is waited for, by its health check. */
  public Duration longestStart() {
    return text.stack().services().stream()
        .filter(one -> one.scale().isReplicated() || one.scale().isGlobal())
        .map(this::longestStart)
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  private Duration longestStart(StackService one) {
    return longestStart(one, cast.plays(one.name()), scenario.waiting());
  }

  /** How long an image of one's own takes to start nobody knows: its check's patience is added. */
  private static Duration longestStart(StackService one, boolean played, Patience patience) {
    Asking asking = Asking.update(one.name()).patiently(patience);
    Duration limit = AskedService.of(one, asking).scenario().app().startLimit();
    Duration own = limit.plus(one.health().startPeriod().value()).plus(one.health().patience());
    Duration most = own.compareTo(AppPlan.LONGEST_START) < 0 ? own : AppPlan.LONGEST_START;
    return played ? limit : most;
  }

  /** The images that run as they are, which the engine must have; each once, with who runs it. */
  public List<OwnImage> ownImages() {
    Map<String, OwnImage> images = new LinkedHashMap<>();
    Stream.concat(
            ownServices().stream().map(OwnImage::of),
            cast.image().map(image -> OwnImage.candidate(service.name(), image)).stream())
        .forEach(image -> images.merge(image.name(), image, OwnImage::alsoOf));
    return List.copyOf(images.values());
  }

  /** The services that run their own image, of v1's files and of v2's. */
  List<StackService> ownServices() {
    return services().filter(one -> !cast.plays(one.name())).toList();
  }

  /** Whether an image is of the service of which an option names another one. */
  public boolean isCandidate(OwnImage image) {
    return cast.image().isPresent() && image.isOf(service.name());
  }

  /** Whether the lab's app plays any of its services. */
  public boolean hasStandIns() {
    return services().anyMatch(one -> cast.plays(one.name()));
  }

  /** Of v1's files, then of v2's. */
  private Stream<StackService> services() {
    return Stream.concat(Stream.of(text), cast.file().stream())
        .map(SaidStack::stack)
        .map(Stack::services)
        .flatMap(Collection::stream);
  }

  /** The names of a stack's services, for people. */
  public static String names(Stack stack) {
    return String.join(", ", stack.services().stream().map(StackService::name).toList());
  }

  /** The name that docker gives a service of it. */
  public String nameOf(String serviceOfFile) {
    return name + "_" + serviceOfFile;
  }

  /** The name that docker gives the service that is rolled out. */
  public String swarmName() {
    return nameOf(service.name());
  }

  /**
   * What docker is given.
   *
   * @param balancing of the run: vip or dnsrr
   * @param edgeNetwork the network of the lab's edge
   */
  public DeployedText deployed(Balancing balancing, String edgeNetwork) {
    return new Staging(this, balancing, edgeNetwork).text();
  }
}
