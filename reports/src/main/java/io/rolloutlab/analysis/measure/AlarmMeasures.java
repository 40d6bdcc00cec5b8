package io.rolloutlab.analysis.measure;

import io.rolloutlab.analysis.alarm.Alarmed;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;

/** How long users are hurt where somebody watches the rollout and calls it back. */
public final class AlarmMeasures implements MeasureProvider {
  private static final List<Measure> ALL =
      List.of(
          time(
              "secondsToAlarm",
              "Time to detect",
              "Where the scenario has an alarm: the first request since x = 0 that is bad by its rule"
                  + " to the alarm",
              Alarmed::detectedAfterMillis,
              Table.COMPARISON,
              Table.MATRIX),
          time(
              "secondsToBack",
              "Time to back",
              "Where the scenario has an alarm: the order to go back to the moment from which on every"
                  + " request was answered well and by v1; no number where there was no order",
              Alarmed::backAfterMillis,
              Table.MATRIX),
          time(
              "secondsToServedAgain",
              "Harm until served again",
              "Where the scenario has an alarm: the same request to the moment from which on, after"
                  + " the order to go back, Swarm's own rollback, or the giving up of a step that"
                  + " waited in vain, every request was answered well and by v1",
              Alarmed::hurtForMillis,
              Table.COMPARISON));

  @Override
  public List<Measure> measures() {
    return ALL;
  }

  private static Measure time(
      String key,
      String label,
      String how,
      Function<Alarmed, OptionalLong> millis,
      Table... shownIn) {
    return new Heading(key, label, "s", 2, how)
        .readList(Alarmed.class, all -> seconds(all, millis))
        .lowestIsBest(Apart::times)
        .isHarm()
        .only(shownIn);
  }

  private static OptionalDouble seconds(List<Alarmed> all, Function<Alarmed, OptionalLong> millis) {
    return all.stream()
        .map(millis)
        .filter(OptionalLong::isPresent)
        .findFirst()
        .map(found -> Numbered.seconds(found.getAsLong()))
        .orElse(OptionalDouble.empty());
  }
}
