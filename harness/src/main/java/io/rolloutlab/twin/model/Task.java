package io.rolloutlab.twin.model;

import io.rolloutlab.history.TaskRef;
import io.rolloutlab.history.TaskState;
import io.rolloutlab.testbed.PlacementRules;
import io.rolloutlab.testbed.ServiceSpec;
import io.rolloutlab.testbed.Swarm.TaskView;
import io.rolloutlab.twin.manager.Books;

/** A task in the manager's books. Only {@link Books} changes its state. */
public final class Task {
  private final String id;
  private final Service service;
  private final int slot;
  private final Node madeFor;
  private final ServiceSpec spec;
  private TaskState state = TaskState.NEW;
  private TaskState desired;
  private String message = "created";
  private final Constraints constraints;
  private final CoresAndMemory reserved;
  private long heardOfMicros;
  private Node node;
  private App app;

  /**
   * @param spec the service's present one
   */
  public Task(String id, Service service, int slot, ServiceSpec spec, TaskState desired) {
    this(id, service, slot, null, spec, desired);
  }

  private Task(
      String id, Service service, int slot, Node madeFor, ServiceSpec spec, TaskState desired) {
    this.id = id;
    this.service = service;
    this.slot = slot;
    this.madeFor = madeFor;
    this.spec = spec;
    constraints = service.constraints();
    reserved = CoresAndMemory.of(spec.reserve());
    this.desired = desired;
  }

  /** One of a global service, which belongs to its node from the beginning. */
  public static Task madeFor(Node node, String id, Service service, TaskState desired) {
    return new Task(id, service, slotOf(node), node, service.spec(), desired);
  }

  /** Another one in its place, by the service's present spec. */
  public Task successor(String itsId, TaskState itsDesired) {
    return new Task(itsId, service, slot, madeFor, service.spec(), itsDesired);
  }

  /** What stands for a node among the slots of a global service (global.go: SlotTuple). */
  public static int slotOf(Node node) {
    return node.number() + 1;
  }

  public String id() {
    return id;
  }

  public Service service() {
    return service;
  }

  /** Tasks that follow each other have one; of a global service it is {@link #slotOf}. */
  public int slot() {
    return slot;
  }

  /** As Swarm tells it: 0 for all tasks of a global service. */
  public int shownSlot() {
    return madeFor == null ? slot : 0;
  }

  /** The node of a task of a global service, though it need not be there yet; else null. */
  public Node madeFor() {
    return madeFor;
  }

  /** Of the node that it is on or is made for; empty without one. */
  public String hostname() {
    Node its = node == null ? madeFor : node;
    return its == null ? "" : its.hostname();
  }

  /** What it was made from; the service's may be newer. */
  public ServiceSpec spec() {
    return spec;
  }

  /** Where it may be. */
  public PlacementRules rules() {
    return spec.placement();
  }

  /** Those among its rules, read. */
  public Constraints constraints() {
    return constraints;
  }

  /** On its node, from when it is given to it until it has ended. */
  public CoresAndMemory reserved() {
    return reserved;
  }

  public TaskState state() {
    return state;
  }

  public TaskState desired() {
    return desired;
  }

  /** When the manager last heard of its state; at first, when it was made. */
  public long heardOfMicros() {
    return heardOfMicros;
  }

  public void heardOf(long micros) {
    heardOfMicros = micros;
  }

  /** That it was given to; null while it has none. */
  public Node node() {
    return node;
  }

  /** Null until its container starts. */
  public App app() {
    return app;
  }

  /** Whether it is still wanted: ready or running. */
  public boolean wanted() {
    return !desired.ended();
  }

  /** Whether it runs and is meant to. */
  private boolean serves() {
    return state == TaskState.RUNNING && desired == TaskState.RUNNING;
  }

  public void state(TaskState now, String why) {
    boolean served = serves();
    state = now;
    message = why;
    tellService(served);
  }

  public void desired(TaskState now) {
    boolean served = serves();
    desired = now;
    tellService(served);
  }

  private void tellService(boolean served) {
    if (serves() != served) {
      service.serving(spec.version(), served ? -1 : 1);
    }
  }

  public void node(Node its) {
    node = its;
  }

  public void app(App its) {
    app = its;
  }

  public String message() {
    return message;
  }

  /** Which it is. */
  public TaskRef ref() {
    return new TaskRef(id, service.name(), shownSlot(), hostname(), spec.version());
  }

  public TaskView view() {
    return new TaskView(
        ref(),
        state.word(),
        desired.word(),
        new TaskView.Attached(app == null ? "" : app.container(), app == null ? "" : app.address()),
        message);
  }
}
