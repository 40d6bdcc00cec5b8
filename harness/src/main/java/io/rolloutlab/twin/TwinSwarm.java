package io.rolloutlab.twin;

import io.rolloutlab.history.TaskState;
import io.rolloutlab.scenario.app.ServiceMode;
import io.rolloutlab.testbed.ServiceSpec;
import io.rolloutlab.testbed.StepFailedException;
import io.rolloutlab.testbed.Swarm;
import io.rolloutlab.twin.manager.Books;
import io.rolloutlab.twin.manager.Orchestrator;
import io.rolloutlab.twin.model.Service;
import io.rolloutlab.twin.model.Task;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The services of the twin, as strategies order them. */
final class TwinSwarm implements Swarm {
  private static final int DIAGNOSED = 6;

  private final Books books;
  private final Orchestrator orchestrator;

  TwinSwarm(Books books, Orchestrator orchestrator) {
    this.books = books;
    this.orchestrator = orchestrator;
  }

  @Override
  public void create(ServiceSpec spec) {
    orchestrator.create(spec);
  }

  @Override
  public void update(ServiceSpec spec) {
    Service service = orchestrator.service(spec.name());
    ServiceSpec old = service.spec();
    orchestrator.change(service, old.with(spec.release()));
  }

  @Override
  public void rollBack(String service) {
    orchestrator.rollBack(orchestrator.service(service));
  }

  @Override
  public void scale(String name, int replicas) {
    Service service = orchestrator.service(name);
    ServiceSpec old = service.spec();
    if (old.mode() == ServiceMode.GLOBAL) {
      // A spec with both would be refused (moby daemon/cluster/convert/service.go).
      throw new StepFailedException(
          "service %s cannot be changed: must specify only one service mode".formatted(name));
    }
    orchestrator.change(service, old.sized(replicas));
  }

  @Override
  public void remove(String service) {
    orchestrator.remove(orchestrator.service(service));
  }

  @Override
  public ServiceView view(String name) {
    Service service = books.services().get(name);
    return service == null
        ? new ServiceView(List.of(), "", "")
        : new ServiceView(
            service.tasks().stream().map(Task::view).toList(),
            service.updateState(),
            service.updateMessage());
  }

  @Override
  public Progress progress(String name) {
    Service service = books.services().get(name);
    return service == null ? new Progress(Map.of(), "", "") : service.progress();
  }

  @Override
  public String diagnosis(String name) {
    Service service = books.services().get(name);
    return service == null
        ? ""
        : service.tasks().stream()
            .filter(
                task -> task.state() != TaskState.RUNNING || task.desired() == TaskState.SHUTDOWN)
            .sorted(Comparator.comparing(Task::slot).thenComparing(Task::id))
            .limit(DIAGNOSED)
            .map(TwinSwarm::inWords)
            .collect(Collectors.joining("\n"));
  }

  private static String inWords(Task task) {
    String trouble = task.app() == null ? "" : task.app().trouble();
    String head = task.view().inWords();
    return trouble.isEmpty() ? head : head + "\n" + trouble.indent(6).stripTrailing();
  }
}
