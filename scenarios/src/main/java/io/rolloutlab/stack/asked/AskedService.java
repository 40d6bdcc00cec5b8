package io.rolloutlab.stack.asked;

import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.app.AppFault;
import io.rolloutlab.scenario.app.AppFaultKind;
import io.rolloutlab.scenario.check.Complaints;
import io.rolloutlab.scenario.check.Memory;
import io.rolloutlab.scenario.check.Patience;
import io.rolloutlab.scenario.read.ScenarioReader;
import io.rolloutlab.scenario.read.StrictYaml;
import io.rolloutlab.scenario.read.YamlNode;
import io.rolloutlab.stack.StackNote;
import io.rolloutlab.stack.StackService;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A service of a stack file as a question to the lab: its settings around the lab's own app, which
 * is rolled out by Swarm's own update.
 *
 * @param scenario of strategy rolling, checked as every scenario is
 * @param notes what of the service is not in it, or not as the file says it
 */
public record AskedService(StackService service, Scenario scenario, List<StackNote> notes) {
  /** Tasks of one service that the lab's nodes hold beside each other on one machine. */
  public static final int MOST_TASKS = 12;

  /** The lab's app takes half of it. */
  public static final Memory LEAST_MEMORY = Memory.parse("64MiB");

  public AskedService {
    notes = List.copyOf(notes);
  }

  /**
   * Asks one.
   *
   * @param service whose tasks are to stay: replicated or global
   * @throws IllegalArgumentException for a job, of which nothing is rolled out
   * @throws io.rolloutlab.scenario.read.InvalidScenarioException when the fault that is asked for
   *     cannot show with these settings: one of the health check, without a health check
   */
  public static AskedService of(StackService service, Asking asking) {
    Laying laying = laid(service, asking);
    return new AskedService(
        service, ScenarioReader.YAML.read(called(service), bytes(laying)).value(), laying.notes());
  }

  /**
   * The same as the keys that a scenario's file would have; their lines say nothing.
   *
   * @throws IllegalArgumentException as of {@link #of}
   */
  public static YamlNode keys(StackService service, Asking asking) {
    return StrictYaml.node(called(service), bytes(laid(service, asking)), new Complaints())
        .orElseThrow();
  }

  private static Path called(StackService service) {
    return Path.of(service.place().file());
  }

  private static byte[] bytes(Laying laying) {
    return laying.text().getBytes(StandardCharsets.UTF_8);
  }

  private static Laying laid(StackService service, Asking asking) {
    if (!service.scale().isReplicated() && !service.scale().isGlobal()) {
      throw new IllegalArgumentException(
          "%s: %s is a job: its tasks end, so nothing is rolled out"
              .formatted(service.place().print(), service.name()));
    }
    Laying laying = new Laying();
    laying.say("name", asking.name());
    laying.say("question", asking.question(service.name()));
    laying.say("strategy", "rolling");
    laying.say("balancing", service.scale().endpoint().value());
    laying.say("load.ratePerSecond", asking.ratePerSecond());
    if (!asking.patience().equals(Patience.USUAL)) {
      laying.say("patience", asking.patience().factor());
    }
    int tasks = new LaidNodes(service, laying).lay(asking.fewNodes());
    new LaidTasks(service, laying).lay(asking.patience());
    new LaidUpdates(service, tasks, laying).lay(asking);
    asking.fault().ifPresent(fault -> lay(fault, laying));
    return laying;
  }

  private static void lay(AppFault fault, Laying laying) {
    String word = AppFaultKind.of(fault).word();
    // Nobody is to call it back: what Swarm does by itself is asked.
    laying.say("alarm", "none");
    if (fault.getClass().getRecordComponents().length == 0) {
      laying.say("app.v2.fault", word);
    } else {
      laying.say("app.v2.fault." + word, fault);
    }
  }
}
