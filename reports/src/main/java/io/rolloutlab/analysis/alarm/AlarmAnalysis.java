package io.rolloutlab.analysis.alarm;

import io.rolloutlab.analysis.requests.RequestTable;
import io.rolloutlab.analysis.run.HistoryAnalysis;
import io.rolloutlab.analysis.run.Inquiry;
import io.rolloutlab.analysis.versions.Served;
import io.rolloutlab.analysis.versions.Transition;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.History;
import io.rolloutlab.history.UpdateState;
import io.rolloutlab.scenario.AlarmPlan;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Puts the harm, the alarm, the order and the end of the harm on the time axis. */
public final class AlarmAnalysis implements HistoryAnalysis<List<Alarmed>> {
  private static final Set<UpdateState> PAUSES = EnumSet.of(UpdateState.PAUSED);

  /** A short one may have ended before the lab looked again. */
  private static final Set<UpdateState> ROLLS_BACK =
      EnumSet.of(
          UpdateState.ROLLBACK_STARTED,
          UpdateState.ROLLBACK_PAUSED,
          UpdateState.ROLLBACK_COMPLETED);

  @Override
  public String key() {
    return "alarms";
  }

  @Override
  public String words() {
    return "alarm";
  }

  @Override
  public Class<?> type() {
    return Alarmed.class;
  }

  /** One element where the scenario has somebody look, none where it has nobody. */
  @Override
  public List<Alarmed> of(Inquiry run) {
    History history = run.history();
    if (!history.manifest().scenario().mayBeCalledBack()) {
      return List.of();
    }
    long zero = run.timeline().zeroAtEpochMillis();
    Optional<Event.AlarmRang> rang = history.events(Event.AlarmRang.class).findFirst();
    OptionalLong alarm = at(rang, zero);
    OptionalLong order = at(history.events(Event.CalledBack.class).findFirst(), zero);
    RequestTable table = run.part(RequestTable.class).orThrow();
    OptionalLong harm = harm(table, history.manifest().scenario().alarm());
    OptionalLong given = at(history.events(Event.GivenUp.class).findFirst(), zero);
    OptionalLong turned =
        Stream.of(order, given, rolledBack(history, zero))
            .flatMapToLong(OptionalLong::stream)
            .findFirst();
    OptionalLong served = served(table, run.list(Transition.class).orThrow(), turned);
    return List.of(
        new Alarmed(
            harm,
            alarm,
            order,
            served,
            between(harm, alarm),
            between(order, served),
            between(harm, served),
            first(history, zero, order, given),
            rang.map(Event.AlarmRang::inWords).orElse("")));
  }

  private static OptionalLong at(Optional<? extends Event> event, long zero) {
    return event.map(its -> OptionalLong.of(its.atMillis() - zero)).orElse(OptionalLong.empty());
  }

  /** Nothing where the second came before the first. */
  private static OptionalLong between(OptionalLong from, OptionalLong to) {
    return from.isPresent() && to.isPresent() && to.getAsLong() >= from.getAsLong()
        ? OptionalLong.of(to.getAsLong() - from.getAsLong())
        : OptionalLong.empty();
  }

  private static OptionalLong harm(RequestTable table, AlarmPlan plan) {
    long slow =
        Optional.ofNullable(plan.slowerThan()).map(Duration::toMillis).orElse(Long.MAX_VALUE);
    OptionalLong first = OptionalLong.empty();
    for (int i = 0; i < table.size; i++) {
      boolean bad = table.failed(i) || table.ok(i) && table.end[i] - table.sent[i] > slow;
      boolean counted = plan.of() == AlarmPlan.Whose.ALL || table.version(i) != RequestTable.V1;
      if (bad && counted && table.sent[i] >= 0 && table.sent[i] < first.orElse(Long.MAX_VALUE)) {
        first = OptionalLong.of(table.sent[i]);
      }
    }
    return first;
  }

  /**
   * By the way back that was under way when it was turned round, or was gone after that; empty
   * where nobody turned round: a way back that the file plans ends no harm sooner.
   */
  private static OptionalLong served(
      RequestTable table, List<Transition> ways, OptionalLong turned) {
    return ways.stream()
        .filter(way -> way.kind() != Transition.Kind.ROLLOUT)
        .filter(way -> turned.isPresent() && way.watchedUntilMillis() > turned.getAsLong())
        .findFirst()
        .map(way -> Served.byV1(table, way))
        .orElse(OptionalLong.empty());
  }

  /** When Swarm began to roll back by itself; empty where it did not. */
  private static OptionalLong rolledBack(History history, long zero) {
    return byItself(history, zero, OptionalLong.empty(), ROLLS_BACK);
  }

  /** When Swarm first went into one of these states; what it does after an order it is told to. */
  private static OptionalLong byItself(
      History history, long zero, OptionalLong order, Set<UpdateState> states) {
    LongStream rollbacks =
        history
            .events(Event.UpdateEnded.class)
            .filter(Event.UpdateEnded::rollback)
            .mapToLong(ended -> ended.orderedAtMillis() - zero);
    String service = history.appService();
    long ordered = LongStream.concat(order.stream(), rollbacks).min().orElse(Long.MAX_VALUE);
    return history
        .events(Event.UpdateChange.class)
        .filter(change -> change.service().equals(service))
        .filter(change -> UpdateState.of(change.state()).filter(states::contains).isPresent())
        .mapToLong(change -> change.atMillis() - zero)
        .filter(at -> at < ordered)
        .findFirst();
  }

  private static Alarmed.First first(
      History history, long zero, OptionalLong order, OptionalLong given) {
    if (byItself(history, zero, order, ROLLS_BACK).isPresent()) {
      return Alarmed.First.SWARM_ROLLED_BACK;
    } else if (byItself(history, zero, order, PAUSES).isPresent()) {
      return Alarmed.First.SWARM_PAUSED;
    } else if (order.isPresent()) {
      return Alarmed.First.ALARM;
    }
    return given.isPresent() ? Alarmed.First.GIVEN_UP : Alarmed.First.NOBODY;
  }
}
