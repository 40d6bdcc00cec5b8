package io.rolloutlab.doctor.rules;

import io.rolloutlab.doctor.About;
import io.rolloutlab.doctor.Demonstration;
import io.rolloutlab.doctor.Finding;
import io.rolloutlab.doctor.Remedy;
import io.rolloutlab.doctor.Replacement;
import io.rolloutlab.doctor.Rule;
import io.rolloutlab.doctor.Sureness;
import io.rolloutlab.stack.FileValue;
import io.rolloutlab.stack.Stack;
import io.rolloutlab.stack.StackService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A new task for which there is no room beside the old one. */
public final class NeverPlaced implements Rule {
  private static final About ABOUT =
      new About(
          "never-placed",
          "Tasks are to be started first, and a port of the node, or a limit of tasks on a "
              + "node, leaves no room beside the old one. Reservations are not looked at: the "
              + "file does not tell how large nodes are.",
          List.of("Dokploy issue 5496", "moby/moby issue 36934", "moby/moby issue 37493"));

  @Override
  public About about() {
    return ABOUT;
  }

  @Override
  public List<Finding> judge(StackService service, Stack stack) {
    List<Finding> found = new ArrayList<>();
    for (Replacement way : Replacement.both(service)) {
      if (way.config().isStartFirst()) {
        port(way).or(() -> limit(way)).ifPresent(found::add);
      }
    }
    return found;
  }

  @Override
  public Optional<Remedy> remedy(Finding finding, StackService service) {
    Replacement back = Replacement.back(service);
    // What an update that waits for ever has begun cannot be seen on the way back.
    return finding.place().equals(back.config().order().place())
        ? Optional.of(Remedy.set("deploy.rollback_config.order", "stop-first"))
        : Optional.of(
            Remedy.set("deploy.update_config.order", "stop-first")
                .shown(
                    Demonstration.ofUpdate().onFewNodes().gaining(Demonstration.Gain.COMPLETES)));
  }

  private static Optional<Finding> port(Replacement way) {
    StackService service = way.service();
    boolean fixed = service.scale().isGlobal() || service.placement().oneNode().isPresent();
    return service
        .hostPort()
        .filter(port -> fixed || way.slots().isPresent())
        .map(
            port ->
                ABOUT.finding(
                    service,
                    way.config().order().place(),
                    fixed ? Sureness.CERTAIN : Sureness.POSSIBLE,
                    "a new task needs port %s of its node, which the old one keeps until the new one runs: %s"
                        .formatted(
                            port.published(),
                            fixed
                                ? "there is no other node for it, so the %s waits for ever"
                                    .formatted(way.word())
                                : needs(way, way.slots().get() + 1)),
                    "Write order: stop-first for the %s, or publish the port in mode ingress."
                        .formatted(way.word())));
  }

  private static Optional<Finding> limit(Replacement way) {
    StackService service = way.service();
    FileValue<Integer> most = service.placement().maxPerNode();
    if (most.value() == 0 || way.slots().isEmpty()) {
      return Optional.empty();
    }
    int slots = way.slots().get();
    boolean oneNode = service.placement().oneNode().isPresent();
    boolean never = oneNode && slots + 1 > most.value();
    if (oneNode && !never) {
      return Optional.empty();
    }
    int nodes = (slots + most.value()) / most.value();
    return Optional.of(
        ABOUT.finding(
            service,
            way.config().order().place(),
            never ? Sureness.CERTAIN : Sureness.POSSIBLE,
            "a node may have %s of its tasks (line %s), and start-first needs room for %s: %s"
                .formatted(
                    most.value(),
                    most.place().line(),
                    slots + 1,
                    never
                        ? "the constraints leave one node, so the %s waits for ever"
                            .formatted(way.word())
                        : needs(way, nodes)),
            "Write order: stop-first for the %s, or a larger max_replicas_per_node."
                .formatted(way.word())));
  }

  private static String needs(Replacement way, int nodes) {
    return "with fewer than %s fitting node%s the %s waits for ever"
        .formatted(nodes, nodes == 1 ? "" : "s", way.word());
  }
}
