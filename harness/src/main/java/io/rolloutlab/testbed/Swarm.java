package io.rolloutlab.testbed;

import io.rolloutlab.history.TaskRef;
import io.rolloutlab.history.TaskState;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The services of a Swarm. Every order returns when Swarm has accepted it, not when it is carried
 * out: wait for that on the {@link Timeline} with {@link #progress}. An order that Swarm refuses,
 * or to a service that does not exist, throws {@link StepFailedException}, which names the service.
 */
public interface Swarm {
  /** Creates a service; its name must be free. */
  void create(ServiceSpec spec);

  /** Gives a service another version: image and environment of the spec, by its update settings. */
  void update(ServiceSpec spec);

  /**
   * Takes a service back to its previous spec, by its rollback settings; there is none before the
   * first change. To do so again takes back the rollback.
   */
  void rollBack(String service);

  /** Sets the number of replicas; a global service has none, so that is refused. */
  void scale(String service, int replicas);

  /** Removes a service: {@link #view} knows it no longer, and its tasks are shut down. */
  void remove(String service);

  /**
   * How the service stands right now; tasks that are gone from Swarm's books are not in it, and
   * there is nothing in it of a service that does not exist.
   */
  ServiceView view(String service);

  /** How far a service is: what is asked again and again while it is waited for. */
  default Progress progress(String service) {
    return view(service).progress();
  }

  /**
   * What the tasks of a service say of their own trouble: errors, last lines of their logs; empty
   * when none has any.
   */
  String diagnosis(String service);

  /**
   * A service at one moment.
   *
   * @param tasks of any state
   * @param updateState Swarm's word ({@code updating}, {@code completed}, {@code paused}, ...);
   *     empty before the first update, and after a change that updates no task
   * @param updateMessage what Swarm says of it
   */
  record ServiceView(List<TaskView> tasks, String updateState, String updateMessage) {
    public ServiceView {
      tasks = List.copyOf(tasks);
    }

    /** How many tasks run a version and are meant to. */
    public long running(String version) {
      return progress().running(version);
    }

    Progress progress() {
      return new Progress(
          tasks.stream()
              .filter(task -> task.is(TaskState.RUNNING) && task.isToBe(TaskState.RUNNING))
              .collect(Collectors.groupingBy(TaskView::version, Collectors.counting())),
          updateState,
          updateMessage);
    }
  }

  /**
   * A service at one moment, without its tasks.
   *
   * @param running version → how many tasks run it and are meant to
   * @param updateState Swarm's word, as in {@link ServiceView}
   * @param updateMessage what Swarm says of it
   */
  record Progress(Map<String, Long> running, String updateState, String updateMessage) {
    public Progress {
      running = Map.copyOf(running);
    }

    /** How many tasks run a version and are meant to. */
    public long running(String version) {
      return running.getOrDefault(version, 0L);
    }
  }

  /**
   * A task at one moment.
   *
   * @param ref which one. A task of a global service is made for its node
   * @param state that it is in, in Swarm's word
   * @param desired state that Swarm wants it to be in, in Swarm's word
   * @param attached what it has to run with
   * @param message Swarm's error or message
   */
  record TaskView(TaskRef ref, String state, String desired, Attached attached, String message) {
    /**
     * What a task has to run with.
     *
     * @param container id; empty while it has none
     * @param address in the network that the services share, without a port; empty while it has
     *     none. A task that has ended may still name the address that it had
     */
    public record Attached(String container, String address) {}

    /** {@link TaskRef#id}. */
    public String id() {
      return ref.id();
    }

    /** {@link TaskRef#service}. */
    public String service() {
      return ref.service();
    }

    /** {@link TaskRef#slot}. */
    public int slot() {
      return ref.slot();
    }

    /** {@link TaskRef#node}; empty while it has none. */
    public String node() {
      return ref.node();
    }

    /** {@link TaskRef#version}; empty for services other than the app. */
    public String version() {
      return ref.version();
    }

    /** {@link Attached#container}; empty while it has none. */
    public String container() {
      return attached.container();
    }

    /** {@link Attached#address}; empty while it has none. */
    public String address() {
      return attached.address();
    }

    /** Whether it is in a state. */
    public boolean is(TaskState its) {
      return its.word().equals(state);
    }

    /** Whether Swarm wants it to be in a state. */
    public boolean isToBe(TaskState its) {
      return its.word().equals(desired);
    }

    /** Whether it does not come back from its state. */
    public boolean ended() {
      return TaskState.of(state).filter(TaskState::ended).isPresent();
    }

    /** The same, when Swarm does not list it any more. */
    public TaskView gone() {
      return new TaskView(
          ref, TaskState.REMOVE.word(), desired, attached, "Swarm does not list it any more");
    }

    /** Which it is, for people: {@code pyapp.3 (v1) on workerN1}, {@code pyapp.workerN1 (v1)}. */
    public String title() {
      return ref.name()
          + (version().isEmpty() ? "" : " (" + version() + ")")
          + (slot() == 0 ? "" : " on " + (node().isEmpty() ? "no node" : node()));
    }

    /** Its state, for people. */
    public String inWords() {
      return "  %s is %s, wanted %s: %s".formatted(title(), state, desired, message);
    }

    /** That it failed, for people. */
    public String failure() {
      return "%s: %s".formatted(title(), message);
    }
  }
}
