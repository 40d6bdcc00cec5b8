package io.rolloutlab.analysis.way;

import io.rolloutlab.analysis.cost.Tasks;
import io.rolloutlab.analysis.requests.Reconciliation;
import io.rolloutlab.analysis.requests.RequestTable;
import io.rolloutlab.analysis.requests.TaskWitness;
import io.rolloutlab.analysis.requests.Witnesses;
import io.rolloutlab.analysis.run.HistoryAnalysis;
import io.rolloutlab.analysis.run.Inquiry;
import io.rolloutlab.history.History;
import java.util.List;
import java.util.Map;

/** Finds out which way the requests of a run took. */
public final class WayAnalysis implements HistoryAnalysis<Way> {
  @Override
  public String key() {
    return "way";
  }

  @Override
  public String words() {
    return "way of the requests";
  }

  @Override
  public Class<?> type() {
    return Way.class;
  }

  @Override
  public Way of(Inquiry run) {
    History history = run.history();
    RequestTable table = run.part(RequestTable.class).orThrow();
    Witnesses witnesses = run.part(Witnesses.class).orThrow();
    TaskWitness tasks = run.part(Reconciliation.class).orThrow().tasks();
    EdgeTally tally = new EdgeTally(history);
    for (int i = 0; i < table.size; i++) {
      tally.add(table, witnesses, i);
    }
    return new Way(
        new Way.Load(table.size, table.users()),
        EdgePort.of(history),
        tally.logged(),
        tasks.asked(),
        behind(new BehindEdge(history), tally, tasks.asked()),
        tasks.answers() - tasks.named(),
        new Way.Stops(
            run.part(Tasks.class).known().map(its -> its.killed().stopped()).orElse(0),
            tally.answersAfterStop()));
  }

  private static List<Way.Behind> behind(
      BehindEdge edge, EdgeTally tally, TaskWitness.Asked asked) {
    return switch (asked) {
      case YES -> edge.tasks(tally.byTask(), Map.of());
      case CONTAINER -> edge.tasks(tally.byTask(), tally.addressOf());
      case VIRTUAL -> edge.addresses(tally.byAddress());
      case NOT_RECORDED -> edge.versions(tally.byAddress());
    };
  }
}
