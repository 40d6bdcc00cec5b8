package io.rolloutlab.analysis.versions;

import io.rolloutlab.analysis.cost.Tasks;
import io.rolloutlab.analysis.requests.Gaps;
import io.rolloutlab.analysis.requests.RequestTable;
import io.rolloutlab.analysis.run.Journal;
import io.rolloutlab.analysis.run.Span;
import io.rolloutlab.history.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Watches one version take over from the other. */
public final class TransitionAnalysis {
  /** Fewer requests say too little about what all are answered like. */
  static final int ANSWERS_TO_BE_SURE = 20;

  private final RequestTable table;
  private final Passage passage;
  private final Journal journal;
  private final Optional<Tasks> tasks;
  private final int oldVersion;
  private long firstNew = Long.MAX_VALUE;
  private long lastOld = Long.MIN_VALUE;
  private int newAfterLastOld;
  private boolean oldEverSeen;

  private TransitionAnalysis(
      RequestTable table, Passage passage, Journal journal, Optional<Tasks> tasks) {
    this.table = table;
    this.passage = passage;
    this.journal = journal;
    this.tasks = tasks;
    oldVersion = passage.isRollout() ? RequestTable.V1 : RequestTable.V2;
  }

  public static List<Transition> of(
      RequestTable table,
      List<Passage> passages,
      Journal journal,
      Optional<Tasks> tasks,
      Gaps gaps) {
    List<Transition> found = new ArrayList<>();
    for (Passage passage : passages) {
      Transition.Kind kind = kind(passage, found);
      found.add(new TransitionAnalysis(table, passage, journal, tasks).watch(kind, gaps));
    }
    return found;
  }

  /** To go back before everybody had v2 is to abort. */
  private static Transition.Kind kind(Passage passage, List<Transition> before) {
    if (passage.isRollout()) {
      return Transition.Kind.ROLLOUT;
    }
    boolean everybodyHadV2 =
        before.stream()
            .filter(transition -> transition.kind() == Transition.Kind.ROLLOUT)
            .reduce((first, last) -> last)
            .filter(Transition::tookOver)
            .isPresent();
    return everybodyHadV2 ? Transition.Kind.ROLLBACK : Transition.Kind.ABORT;
  }

  private Transition watch(Transition.Kind kind, Gaps gaps) {
    findAnswers();
    boolean oldSeen = lastOld != Long.MIN_VALUE;
    boolean newSeen = firstNew != Long.MAX_VALUE;
    OptionalLong replaced = tasksReplaced();
    boolean tookOver = newSeen && newAfterLastOld > 0 && tookOver(replaced);
    Served served = Served.of(table, passage, oldVersion, ANSWERS_TO_BE_SURE);
    return new Transition(
        kind,
        passage.label(),
        new Transition.Watched(passage.from(), passage.until()),
        new Transition.Answers(
            newSeen ? OptionalLong.of(firstNew) : OptionalLong.empty(),
            oldSeen ? OptionalLong.of(lastOld) : OptionalLong.empty()),
        tookOver,
        over(tookOver, served),
        replaced,
        newSeen && lastOld > firstNew ? Optional.of(new Span(firstNew, lastOld)) : Optional.empty(),
        table.failedShare(i -> passage.covers(table.sent[i])),
        gaps.longestOutage(passage.from(), passage.until()));
  }

  private Transition.Over over(boolean tookOver, Served served) {
    String notServed =
        !tookOver
            ? RequestTable.name(RequestTable.other(oldVersion)) + " did not take over"
            : oldEverSeen ? served.whyNot() : RequestTable.name(oldVersion) + " had never answered";
    boolean oldSeen = lastOld != Long.MIN_VALUE;
    return new Transition.Over(
        tookOver && oldEverSeen
            ? OptionalLong.of(oldSeen ? lastOld - passage.from() : 0)
            : OptionalLong.empty(),
        notServed.isEmpty() ? OptionalLong.of(served.afterMillis()) : OptionalLong.empty(),
        oldEverSeen ? served.lastUnservedAfterMillis() : OptionalLong.empty(),
        notServed);
  }

  private void findAnswers() {
    for (int i = 0; i < table.size; i++) {
      oldEverSeen |= table.version(i) == oldVersion && table.end[i] < passage.until();
      if (table.version(i) != 0 && passage.covers(table.end[i])) {
        if (table.version(i) == oldVersion) {
          lastOld = Math.max(lastOld, table.end[i]);
        } else {
          firstNew = Math.min(firstNew, table.end[i]);
        }
      }
    }
    for (int i = 0; i < table.size; i++) {
      boolean isNew = table.version(i) != 0 && table.version(i) != oldVersion;
      newAfterLastOld += isNew && table.end[i] > lastOld && passage.covers(table.end[i]) ? 1 : 0;
    }
  }

  /** What the edge says decides; where it says nothing, the tasks; without tasks, the answers. */
  private boolean tookOver(OptionalLong replaced) {
    Optional<Boolean> edge = edgeGivesAllToNew();
    if (edge.isPresent()) {
      return edge.get();
    }
    return tasks.filter(t -> !t.lives().isEmpty()).isPresent()
        ? replaced.isPresent()
        : newAfterLastOld >= ANSWERS_TO_BE_SURE;
  }

  private Optional<Boolean> edgeGivesAllToNew() {
    String old = RequestTable.name(oldVersion);
    return journal.edgeChanges().stream()
        .filter(change -> passage.covers(change.doneAtMillis()))
        .reduce((first, last) -> last)
        .map(Journal.EdgeChange::routes)
        .map(routes -> routes.stream().filter(route -> route.weight() > 0).toList())
        .filter(routes -> routes.stream().noneMatch(route -> route.version().isEmpty()))
        .map(routes -> routes.stream().map(Event.Route::version).noneMatch(old::equals));
  }

  private OptionalLong tasksReplaced() {
    long since = Long.MIN_VALUE;
    boolean replaced = false;
    for (Tasks.Running level : tasks.map(Tasks::running).orElse(List.of())) {
      if (level.atMillis() >= passage.until()) {
        break;
      }
      int old = oldVersion == RequestTable.V1 ? level.v1() : level.v2();
      boolean onlyNew = old == 0 && level.total() > 0;
      since = onlyNew && !replaced ? level.atMillis() : since;
      replaced = onlyNew;
    }
    return replaced ? OptionalLong.of(Math.max(0, since - passage.from())) : OptionalLong.empty();
  }
}
