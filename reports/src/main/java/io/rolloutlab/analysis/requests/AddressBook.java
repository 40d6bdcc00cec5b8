package io.rolloutlab.analysis.requests;

import io.rolloutlab.history.Event;
import io.rolloutlab.history.History;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which task had which address when. Swarm gives an address to another task once its last one has
 * ended, so the address alone names no task: the time belongs to it.
 */
final class AddressBook {
  /**
   * How far the times of a task and of an answer may miss each other: a task answers some moments
   * before Swarm writes down that it runs, and a state that the lab did not see has the time of the
   * next one.
   */
  private static final long TOLERANCE_MILLIS = 2_000;

  private final Map<String, List<Holder>> byAddress = new HashMap<>();

  /**
   * A task that has an address from one moment up to another, milliseconds since 1970.
   *
   * @param untilMillis {@link Long#MAX_VALUE} where its end was not seen
   */
  record Holder(Event.TaskAddress task, long fromMillis, long untilMillis) {
    private boolean within(long from, long until) {
      return fromMillis <= until && from <= untilMillis;
    }

    private Holder from(long millis) {
      return new Holder(task, millis, untilMillis);
    }

    private Holder until(long millis) {
      return new Holder(task, fromMillis, millis);
    }
  }

  AddressBook(History history) {
    Map<String, Long> ends = new HashMap<>();
    history
        .events(Event.TaskChange.class)
        .filter(Event.TaskChange::ended)
        .forEach(end -> ends.merge(end.task(), end.atMillis(), Math::min));
    history
        .events(Event.TaskAddress.class)
        .sorted(Comparator.comparingLong(Event.TaskAddress::atMillis))
        .forEach(
            given ->
                give(
                    byAddress.computeIfAbsent(given.address(), its -> new ArrayList<>(1)),
                    new Holder(
                        given, given.atMillis(), ends.getOrDefault(given.task(), Long.MAX_VALUE))));
  }

  /** One task follows the other: who is made while the last one lives gets its address after it. */
  private static void give(List<Holder> holders, Holder next) {
    if (holders.isEmpty()) {
      holders.add(next);
      return;
    }
    Holder last = holders.get(holders.size() - 1);
    boolean lastEnded = last.untilMillis() < next.untilMillis();
    if (!lastEnded) {
      holders.set(holders.size() - 1, last.until(next.fromMillis()));
    }
    holders.add(lastEnded ? next.from(Math.max(next.fromMillis(), last.untilMillis())) : next);
  }

  /** Whether nobody wrote down who had which address, as no lab did in the beginning. */
  boolean isEmpty() {
    return byAddress.isEmpty();
  }

  /**
   * Who had an address at some time of a span, milliseconds since 1970; nobody, one task, or
   * several where it changed hands meanwhile.
   */
  List<Holder> holders(String address, long fromMillis, long untilMillis) {
    List<Holder> all = byAddress.getOrDefault(address, List.of());
    List<Holder> then = all.stream().filter(one -> one.within(fromMillis, untilMillis)).toList();
    return then.isEmpty()
        ? all.stream()
            .filter(
                one -> one.within(fromMillis - TOLERANCE_MILLIS, untilMillis + TOLERANCE_MILLIS))
            .toList()
        : then;
  }
}
