package io.rolloutlab.rollout;

import io.rolloutlab.history.TaskState;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.testbed.Edge;
import io.rolloutlab.testbed.ServiceSpec;
import io.rolloutlab.testbed.StepFailedException;
import io.rolloutlab.testbed.Swarm.TaskView;
import io.rolloutlab.testbed.Testbed;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Asks a service once, and says who answered: under dnsrr the task whose address the answer came
 * from; under vip that address is the service's own, so there is only what the answer says itself.
 */
final class Probe {
  private final Edge edge;
  private final Balancing balancing;
  private final Supplier<List<TaskView>> tasks;
  private final ServiceSpec spec;

  /**
   * @param balancing vip or dnsrr
   * @param tasks gives those of the service, as they are now
   */
  Probe(Edge edge, Balancing balancing, Supplier<List<TaskView>> tasks, ServiceSpec spec) {
    this.edge = edge;
    this.balancing = balancing;
    this.tasks = tasks;
    this.spec = spec;
  }

  /** Of a service on a testbed. */
  static Probe of(ServiceSpec spec, Testbed testbed) {
    return new Probe(
        testbed.edge(),
        testbed.commands().balancing(),
        () -> testbed.swarm().view(spec.name()).tasks(),
        spec);
  }

  /**
   * Who answered.
   *
   * @param replica the task, by its id, or the container that the answer names; empty when neither
   *     is known
   * @param byAddress whether the address told it
   * @param wrong why it is not an answer of the version that the service runs, for people; empty
   *     when it is
   */
  record Answered(String replica, boolean byAddress, Optional<String> wrong) {}

  /** There is a good answer, and nobody can say yet which task gave it. */
  static final class NobodysAddressException extends StepFailedException {
    private static final long serialVersionUID = 1L;

    NobodysAddressException(String message) {
      super(message);
    }
  }

  /**
   * Sends the request.
   *
   * @throws NobodysAddressException when no task is known to have the address that answered
   * @throws StepFailedException when it has no good answer
   */
  Answered ask() {
    Edge.Answer answer = edge.probe(spec.name(), spec.port());
    if (balancing == Balancing.VIP) {
      return bySelf(answer);
    }
    Optional<TaskView> task = taskAt(answer);
    if (task.isPresent()) {
      return byAddress(answer, task.get());
    }
    boolean wrong = !answer.version().isEmpty() && !answer.version().equals(spec.version());
    if (!wrong) {
      throw new NobodysAddressException(
          "a probe of %s was answered from %s, which is not yet known as the address of one of its tasks"
              .formatted(
                  spec.name(), answer.address().isEmpty() ? "no address" : answer.address()));
    }
    return bySelf(answer);
  }

  private Optional<TaskView> taskAt(Edge.Answer answer) {
    String address = answer.address().replaceFirst(":\\d+$", "");
    return tasks.get().stream()
        .filter(task -> task.is(TaskState.RUNNING))
        .filter(task -> !address.isEmpty() && task.address().equals(address))
        .findFirst();
  }

  private Answered bySelf(Edge.Answer answer) {
    boolean right = answer.version().equals(spec.version());
    return new Answered(
        answer.replica(), false, right ? Optional.empty() : Optional.of(misnamed(answer)));
  }

  private Answered byAddress(Edge.Answer answer, TaskView task) {
    return new Answered(task.id(), true, wrongAt(answer, task));
  }

  private Optional<String> wrongAt(Edge.Answer answer, TaskView task) {
    String from = "%s, the address of %s".formatted(answer.address(), task.title());
    if (!answer.version().isEmpty() && !answer.version().equals(task.version())) {
      return Optional.of("%s; it came from %s".formatted(misnamed(answer), from));
    }
    return task.version().equals(spec.version())
        ? Optional.empty()
        : Optional.of(
            "%s answered from %s, which runs %s instead of %s"
                .formatted(spec.name(), from, task.version(), spec.version()));
  }

  /** That an answer's header names another version than the service's own, or is missing. */
  private String misnamed(Edge.Answer answer) {
    String held =
        answer.version().isEmpty()
            ? "no header X-App-Version"
            : "\"X-App-Version: %s\"".formatted(answer.version());
    return "%s%s answered with %s instead of \"X-App-Version: %s\", by which the lab tells the versions apart%s"
        .formatted(
            spec.name(),
            answer.replica().isEmpty() ? "" : " (%s)".formatted(answer.replica()),
            held,
            spec.version(),
            balancing == Balancing.VIP
                ? " under balancing: vip, where a virtual address stands for all tasks"
                : "; under balancing: dnsrr it may send no such header, since the address tells");
  }
}
