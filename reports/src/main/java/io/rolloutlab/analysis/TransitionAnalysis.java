package io.rolloutlab.analysis;

import io.rolloutlab.history.Event;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Watches one version take over from the other. */
final class TransitionAnalysis {
  private static final int ANSWERS_TO_BE_SURE = 20;

  private final RequestTable table;
  private final Passage passage;
  private final Journal journal;
  private final Optional<Tasks> tasks;
  private final int oldVersion;
  private long firstNew = Long.MAX_VALUE;
  private long lastOld = Long.MIN_VALUE;
  private int newAfterLastOld;

  private TransitionAnalysis(
      RequestTable table, Passage passage, Journal journal, Optional<Tasks> tasks) {
    this.table = table;
    this.passage = passage;
    this.journal = journal;
    this.tasks = tasks;
    oldVersion = passage.isRollout() ? RequestTable.V1 : RequestTable.V2;
  }

  static List<Transition> of(
      RequestTable table,
      List<Passage> passages,
      Journal journal,
      Optional<Tasks> tasks,
      Gaps gaps) {
    return passages.stream()
        .map(passage -> new TransitionAnalysis(table, passage, journal, tasks).watch(gaps))
        .toList();
  }

  private Transition watch(Gaps gaps) {
    findAnswers();
    boolean oldSeen = lastOld != Long.MIN_VALUE;
    boolean newSeen = firstNew != Long.MAX_VALUE;
    OptionalLong replaced = tasksReplaced();
    boolean completed = newSeen && newAfterLastOld > 0 && tookOver(replaced);
    return new Transition(
        passage.kind(),
        passage.label(),
        passage.from(),
        passage.until(),
        newSeen ? OptionalLong.of(firstNew) : OptionalLong.empty(),
        oldSeen ? OptionalLong.of(lastOld) : OptionalLong.empty(),
        completed,
        completed ? OptionalLong.of(oldSeen ? lastOld - passage.from() : 0) : OptionalLong.empty(),
        replaced,
        newSeen && lastOld > firstNew ? Optional.of(new Span(firstNew, lastOld)) : Optional.empty(),
        table.failedShare(i -> passage.covers(table.sent[i])),
        gaps.longestOutage(passage.from(), passage.until()));
  }

  private void findAnswers() {
    for (int i = 0; i < table.size; i++) {
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
    String old = "v" + oldVersion;
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
