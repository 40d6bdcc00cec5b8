package io.rolloutlab.stack.deploy;

import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.app.AppPlan;
import io.rolloutlab.scenario.app.VersionPlan;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.stack.SaidStack;
import io.rolloutlab.stack.Stack;
import io.rolloutlab.stack.StackEndpoint;
import io.rolloutlab.stack.StackService;
import io.rolloutlab.stack.asked.AskedService;
import io.rolloutlab.stack.asked.Asking;
import java.time.Duration;
import java.util.Comparator;
import java.util.function.UnaryOperator;

/**
 * A stack that docker itself deploys, and once more with the next version of one service. The lab's
 * app stands in for all images.
 *
 * @param name of the stack, as docker is told it
 * @param text of its files
 * @param service that is rolled out
 * @param scenario nodes, users and waits, and the settings of the service as far as the lab has
 *     them
 */
public record StackRollout(String name, SaidStack text, StackService service, Scenario scenario) {
  /** What the edge's network is called where that makes no difference. */
  private static final String ANY = "edge";

  /**
   * Asks for one.
   *
   * @param name letters, digits and hyphens
   * @param service its key in the files
   * @throws IllegalArgumentException when there is no such service, or its tasks end by themselves
   */
  public static StackRollout of(String name, SaidStack text, String service) {
    return of(name, text, service, Asking.update(service).andBack());
  }

  /**
   * Asks something else of one.
   *
   * @param asking what is wrong with v2, and whether it is taken back
   * @throws IllegalArgumentException as of the other
   * @throws io.rolloutlab.scenario.read.InvalidScenarioException when the fault that is asked for
   *     cannot show with the settings of the service
   */
  public static StackRollout of(String name, SaidStack text, String service, Asking asking) {
    Stack stack = text.stack();
    StackService its =
        stack
            .service(service)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "--service %s: the stack has no such service; it has %s"
                            .formatted(service, names(stack))));
    Scenario asked = AskedService.of(its, asking).scenario();
    AppPlan app =
        asked
            .app()
            .onPort(StandIn.port(its))
            .withVersions(
                StandIn.version(its, asked.app().v1()), StandIn.version(its, asked.app().v2()));
    boolean byAddress = its.scale().endpoint().is(StackEndpoint.DNSRR);
    return new StackRollout(
        name,
        text,
        its,
        asked.about(
            app,
            LabNodes.labelled(asked.cluster(), stack),
            byAddress ? Balancing.DNSRR : Balancing.AUTO));
  }

  /** The same with the seed of one of its repeats, counted from 0. */
  public StackRollout repeat(int repeat) {
    return new StackRollout(name, text, service, scenario.repeat(repeat));
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
        .map(one -> AskedService.of(one, Asking.update(one.name())).scenario().app().startLimit())
        .max(Comparator.naturalOrder())
        .orElseThrow();
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
    StackEdit edit = new StackEdit(text);
    WayIn wayIn = new WayIn(edit, balancing);
    LabNodes nodes = new LabNodes(edit, scenario);
    wayIn.version();
    for (StackService one : text.stack().services()) {
      boolean rolledOut = one.name().equals(service.name());
      StandIn.put(edit, one);
      wayIn.open(one, rolledOut ? scenario.app().hostPort() : null);
      if (rolledOut) {
        nodes.fitRolledOut(one);
      } else {
        nodes.fitOther(one);
      }
    }
    MadeUp.put(edit, text.stack());
    wayIn.join(service, edgeNetwork);
    VersionPlan next = scenario.app().v2();
    if (next.fault() != null) {
      edit.note(
          service.image().place(), "%s: v2 %s".formatted(service.name(), next.fault().words()));
    }
    return new DeployedText(service.name(), edit.said(), next.variables(), edit.notes());
  }
}
