package io.rolloutlab.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.TaskRef;
import io.rolloutlab.scenario.app.AppPlan;
import io.rolloutlab.testbed.Swarm.ServiceView;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Looks of a real Swarm are in {@code LiveContractsIT}. */
class ClusterWatchTest {
  private static long changedAt(String state, String completedAt) throws JsonProcessingException {
    String end = completedAt.isEmpty() ? "" : ",\"CompletedAt\":\"%s\"".formatted(completedAt);
    return ClusterWatch.updateChangedAt(
        new ObjectMapper()
            .readTree(
                """
                {"UpdatedAt":"2026-05-01T10:00:20.5Z","UpdateStatus":
                {"State":"%s","StartedAt":"2026-05-01T10:00:01Z"%s}}"""
                    .formatted(state, end)));
  }

  private static long at(String time) {
    return Instant.parse("2026-05-01T10:00:" + time + "Z").toEpochMilli();
  }

  @Test
  void aTaskThatHadToBeKilledSaysSo() throws JsonProcessingException {
    ObjectMapper json = new ObjectMapper();

    assertThat(
            ListedTask.message(
                json.readTree(
                    """
                    {"State":"shutdown","Message":"shutdown","ContainerStatus":{"ExitCode":137}}""")))
        .isEqualTo("shutdown: non-zero exit (137)");
    assertThat(
            ListedTask.message(
                json.readTree(
                    """
                    {"State":"shutdown","Message":"shutdown","ContainerStatus":{"ExitCode":0}}""")))
        .isEqualTo("shutdown");
    assertThat(
            ListedTask.message(
                json.readTree(
                    """
                    {"State":"failed","Err":"task: non-zero exit (1)","ContainerStatus":{"ExitCode":1}}""")))
        .isEqualTo("task: non-zero exit (1)");
  }

  private static String listed(String id, String state) {
    return """
        {"ID":"%s","ServiceID":"s","Slot":1,"NodeID":"","DesiredState":"remove","Spec":{},
        "Status":{"State":"%s","Timestamp":"2026-05-01T10:00:20Z"}}"""
        .formatted(id, state);
  }

  @Test
  void aTaskThatSwarmForgetsHasEndedThough() throws JsonProcessingException {
    List<Event> events = new ArrayList<>();
    Deque<String> looks =
        new ArrayDeque<>(
            List.of(
                "[%s,%s]".formatted(listed("a", "running"), listed("b", "running")),
                "[%s]".formatted(listed("b", "shutdown")),
                "[]",
                "[]"));
    look(looks, events);

    assertThat(events.stream().map(Event.TaskChange.class::cast))
        .extracting(change -> change.task() + " " + change.state())
        .containsExactly("a running", "b running", "b shutdown", "a remove");
  }

  private static JsonNode parsed(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** Looks until all that Swarm lists has been seen. */
  private static void look(Deque<String> looks, List<Event> events) {
    ClusterWatch watch =
        new ClusterWatch(
            path ->
                parsed(
                    path.equals("/tasks")
                        ? looks.remove()
                        : path.equals("/nodes")
                            ? "[{\"ID\":\"n\",\"Description\":{\"Hostname\":\"workerN1\"}}]"
                            : "[]"),
            new Versions(AppPlan.DEFAULT, Map.of()),
            events::add,
            System::currentTimeMillis);
    while (!looks.isEmpty()) {
      watch.ordered();
      watch.view("s");
    }
  }

  /** Swarm goes on between the two questions of a look: here its last task comes up. */
  @Test
  void anUpdateThatIsOverIsNeverSeenWithTasksFromBeforeItsEnd() {
    AtomicInteger asked = new AtomicInteger();
    ClusterWatch watch =
        new ClusterWatch(
            path -> {
              boolean over = asked.getAndIncrement() > 0;
              return parsed(
                  path.equals("/tasks")
                      ? "[%s]".formatted(listed("a", over ? "running" : "starting"))
                      : "[%s]".formatted(updated(over ? "completed" : "updating")));
            },
            new Versions(AppPlan.DEFAULT, Map.of()),
            event -> {},
            System::currentTimeMillis);

    assertThat(watch.view("web"))
        .extracting(ServiceView::updateState, view -> view.tasks().get(0).state())
        .isEqualTo(List.of("updating", "running"));
  }

  /** The service is there from the second answer on: its task is listed before it is. */
  @Test
  void aServiceThatIsCreatedDuringALookHasItsNameThough() {
    AtomicInteger asked = new AtomicInteger();
    List<Event> events = new ArrayList<>();
    new ClusterWatch(
            path ->
                parsed(
                    asked.getAndIncrement() == 0
                        ? "[]"
                        : path.equals("/tasks")
                            ? "[%s]".formatted(listed("a", "running"))
                            : "[%s]".formatted(updated("updating"))),
            new Versions(AppPlan.DEFAULT, Map.of()),
            events::add,
            System::currentTimeMillis)
        .view("web");

    assertThat(events.stream().map(Event.TaskChange.class::cast))
        .extracting(Event.TaskChange::service)
        .containsExactly("web");
  }

  private static String updated(String state) {
    return """
        {"ID":"s","Spec":{"Name":"web"},"UpdatedAt":"2026-05-01T10:00:20Z","UpdateStatus":
        {"State":"%s","StartedAt":"2026-05-01T10:00:01Z","CompletedAt":"2026-05-01T10:00:20Z"}}"""
        .formatted(state);
  }

  private static String attached(String id, String node, String attachments) {
    return """
        {"ID":"%s","CreatedAt":"2026-05-01T10:00:18Z","ServiceID":"s","Slot":3,"NodeID":"%s",
        "DesiredState":"running","Spec":{},"NetworksAttachments":[%s],
        "Status":{"State":"running","Timestamp":"2026-05-01T10:00:20Z"}}"""
        .formatted(id, node, attachments);
  }

  /** With a published port under vip, each task is in the network of the routing mesh as well. */
  @Test
  void aTasksAddressIsThatInTheServicesNetworkAndIsToldOnce() {
    String both =
        """
        {"Network":{"Spec":{"Name":"ingress"}},"Addresses":["10.255.0.9/16"]},
        {"Network":{"Spec":{"Name":"lab"}},"Addresses":["10.0.1.7/24"]}""";
    List<Event> events = new ArrayList<>();

    look(
        new ArrayDeque<>(
            List.of(
                "[%s]".formatted(attached("a", "", both)),
                "[%s]".formatted(attached("a", "n", "")),
                "[%s]".formatted(attached("a", "n", both)),
                "[%s]".formatted(attached("a", "n", both)))),
        events);

    assertThat(events)
        .filteredOn(Event.TaskAddress.class::isInstance)
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("seenAtMillis")
        .containsExactly(
            new Event.TaskAddress(
                at("18"), 0, new TaskRef("a", "s", 3, "workerN1", ""), "10.0.1.7"));
  }

  private static String contained(String id, String node, String container) {
    return """
        {"ID":"%s","ServiceID":"s","Slot":3,"NodeID":"%s","DesiredState":"running","Spec":{},
        "Status":{"State":"running","Timestamp":"2026-05-01T10:00:20Z",
        "ContainerStatus":{"ContainerID":"%s"}}}"""
        .formatted(id, node, container);
  }

  /** By what the container itself takes for its host name. */
  @Test
  void aTasksContainerIsToldOnceByItsShortId() {
    List<Event> events = new ArrayList<>();

    look(
        new ArrayDeque<>(
            List.of(
                "[%s]".formatted(contained("a", "n", "")),
                "[%s]".formatted(contained("a", "n", "c0ffee0000010123456789abcdef")),
                "[%s]".formatted(contained("a", "n", "c0ffee0000010123456789abcdef")))),
        events);

    assertThat(events)
        .filteredOn(Event.TaskContainer.class::isInstance)
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("atMillis")
        .containsExactly(
            new Event.TaskContainer(0, new TaskRef("a", "s", 3, "workerN1", ""), "c0ffee000001"));
  }

  @Test
  void startAndEndHaveTimesOfTheirOwn() throws JsonProcessingException {
    assertThat(changedAt("updating", "")).isEqualTo(at("01"));
    assertThat(changedAt("completed", "2026-05-01T10:00:19Z")).isEqualTo(at("19"));
    assertThat(changedAt("rollback_completed", "2026-05-01T10:00:19Z")).isEqualTo(at("19"));
  }

  /** Swarm leaves the start of the update where it gives up. */
  @Test
  void aPauseOrARollbackIsWhenTheServiceWasWritten() throws JsonProcessingException {
    assertThat(changedAt("paused", "")).isEqualTo(at("20.5"));
    assertThat(changedAt("rollback_started", "")).isEqualTo(at("20.5"));
    assertThat(changedAt("rollback_paused", "")).isEqualTo(at("20.5"));
  }
}
