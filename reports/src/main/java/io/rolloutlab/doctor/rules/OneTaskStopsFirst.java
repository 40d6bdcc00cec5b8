package io.rolloutlab.doctor.rules;

import io.rolloutlab.doctor.About;
import io.rolloutlab.doctor.Demonstration;
import io.rolloutlab.doctor.Finding;
import io.rolloutlab.doctor.Reached;
import io.rolloutlab.doctor.Remedy;
import io.rolloutlab.doctor.Replacement;
import io.rolloutlab.doctor.Rule;
import io.rolloutlab.doctor.Sureness;
import io.rolloutlab.stack.FileValue;
import io.rolloutlab.stack.Place;
import io.rolloutlab.stack.Stack;
import io.rolloutlab.stack.StackOrder;
import io.rolloutlab.stack.StackService;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The only task is stopped before there is another one. */
public final class OneTaskStopsFirst implements Rule {
  private static final About ABOUT =
      new About(
          "one-task-stops-first",
          "A service that users reach has one replica, and its update is stop-first.",
          List.of("moby/moby issue 29148", "moby/swarmkit issue 1069"));

  /** What tasks look at and do not keep their data in. */
  private static final Pattern OF_THE_NODE =
      Pattern.compile("/(?:etc|proc|sys|dev|run|var/run|usr)/.*|.*\\.sock");

  @Override
  public About about() {
    return ABOUT;
  }

  @Override
  public List<Finding> judge(StackService service, Stack stack) {
    Replacement way = Replacement.forward(service);
    if (way.config().isStartFirst()
        || !way.slots().equals(Optional.of(1))
        || !Reached.byUsers(service)) {
      return List.of();
    }
    FileValue<StackOrder> order = way.config().order();
    FileValue<Integer> replicas = service.scale().replicas();
    Place place = order.given() || !replicas.given() ? order.place() : replicas.place();
    return List.of(
        ABOUT.finding(
            service,
            place,
            Sureness.CERTAIN,
            "its only task is stopped before the new one runs, in each update: 0 of 1 tasks serve for "
                + Replacement.until(service),
            change(service)));
  }

  @Override
  public Optional<Remedy> remedy(Finding finding, StackService service) {
    if (service.hostPort().isPresent()) {
      return Optional.empty();
    }
    Remedy remedy =
        Remedy.set("deploy.update_config.order", "start-first")
            .shown(Demonstration.ofUpdate())
            .besideTheOld(service);
    return Optional.of(
        data(service)
            .map(
                mount ->
                    remedy.onlyWhere(
                        "where two tasks of the app can use %s at the same time"
                            .formatted(mount.value())))
            .orElse(remedy));
  }

  /** What it keeps its data in. */
  private static Optional<FileValue<String>> data(StackService service) {
    return service.uses().mounts().stream()
        .filter(mount -> !OF_THE_NODE.matcher(mount.value()).matches())
        .findFirst();
  }

  private static String change(StackService service) {
    if (service.hostPort().isPresent()) {
      return "With a port of the node only two replicas on two nodes keep one serving; start-first"
          + " could not be placed beside the old task.";
    }
    Optional<FileValue<String>> data = data(service);
    return data.isEmpty()
        ? "Write update_config: {order: start-first}, or take two replicas."
        : "Write update_config: {order: start-first} where the app stands that two of its tasks use"
            + " %s at the same time; else the gap stays.".formatted(data.get().value());
  }
}
