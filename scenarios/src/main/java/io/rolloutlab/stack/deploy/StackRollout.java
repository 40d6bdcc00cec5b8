package io.rolloutlab.stack.deploy;

import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.app.AppPlan;
import io.rolloutlab.scenario.app.VersionPlan;
import io.rolloutlab.scenario.check.Patience;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.stack.SaidStack;
import io.rolloutlab.stack.Stack;
import io.rolloutlab.stack.StackService;
import io.rolloutlab.stack.asked.AskedService;
import io.rolloutlab.stack.asked.Asking;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  static final String ANY = "edge";

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
    return AskedRollout.of(name, text, service, asking, cast).rollout();
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
  static Duration longestStart(StackService one, boolean played, Patience patience) {
    Asking asking = Asking.update(one.name()).patiently(patience);
    Duration limit = AskedService.of(one, asking).scenario().app().startLimit();
    Duration own = limit.plus(one.health().startPeriod().value()).plus(one.health().patience());
    Duration most = own.compareTo(AppPlan.LONGEST_START) < 0 ? own : AppPlan.LONGEST_START;
    return played ? limit : most;
  }

  /** The images that run as they are, which the engine must have; each once, with who runs it. */
  public List<OwnImage> ownImages() {
    Map<String, OwnImage> images = new LinkedHashMap<>();
    Stream.concat(ownServices().stream().map(OwnImage::of), cast.candidate(service.name()).stream())
        .forEach(image -> images.merge(image.name(), image, OwnImage::alsoOf));
    return List.copyOf(images.values());
  }

  /** The services that run their own image, of v1's files and of v2's. */
  List<StackService> ownServices() {
    return services().filter(one -> !cast.plays(one.name())).toList();
  }

  /**
   * What to tell of one of its images that cannot be had.
   *
   * @param why a clause
   */
  public String missing(OwnImage image, String why) {
    boolean candidate = cast.image().isPresent() && image.isOf(service.name());
    return image.missing(why, candidate, cast.words());
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
