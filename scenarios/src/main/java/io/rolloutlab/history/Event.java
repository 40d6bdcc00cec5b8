package io.rolloutlab.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.rolloutlab.scenario.check.Durations;
import io.rolloutlab.scenario.update.UpdateEnd;
import io.rolloutlab.scenario.users.SplitBy;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Something that happened at a moment of a run, other than a request or a resource sample. What
 * others say in it (Swarm, logs of containers) is {@link PlainText}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Event.PhaseStarted.class, name = "phase"),
  @JsonSubTypes.Type(value = Event.AllUnderLoad.class, name = "all-under-load"),
  @JsonSubTypes.Type(value = Event.Step.class, name = "step"),
  @JsonSubTypes.Type(value = Event.TaskChange.class, name = "task"),
  @JsonSubTypes.Type(value = Event.TaskAddress.class, name = "address"),
  @JsonSubTypes.Type(value = Event.TaskContainer.class, name = "container"),
  @JsonSubTypes.Type(value = Event.UpdateChange.class, name = "update"),
  @JsonSubTypes.Type(value = Event.UpdateEnded.class, name = "update-end"),
  @JsonSubTypes.Type(value = Event.EdgeChange.class, name = "edge"),
  @JsonSubTypes.Type(value = Event.ShareHeld.class, name = "share"),
  @JsonSubTypes.Type(value = Event.Happened.class, name = "happened"),
  @JsonSubTypes.Type(value = Event.AlarmRang.class, name = "alarm"),
  @JsonSubTypes.Type(value = Event.CalledBack.class, name = "called-back"),
  @JsonSubTypes.Type(value = Event.GivenUp.class, name = "given-up"),
  @JsonSubTypes.Type(value = Event.Fault.class, name = "fault"),
  @JsonSubTypes.Type(value = Event.RunEnded.class, name = "end")
})
public sealed interface Event {
  /** When it happened, milliseconds since 1970. */
  long atMillis();

  /**
   * A phase starts, and the one before it ends.
   *
   * @param label for people, for example {@code roll back to v1}
   */
  record PhaseStarted(long atMillis, PhaseKind phase, String label) implements Event {}

  /**
   * The loads of all runs flow that are made at once; what starts the loads of others no longer
   * falls into what is measured of this one. Only of a run that others were made beside, and not in
   * histories of older labs.
   *
   * @param atMillis when the last one began, or had failed to
   */
  record AllUnderLoad(long atMillis) implements Event {}

  /**
   * Something was done to the system.
   *
   * @param label for people, for example {@code update pyapp to v2}
   * @param commands a person would type for it, one shell command an element; may be empty
   * @param edgeConfig the whole new configuration of the edge where the step wrote one, else empty
   */
  record Step(long atMillis, String label, List<String> commands, String edgeConfig)
      implements Event {
    public Step {
      label = PlainText.of(label);
      commands = List.copyOf(commands);
    }
  }

  /**
   * A task's state or desired state changed. States are Swarm's words: see {@link TaskState}; one
   * that this lab does not know is kept as it was said.
   *
   * @param atMillis the time Swarm gives the state
   * @param seenAtMillis when the lab saw it
   * @param task id
   * @param service name
   * @param slot of the service, from 1; 0 where it is global
   * @param node host name; empty while the task has none
   * @param version {@code v1} or {@code v2}; empty for services other than the app
   * @param state observed
   * @param desired state Swarm wants
   * @param message Swarm's error or message; may be empty
   */
  record TaskChange(
      long atMillis,
      long seenAtMillis,
      String task,
      String service,
      int slot,
      String node,
      String version,
      String state,
      String desired,
      String message)
      implements Event {
    public TaskChange {
      message = PlainText.of(message);
    }

    /** In parts; the file has them side by side. */
    public TaskChange(
        long atMillis,
        long seenAtMillis,
        TaskRef task,
        String state,
        String desired,
        String message) {
      this(
          atMillis,
          seenAtMillis,
          task.id(),
          task.service(),
          task.slot(),
          task.node(),
          task.version(),
          state,
          desired,
          message);
    }

    /** Whether the task is in a state. */
    public boolean is(TaskState its) {
      return its.word().equals(state);
    }

    /** Whether Swarm wants the task to be in a state. */
    public boolean isToBe(TaskState its) {
      return its.word().equals(desired);
    }

    /** Whether Swarm wants the task to run, now or when its turn has come. */
    public boolean wanted() {
      return isToBe(TaskState.RUNNING) || isToBe(TaskState.READY);
    }

    /** Whether a task does not come back from its state. */
    public boolean ended() {
      return TaskState.of(state).filter(TaskState::ended).isPresent();
    }

    /** Which task of its service it is; see {@link TaskName}. */
    public String name() {
      return TaskName.of(service, slot, node);
    }
  }

  /**
   * A task has an address in the network that the services share: the third witness of a request,
   * since the edge's log names the address that answered. It is the task's until the task has ended
   * ({@link TaskChange#ended}); then Swarm may give it to another one. Histories of older labs hold
   * none.
   *
   * @param atMillis since when at the latest: before that, the task can answer nothing
   * @param seenAtMillis when the lab saw it
   * @param task id
   * @param service name
   * @param slot of the service, from 1; 0 where it is global
   * @param node host name
   * @param version {@code v1} or {@code v2}; empty for services other than the app
   * @param address without a port, for example {@code 10.0.1.7}
   */
  record TaskAddress(
      long atMillis,
      long seenAtMillis,
      String task,
      String service,
      int slot,
      String node,
      String version,
      String address)
      implements Event {
    /** In parts; the file has them side by side. */
    public TaskAddress(long atMillis, long seenAtMillis, TaskRef task, String address) {
      this(
          atMillis,
          seenAtMillis,
          task.id(),
          task.service(),
          task.slot(),
          task.node(),
          task.version(),
          address);
    }

    /** Which task of its service it is; see {@link TaskName}. */
    public String name() {
      return TaskName.of(service, slot, node);
    }

    /** Which task it is. */
    public TaskRef ref() {
      return new TaskRef(task, service, slot, node, version);
    }
  }

  /**
   * A task has a container: the third witness of a request behind a virtual address (vip), where
   * the edge's log names the service alone, and the answer the container that gave it. Histories of
   * older labs hold none.
   *
   * @param atMillis when the lab saw it
   * @param task id
   * @param service name
   * @param slot of the service, from 1; 0 where it is global
   * @param node host name
   * @param version {@code v1} or {@code v2}; empty for services other than the app
   * @param container its short id, twelve hexadecimal digits, which is its host name unless the
   *     service says another one (moby {@code daemon/container.go}: generateHostname)
   */
  record TaskContainer(
      long atMillis,
      String task,
      String service,
      int slot,
      String node,
      String version,
      String container)
      implements Event {
    /** In parts; the file has them side by side. */
    public TaskContainer(long atMillis, TaskRef task, String container) {
      this(
          atMillis, task.id(), task.service(), task.slot(), task.node(), task.version(), container);
    }

    /** Which task it is. */
    public TaskRef ref() {
      return new TaskRef(task, service, slot, node, version);
    }
  }

  /**
   * The state of a service's update changed.
   *
   * @param state Swarm's: updating, paused, completed, rollback_started, rollback_paused,
   *     rollback_completed
   * @param message Swarm's
   */
  record UpdateChange(long atMillis, String service, String state, String message)
      implements Event {
    public UpdateChange {
      message = PlainText.of(message);
    }
  }

  /**
   * What came of an update or a rollback that was ordered: Swarm's decision is an outcome of a run,
   * not a failure of it.
   *
   * @param atMillis when the wait for it was over
   * @param orderedAtMillis when it was ordered
   * @param rollback whether a rollback was ordered; an update that Swarm rolls back itself is an
   *     update
   * @param end what came of it
   * @param message Swarm's last one; may be empty
   */
  record UpdateEnded(
      long atMillis,
      long orderedAtMillis,
      String service,
      boolean rollback,
      UpdateEnd end,
      String message)
      implements Event {
    public UpdateEnded {
      message = PlainText.of(message);
    }
  }

  /**
   * The edge serves by new routes.
   *
   * @param atMillis when the change was asked for
   * @param doneAtMillis when the new workers had taken over on every edge container
   * @param routes who gets how much from now on
   * @param mirror service that gets a copy of every request from now on; null when none does
   */
  record EdgeChange(long atMillis, long doneAtMillis, List<Route> routes, String mirror)
      implements Event {
    public EdgeChange {
      routes = List.copyOf(routes);
    }

    /** Without a mirror. */
    public EdgeChange(long atMillis, long doneAtMillis, List<Route> routes) {
      this(atMillis, doneAtMillis, routes, null);
    }
  }

  /**
   * A service behind the edge.
   *
   * @param service name
   * @param version it runs, as far as the lab decides it; empty while it is being updated
   * @param weight in percent of the requests that no other rule takes; 0 to 100
   * @param addresses networks whose requests all go there; may be empty
   * @param conditions on headers and cookies whose requests all go there, for people ({@code cookie
   *     canary=always}); may be empty
   */
  record Route(
      String service,
      String version,
      int weight,
      List<String> addresses,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> conditions) {
    public Route {
      addresses = List.copyOf(addresses);
      conditions = conditions == null ? List.of() : List.copyOf(conditions);
    }

    /** Without conditions on headers and cookies. */
    public Route(String service, String version, int weight, List<String> addresses) {
      this(service, version, weight, addresses, List.of());
    }
  }

  /**
   * A canary's weight was held, so the share of requests measured in that time can be compared.
   *
   * @param atMillis start: after the reload was done
   * @param untilMillis end: before the next change was asked for
   * @param canaryPercent the weight, 0 to 100
   * @param label for people, for example {@code pass 1, step 2: 30 %}
   * @param splitBy by what the edge decided who gets the canary; each request by itself where
   *     nothing is said, as in histories of older labs
   */
  record ShareHeld(
      long atMillis,
      long untilMillis,
      int canaryPercent,
      String label,
      @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = SplitBy.Unsaid.class)
          SplitBy splitBy)
      implements Event {
    public ShareHeld {
      splitBy = splitBy == null ? SplitBy.REQUEST : splitBy;
    }

    /** Each request by itself. */
    public ShareHeld(long atMillis, long untilMillis, int canaryPercent, String label) {
      this(atMillis, untilMillis, canaryPercent, label, SplitBy.REQUEST);
    }
  }

  /**
   * Something happened that the scenario asks for beside the rollout, of whatever kind. Who reads
   * it asks what it means, not which kind it is.
   *
   * @param atMillis when it was begun
   * @param untilMillis when it had been done: what is on a node had been killed, an order had been
   *     accepted
   * @param what the key of its kind in the scenario, for example {@code kill}
   * @param target what it was done to: the host name of a node, or the name of a service
   * @param effect what follows for who reads the record
   * @param detail for people, for example {@code workerN2 is lost}
   */
  record Happened(
      long atMillis, long untilMillis, String what, String target, Effect effect, String detail)
      implements Event {
    /** A node is lost at a moment: the one thing that could happen in earlier labs. */
    public static Happened nodeLost(long atMillis, String node) {
      return new Happened(atMillis, atMillis, "kill", node, Effect.NODE_GONE, node + " is lost");
    }

    /**
     * The node that is gone with it, for good: no task runs there from then on, whatever Swarm goes
     * on calling those that did.
     */
    public Optional<String> goneNode() {
      return effect == Effect.NODE_GONE ? Optional.of(target) : Optional.empty();
    }

    /**
     * Whether tasks on a node end because of it: they are told to stop, or their node is gone, and
     * others that replace them are no part of an update.
     *
     * @param node host name
     */
    public boolean endsTasksOn(String node) {
      return effect != Effect.NONE && target.equals(node);
    }
  }

  /** What follows from something that happened, for who reads the record. */
  enum Effect {
    /** Nothing but what Swarm itself says of it. */
    NONE,
    /** Its target is a node, which is gone with all that is on it; nobody tells Swarm. */
    NODE_GONE,
    /** Its target is a node; Swarm shuts down what is there, and runs it elsewhere if it can. */
    NODE_EMPTIED
  }

  /**
   * The alarm of the scenario rang: in the window that ended with what the edge had logged last,
   * too many requests were bad.
   *
   * @param atMillis when the lab knew
   * @param signal what was bad of them: {@code failed} or {@code slow}
   * @param of whose answers were counted: {@code all} or {@code v2}
   * @param bad how many were bad
   * @param requests how many were counted
   * @param abovePercent more than this share of them had to be
   * @param windowMillis how far back they were counted
   */
  record AlarmRang(
      long atMillis,
      String signal,
      String of,
      int bad,
      int requests,
      double abovePercent,
      long windowMillis)
      implements Event {
    /** What rang it, for people, a clause. */
    public String inWords() {
      BigDecimal above = BigDecimal.valueOf(abovePercent).stripTrailingZeros();
      return "%s of %s requests%s in %s %s, more than %s %%"
          .formatted(
              bad,
              requests,
              of.equals("all") ? "" : " to " + of,
              Durations.print(Duration.ofMillis(windowMillis)),
              signal.equals("slow") ? "were slow" : signal,
              above.toPlainString());
    }
  }

  /**
   * The order to go back, which follows the alarm after the reaction that the scenario gives it.
   *
   * @param atMillis when it was given
   * @param rangAtMillis when the alarm had rung
   */
  record CalledBack(long atMillis, long rangAtMillis) implements Event {}

  /**
   * A step of the way forward waited in vain (a service does not run, a smoke test fails), so that
   * the rollout is taken back: an outcome of a run, not a failure of it. In histories of earlier
   * labs the run failed there.
   *
   * @param atMillis when it was given up
   * @param waitedMillis how long the step had waited
   * @param what was waited for, for example {@code 4 of green-pyapp's tasks run v2}
   * @param missing in its first line what was missing last, then what the tasks say of their
   *     trouble
   */
  record GivenUp(long atMillis, long waitedMillis, String what, String missing) implements Event {
    public GivenUp {
      what = PlainText.of(what);
      missing = PlainText.of(missing);
    }

    /** How long was waited for what, for people, a clause. */
    public String inWords() {
      return String.format(
          Locale.ROOT,
          "given up after %.1f s: %s (%s)",
          waitedMillis / 1e3,
          what,
          missing.lines().findFirst().orElse("nothing is known"));
    }
  }

  /**
   * Something failed that the run did not ask for.
   *
   * @param what class of fault, for example {@code task failed}
   * @param detail for people
   * @param spoils whether it makes the record itself doubtful, so that the run cannot pass: a
   *     witness that is incomplete, or something left behind; a task that fails is part of what is
   *     measured
   */
  record Fault(long atMillis, String what, String detail, boolean spoils) implements Event {
    public Fault {
      detail = PlainText.of(detail);
    }
  }

  /**
   * The run is over.
   *
   * @param cause for people; empty when completed
   */
  record RunEnded(long atMillis, End end, String cause) implements Event {
    public RunEnded {
      cause = PlainText.of(cause);
    }
  }

  /** How a run ended. */
  enum End {
    /** Every step was taken. */
    COMPLETED,
    /** A step could not be taken, or took longer than its limit. */
    FAILED,
    /** Somebody stopped it. */
    INTERRUPTED
  }
}
