package io.rolloutlab.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rolloutlab.calibration.Calibrated;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.TaskState;
import io.rolloutlab.scenario.app.RestartPlan;
import io.rolloutlab.scenario.app.ServiceMode;
import io.rolloutlab.scenario.update.Order;
import io.rolloutlab.scenario.update.SwarmUpdates;
import io.rolloutlab.scenario.update.UpdatePlan;
import io.rolloutlab.testbed.Availability;
import io.rolloutlab.testbed.ServiceSpec;
import io.rolloutlab.twin.clock.Chance;
import io.rolloutlab.twin.clock.EventQueue;
import io.rolloutlab.twin.clock.TwinTimeline;
import io.rolloutlab.twin.manager.Books;
import io.rolloutlab.twin.manager.Orchestrator;
import io.rolloutlab.twin.manager.Restarts;
import io.rolloutlab.twin.manager.Scheduler;
import io.rolloutlab.twin.model.App;
import io.rolloutlab.twin.model.CoresAndMemory;
import io.rolloutlab.twin.model.Knobs;
import io.rolloutlab.twin.model.Node;
import io.rolloutlab.twin.model.Service;
import io.rolloutlab.twin.model.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the manager makes of orders and reports, one rule at a time: the tests play the agents. */
class ManagerRulesTest {
  private static final long SECOND_MICROS = 1_000_000;
  private static final ServiceSpec.Release V2 = new ServiceSpec.Release("v2", "pyapp:v2", Map.of());
  private static final ServiceSpec.Release NEXT_V2 =
      new ServiceSpec.Release("v2", "pyapp:v2", Map.of("MODE", "new"));
  private static final UpdatePlan START_FIRST =
      plan(Order.START_FIRST, UpdatePlan.FailureAction.PAUSE);

  private final EventQueue queue = new EventQueue();
  private final List<Event> events = new ArrayList<>();
  private final Books books = new Books(queue, new TwinTimeline(queue, () -> false), events::add);
  private final Chance chance = new Chance(1, "test");
  private final Node one = new Node(0, "name1", false, CoresAndMemory.NONE, Map.of());
  private final Node two = new Node(1, "name2", false, CoresAndMemory.NONE, Map.of());
  private final Restarts restarts = new Restarts(queue, books, chance);
  private final Orchestrator orchestrator =
      new Orchestrator(queue, books, restarts, List.of(one, two), chance);

  /** One slot at a time without a delay, and a second of monitor. */
  private static UpdatePlan plan(Order order, UpdatePlan.FailureAction action) {
    return new UpdatePlan(1, Duration.ZERO, order, Duration.ofSeconds(1), null, action);
  }

  private static ServiceSpec replicated(int replicas, UpdatePlan plan) {
    return with(plan, TestTasks.make(replicas));
  }

  private static ServiceSpec global(String... constraints) {
    return TestTasks.spec("pyapp", ServiceMode.GLOBAL, constraints);
  }

  private static ServiceSpec with(UpdatePlan plan, ServiceSpec spec) {
    return with(spec.upkeep(), new SwarmUpdates(plan, plan), spec);
  }

  private static ServiceSpec with(RestartPlan plan, ServiceSpec spec) {
    return with(new ServiceSpec.Upkeep(spec.stopGrace(), plan, null), spec.updates(), spec);
  }

  private static ServiceSpec with(
      ServiceSpec.Upkeep upkeep, SwarmUpdates updates, ServiceSpec spec) {
    return new ServiceSpec(
        spec.name(),
        spec.release(),
        spec.mode(),
        spec.replicas(),
        spec.placement(),
        spec.reserve(),
        spec.limits(),
        spec.listening(),
        upkeep,
        updates);
  }

  private Scheduler scheduler() {
    return new Scheduler(queue, books, List.of(one, two), chance);
  }

  private Service created(ServiceSpec spec) {
    orchestrator.create(spec);
    settle();
    return orchestrator.service(spec.name());
  }

  private void changed(Service service, ServiceSpec spec) {
    orchestrator.change(service, spec);
    settle();
  }

  /** Lets happen what follows at once. */
  private void settle() {
    queue.run(0);
  }

  private void drained(Node node) {
    node.availability(Availability.DRAIN);
    restarts.nodeDrained(node);
  }

  private void given(Task task, Node node) {
    books.state(task, TaskState.PENDING, "test");
    books.assign(task, node);
    settle();
  }

  private void runs(Task task, Node node) {
    given(task, node);
    reports(task, TaskState.STARTING);
    reports(task, TaskState.RUNNING);
  }

  private void reports(Task task, TaskState state) {
    books.state(task, state, "test");
    settle();
  }

  private static Task only(Service service) {
    assertThat(service.tasks()).hasSize(1);
    return service.tasks().get(0);
  }

  private static Task last(Service service) {
    return service.tasks().get(service.tasks().size() - 1);
  }

  private <E extends Event> Stream<E> recorded(Class<E> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast);
  }

  @Test
  void aNewTaskWasLastHeardOfWhenItWasMade() {
    queue.run(3 * SECOND_MICROS);

    assertThat(only(created(TestTasks.make(1))).heardOfMicros()).isEqualTo(3 * SECOND_MICROS);
  }

  @Test
  void theTwinRefusesToGiveATaskToANodeThatTakesNone() {
    Task task = only(created(TestTasks.make(1)));
    one.availability(Availability.PAUSE);

    assertThatThrownBy(() -> given(task, one))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("it is given to a node that is down or takes none: name1");
  }

  @Test
  void theAddressAndTheContainerOfATaskAreRecorded() {
    Task task = only(created(TestTasks.make(1)));
    given(task, two);
    task.app(
        new App(
            queue,
            Calibrated.DELIVERED.settings(),
            chance,
            () -> 0,
            Knobs.of(Map.of()),
            "c0ffee",
            "10.0.1.7"));

    books.address(task);

    assertThat(recorded(Event.TaskAddress.class))
        .singleElement()
        .matches(told -> told.task().equals(task.id()) && told.node().equals("name2"))
        .extracting(Event.TaskAddress::address)
        .isEqualTo("10.0.1.7");

    books.container(task);

    assertThat(recorded(Event.TaskContainer.class))
        .singleElement()
        .matches(told -> told.task().equals(task.id()) && told.node().equals("name2"))
        .extracting(Event.TaskContainer::container)
        .isEqualTo("c0ffee");
  }

  @Test
  void aTaskThatNoAgentHasEndsWhenItIsToldTo() {
    Service service = created(TestTasks.make(2));
    Task surplus = last(service);

    changed(service, TestTasks.make(1));

    assertThat(surplus.state()).isEqualTo(TaskState.SHUTDOWN);
    assertThat(only(service)).isNotSameAs(surplus);
  }

  /** The service goes while a task of it is still on its way out. */
  @Test
  void aTaskIsToldOnceThatItIsToBeRemoved() {
    Service service = created(TestTasks.make(2));
    List<Task> tasks = service.tasks();
    runs(tasks.get(0), one);
    runs(tasks.get(1), two);
    changed(service, TestTasks.make(1));

    orchestrator.remove(service);
    settle();

    assertThat(recorded(Event.TaskChange.class).filter(to -> to.desired().equals("remove")))
        .extracting(Event.TaskChange::task)
        .containsExactlyInAnyOrder(tasks.get(0).id(), tasks.get(1).id());
  }

  @Test
  void ofARemovedServiceWhatHasEndedIsForgottenAtOnceAndWhatRunsWithItsEnd() {
    Service service = created(TestTasks.make(2));
    List<Task> tasks = service.tasks();
    runs(tasks.get(0), one);
    runs(tasks.get(1), two);
    reports(tasks.get(0), TaskState.FAILED);
    assertThat(service.tasks()).hasSize(3);

    orchestrator.remove(service);
    settle();
    assertThat(service.tasks()).containsExactly(tasks.get(1));

    reports(tasks.get(1), TaskState.SHUTDOWN);
    assertThat(service.tasks()).isEmpty();
  }

  @Test
  void aServiceThatIsRemovedBeforeTheManagerLooksAtItGetsNoTasks() {
    orchestrator.create(TestTasks.make(2));
    Service service = orchestrator.service("pyapp");

    orchestrator.remove(service);
    settle();

    assertThat(service.tasks()).isEmpty();
    assertThat(events).isEmpty();
  }

  /** Its new task ends with the service, which is no failure of the update. */
  @Test
  void theUpdateOfARemovedServiceIsOver() {
    Service service = created(TestTasks.make(2));
    service.tasks().forEach(task -> runs(task, one));
    changed(service, service.spec().with(V2));

    orchestrator.remove(service);
    queue.run(60 * SECOND_MICROS);

    assertThat(recorded(Event.UpdateChange.class))
        .extracting(Event.UpdateChange::state)
        .containsExactly("updating");
  }

  /** deleteTasksMap; what still runs is forgotten when it has ended. */
  @Test
  void ofASlotThatIsNobodysWhatHasEndedIsForgottenWithTheNextLook() {
    Service service = created(TestTasks.make(2));
    Task kept = service.tasks().get(0);
    Task failed = service.tasks().get(1);
    runs(kept, one);
    runs(failed, two);
    reports(failed, TaskState.FAILED);
    queue.run(10 * SECOND_MICROS);
    Task successor = last(service);
    runs(successor, two);
    changed(service, TestTasks.make(1));
    assertThat(service.tasks()).containsExactly(kept, failed, successor);

    changed(service, TestTasks.make(1));

    assertThat(service.tasks()).containsExactly(kept, successor);
  }

  /** Drained, a node loses the task that was made for it and is not there yet. */
  @Test
  void aTaskThatWaitsForItsNodeIsGivenUpWhenThatIsDrained() {
    Service service = created(global());
    Task ofOne = service.tasks().get(0);
    Task ofTwo = service.tasks().get(1);

    drained(one);

    assertThat(ofOne.desired()).isEqualTo(TaskState.SHUTDOWN);
    assertThat(ofTwo.desired()).isEqualTo(TaskState.RUNNING);
  }

  @Test
  void aGlobalServiceHasNoTaskWhereItsConstraintsAreNotMetAnyMore() {
    Service service = created(global());
    Task ofOne = service.tasks().get(0);
    Task ofTwo = service.tasks().get(1);
    runs(ofOne, one);
    runs(ofTwo, two);

    changed(service, global("node.hostname != name1"));

    assertThat(ofOne.desired()).isEqualTo(TaskState.SHUTDOWN);
    assertThat(ofTwo.desired()).isEqualTo(TaskState.RUNNING);
  }

  /** The service is changed before the manager has heard of the drain. */
  @Test
  void aGlobalServiceHasNoTaskOnADrainedNode() {
    Service service = created(global());
    Task ofOne = service.tasks().get(0);
    runs(ofOne, one);
    one.availability(Availability.DRAIN);

    changed(service, global());

    assertThat(ofOne.desired()).isEqualTo(TaskState.SHUTDOWN);
    assertThat(service.tasks()).hasSize(2);
  }

  @Test
  void anActiveNodeKeepsTheTaskThatIsOfTheServicesMake() {
    Service service = created(global("node.hostname == name1"));
    Task task = only(service);
    runs(task, one);

    orchestrator.nodeActive(one);
    settle();

    assertThat(only(service)).isSameAs(task);
    assertThat(task.desired()).isEqualTo(TaskState.RUNNING);
  }

  /** reconcileOneNode: no update takes part, and so nothing waits for anything. */
  @Test
  void aNodeThatWasPausedDuringTheUpdateGetsTheNewTaskWhenItIsActive() {
    Service service = created(global("node.hostname == name1"));
    Task old = only(service);
    runs(old, one);
    one.availability(Availability.PAUSE);
    changed(service, service.spec().with(V2));
    assertThat(only(service).desired()).isEqualTo(TaskState.RUNNING);

    one.availability(Availability.ACTIVE);
    orchestrator.nodeActive(one);
    settle();

    assertThat(service.tasks()).hasSize(2);
    assertThat(old.desired()).isEqualTo(TaskState.SHUTDOWN);
    assertThat(last(service).desired()).isEqualTo(TaskState.RUNNING);
    assertThat(last(service).spec().version()).isEqualTo("v2");
    assertThat(recorded(Event.UpdateChange.class)).isEmpty();
  }

  @Test
  void ofTwoTasksOnANodeThatIsActiveTheOldOneGoes() {
    Service service = created(with(START_FIRST, global("node.hostname == name1")));
    Task old = only(service);
    runs(old, one);
    changed(service, service.spec().with(V2));
    Task fresh = last(service);
    assertThat(old.wanted()).isTrue();

    orchestrator.nodeActive(one);
    settle();

    assertThat(service.tasks()).containsExactly(old, fresh);
    assertThat(old.desired()).isEqualTo(TaskState.SHUTDOWN);
    assertThat(fresh.desired()).isEqualTo(TaskState.RUNNING);
  }

  /** waitRestart does not look at the node again. */
  @Test
  void aTaskThatWasHeldBackWhenItsNodeWasDrainedIsReplacedThoughTheNodeIsActiveAgain() {
    Service service = created(TestTasks.make(1));
    Task failed = only(service);
    runs(failed, one);
    reports(failed, TaskState.FAILED);
    Task heldBack = last(service);
    given(heldBack, two);
    drained(two);
    two.availability(Availability.ACTIVE);

    queue.run(5 * SECOND_MICROS - 1);
    assertThat(heldBack.desired()).isEqualTo(TaskState.READY);
    queue.run(1);

    assertThat(heldBack.desired()).isEqualTo(TaskState.SHUTDOWN);
    assertThat(service.tasks()).hasSize(3);
    assertThat(last(service).wanted()).isTrue();
  }

  @Test
  void whatIsOnADrainedNodeIsReplacedWhenItHasEndedWithoutTheRestartDelay() {
    Service service = created(TestTasks.make(1));
    Task old = only(service);
    runs(old, one);
    drained(one);
    settle();
    Task fresh = last(service);
    assertThat(fresh.desired()).isEqualTo(TaskState.READY);

    reports(old, TaskState.SHUTDOWN);

    assertThat(fresh.desired()).isEqualTo(TaskState.RUNNING);
  }

  /** The one attempt was made at the beginning, in place of a task that had failed at once. */
  @ParameterizedTest
  @CsvSource({"9999999, 2", "10000000, 3"})
  void anAttemptCountsForItsWindowAndNoLonger(long endMicros, int made) {
    RestartPlan plan = new RestartPlan(null, null, 1, Duration.ofSeconds(10));
    Service service = created(with(plan, TestTasks.make(1)));
    Task failed = only(service);
    runs(failed, one);
    reports(failed, TaskState.FAILED);
    Task fresh = last(service);
    queue.run(6 * SECOND_MICROS);
    runs(fresh, one);
    queue.runUntil(endMicros);

    reports(fresh, TaskState.FAILED);

    assertThat(service.tasks()).hasSize(made);
  }

  /** Only what was made before a task's end counts against another one in its place. */
  @Test
  void anAttemptThatIsTurnedAwayInTheMomentOfItsMakingDoesNotCountYet() {
    RestartPlan plan = new RestartPlan(null, null, 1, Duration.ofSeconds(10));
    Service service = created(with(plan, TestTasks.make(1)));
    Task failed = only(service);
    runs(failed, one);
    reports(failed, TaskState.FAILED);
    Task turnedAway = last(service);
    given(turnedAway, one);
    reports(turnedAway, TaskState.REJECTED);

    queue.run(5 * SECOND_MICROS);

    assertThat(turnedAway.wanted()).isFalse();
    assertThat(last(service)).isNotSameAs(turnedAway);
    assertThat(last(service).wanted()).isTrue();
  }

  /** Of one replica, which keeps two tasks in its slot, after two updates that do not end. */
  private Service withThreeTasks(RestartPlan.Condition condition) {
    RestartPlan plan = new RestartPlan(condition, null, 1, null);
    Service service = created(with(plan, replicated(1, START_FIRST)));
    ServiceSpec first = service.spec();
    runs(only(service), one);
    changed(service, first.with(V2));
    given(last(service), two);
    changed(service, first.with(NEXT_V2));
    queue.run(SECOND_MICROS);
    assertThat(service.tasks()).hasSize(3).allMatch(Task::wanted);
    return service;
  }

  /** tick: with more than one that lives the slot is looked at again. */
  @Test
  void whatLivesInALongSlotIsForgottenWhenItHasEnded() {
    Service service = withThreeTasks(RestartPlan.Condition.ANY);
    List<Task> tasks = service.tasks();
    changed(service, tasks.get(0).spec());
    reports(tasks.get(1), TaskState.SHUTDOWN);
    assertThat(service.tasks()).hasSize(3);

    queue.run(SECOND_MICROS / 2);

    assertThat(service.tasks()).hasSize(2).contains(tasks.get(0));
  }

  @Test
  void whoEndedFirstIsForgottenFirstWhoeverIsOlder() {
    Service service = withThreeTasks(RestartPlan.Condition.NONE);
    List<Task> tasks = service.tasks();
    reports(tasks.get(1), TaskState.FAILED);
    queue.run(100_000);
    reports(tasks.get(0), TaskState.FAILED);

    queue.run(SECOND_MICROS / 2);

    assertThat(service.tasks()).containsExactly(tasks.get(0), tasks.get(2));
  }

  /** Only a monitor that is longer than the delay is left as it is (updater.go: Run). */
  @Test
  void aMonitorAsLongAsTheDelayIsMadeASecondLonger() {
    Duration both = Duration.ofSeconds(1);
    UpdatePlan plan = new UpdatePlan(1, both, Order.START_FIRST, both, null, null);
    Service service = created(replicated(1, plan));
    runs(only(service), one);
    changed(service, service.spec().with(V2));
    runs(last(service), two);

    queue.run(3 * SECOND_MICROS - 1);
    assertThat(service.updateState()).isEqualTo("updating");

    queue.run(1);
    assertThat(service.updateState()).isEqualTo("completed");
  }

  @ParameterizedTest
  @CsvSource({"1000000, paused", "1000001, updating"})
  void aFailureCountsUpToTheMonitorsLastMoment(long ageMicros, String state) {
    Duration monitor = Duration.ofSeconds(1);
    UpdatePlan plan =
        new UpdatePlan(1, Duration.ofSeconds(10), Order.START_FIRST, monitor, null, null);
    Service service = created(replicated(2, plan));
    service.tasks().forEach(task -> runs(task, one));
    changed(service, service.spec().with(V2));
    Task fresh =
        service.tasks().stream()
            .filter(task -> task.spec().version().equals("v2"))
            .findFirst()
            .orElseThrow();
    runs(fresh, two);
    queue.run(ageMicros);

    reports(fresh, TaskState.FAILED);

    assertThat(service.updateState()).isEqualTo(state);
  }

  /** It decides once no further task has come for 50 ms (commitDebounceGap). */
  @Test
  void theSchedulerWaitsForTheTasksThatComeShortlyAfter() {
    scheduler();
    Task first = only(created(TestTasks.spec("first", ServiceMode.REPLICATED)));
    queue.run(30_000);
    Task second = only(created(TestTasks.spec("second", ServiceMode.REPLICATED)));

    queue.run(49_999);
    assertThat(List.of(first, second)).allMatch(task -> task.state() == TaskState.PENDING);

    queue.run(1);
    assertThat(List.of(first, second)).allMatch(task -> task.state() == TaskState.ASSIGNED);
  }

  @ParameterizedTest
  @CsvSource({"FAILED, 1", "REJECTED, 1", "COMPLETE, 0", "SHUTDOWN, 0"})
  void aNodeHasAFailureOfATaskThatFailedOrWasTurnedAway(TaskState end, int failures) {
    scheduler();
    Service service = created(TestTasks.make(1));
    Task task = only(service);
    queue.run(SECOND_MICROS);
    Node node = task.node();

    reports(task, end);

    assertThat(node.failures(service.spec(), queue.nowMicros())).isEqualTo(failures);
  }

  /** Its node is drained before the scheduler has heard of the task. */
  private Task madeForOneAndNotWanted() {
    orchestrator.create(global("node.hostname == name1"));
    queue.after(0, () -> drained(one));
    queue.run(SECOND_MICROS);
    return only(orchestrator.service("pyapp"));
  }

  @Test
  void aTaskThatIsMadeForANodeWaitsForItThoughItIsNotWantedAnyMore() {
    Scheduler scheduler = scheduler();
    Task task = madeForOneAndNotWanted();
    assertThat(task.state()).isEqualTo(TaskState.PENDING);
    assertThat(task.desired()).isEqualTo(TaskState.SHUTDOWN);

    one.availability(Availability.ACTIVE);
    scheduler.nodeChanged();
    queue.run(SECOND_MICROS);

    assertThat(task.state()).isEqualTo(TaskState.ASSIGNED);
    assertThat(one.tasks()).containsExactly(task);
  }

  @Test
  void theTaskOfAServiceThatIsRemovedMeanwhileDoesNotWaitForItsNode() {
    Scheduler scheduler = scheduler();
    Task task = madeForOneAndNotWanted();
    orchestrator.remove(task.service());

    one.availability(Availability.ACTIVE);
    scheduler.nodeChanged();
    queue.run(SECOND_MICROS);

    assertThat(task.state()).isEqualTo(TaskState.SHUTDOWN);
    assertThat(one.tasks()).isEmpty();
  }

  /** useExistingTask: best one that is wanted to run. */
  @Test
  void ofTwoNewTasksInASlotTheOneThatMayNotStartYetGoes() {
    Service service = created(replicated(1, START_FIRST));
    Task old = only(service);
    runs(old, one);
    changed(service, service.spec().with(V2));
    Task fresh = last(service);
    reports(old, TaskState.FAILED);
    Task heldBack = last(service);
    runs(fresh, two);

    queue.run(SECOND_MICROS);

    assertThat(service.tasks()).containsExactly(old, fresh, heldBack);
    assertThat(fresh.desired()).isEqualTo(TaskState.RUNNING);
    assertThat(heldBack.desired()).isEqualTo(TaskState.SHUTDOWN);
  }

  /** Two updates that have not come to an end, and then back. */
  @Test
  void allOthersOfASlotGoWhenTheFirstMakeIsAskedForAgain() {
    Service service = created(replicated(1, START_FIRST));
    ServiceSpec first = service.spec();
    Task old = only(service);
    runs(old, one);
    changed(service, first.with(V2));
    changed(service, first.with(NEXT_V2));
    assertThat(service.tasks()).hasSize(3).allMatch(Task::wanted);

    changed(service, first);

    assertThat(service.tasks().stream().filter(Task::wanted)).containsExactly(old);
  }

  /** Its node turns it away while the old task is still ending. */
  @Test
  void aNewTaskThatEndsBeforeItMayStartDoesNotHoldUpTheUpdate() {
    UpdatePlan plan = plan(Order.STOP_FIRST, UpdatePlan.FailureAction.CONTINUE);
    Service service = created(replicated(2, plan));
    List<Task> old = service.tasks();
    old.forEach(task -> runs(task, one));
    changed(service, service.spec().with(V2));
    Task ending = old.stream().filter(task -> !task.wanted()).findFirst().orElseThrow();
    Task fresh = service.inSlot(ending.slot()).get(1);
    given(fresh, two);
    reports(fresh, TaskState.REJECTED);
    assertThat(old).filteredOn(Task::wanted).hasSize(1);

    reports(ending, TaskState.SHUTDOWN);

    assertThat(old).noneMatch(Task::wanted);
  }

  @Test
  void updateAndRollbackSayWhichOfThemHasCompleted() {
    Service service = created(replicated(1, START_FIRST));
    runs(only(service), one);
    changed(service, service.spec().with(V2));
    runs(last(service), two);
    queue.run(SECOND_MICROS);

    orchestrator.rollBack(service);
    settle();
    runs(last(service), one);
    queue.run(SECOND_MICROS);

    assertThat(recorded(Event.UpdateChange.class))
        .extracting(Event.UpdateChange::message)
        .containsExactly(
            "update in progress",
            "update completed",
            "manually requested rollback",
            "rollback completed");
  }
}
