package io.rolloutlab.html.run;

import io.rolloutlab.analysis.DeliveredAnalyses;
import io.rolloutlab.analysis.causes.Causes;
import io.rolloutlab.analysis.causes.slow.SlowCauses;
import io.rolloutlab.analysis.run.Evidence;
import io.rolloutlab.analysis.run.Numbers;
import io.rolloutlab.analysis.way.Way;
import io.rolloutlab.scenario.check.Records;
import io.rolloutlab.text.Figures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A part of the findings for which no page has a place of its own: a table of its components.
 *
 * @param title how people call it
 * @param cause why it is not known; empty when it is
 * @param columns names of the components of each element; empty where it is one record, whose
 *     components are rows
 * @param rows as text; a row too many for a page is left out
 * @param leftOut how many those are
 */
public record OtherPart(
    String title, String cause, List<String> columns, List<List<String>> rows, int leftOut) {
  private static final int MOST_ROWS = 50;
  private static final int DECIMALS = 3;

  /** Those that say something: a list without an element does not. */
  static List<OtherPart> of(Evidence run) {
    Set<String> placed = DeliveredAnalyses.keys();
    Set<Class<?>> told = Set.of(Causes.class, SlowCauses.class, Way.class);
    return run.parts().stream()
        .filter(found -> !placed.contains(found.key()) && !told.contains(found.type()))
        .filter(found -> !found.part().known().filter(List.of()::equals).isPresent())
        .map(OtherPart::of)
        .toList();
  }

  private static OtherPart of(Evidence.Found found) {
    String title = Numbers.capital(found.words());
    Optional<?> known = found.part().known();
    if (known.isEmpty()) {
      return new OtherPart(title, found.part().cause(), List.of(), List.of(), 0);
    }
    return known.get() instanceof List<?> list
        ? ofList(title, found.type(), list)
        : ofOne(title, found.type(), known.get());
  }

  /** An element a row. */
  private static OtherPart ofList(String title, Class<?> type, List<?> list) {
    return new OtherPart(
        title,
        "",
        names(type),
        list.stream().limit(MOST_ROWS).map(one -> values(type, one)).toList(),
        Math.max(0, list.size() - MOST_ROWS));
  }

  /** A component a row. */
  private static OtherPart ofOne(String title, Class<?> type, Object one) {
    List<String> names = names(type);
    List<String> values = values(type, one);
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      rows.add(List.of(names.get(i), values.get(i)));
    }
    return new OtherPart(title, "", List.of(), rows, 0);
  }

  private static List<String> names(Class<?> type) {
    return type.isRecord()
        ? Arrays.stream(type.getRecordComponents()).map(c -> words(c.getName())).toList()
        : List.of("value");
  }

  private static List<String> values(Class<?> type, Object one) {
    return type.isRecord()
        ? Arrays.stream(type.getRecordComponents()).map(c -> text(Records.value(c, one))).toList()
        : List.of(text(one));
  }

  /** From {@code atMillis} to {@code at millis}. */
  private static String words(String name) {
    return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }

  private static String text(Object value) {
    if (value == null) {
      return Figures.NONE;
    } else if (value instanceof Optional<?> some) {
      return some.map(OtherPart::text).orElse(Figures.NONE);
    } else if (value instanceof OptionalDouble some) {
      return some.isPresent() ? text(some.getAsDouble()) : Figures.NONE;
    } else if (value instanceof OptionalLong some) {
      return some.isPresent() ? text(some.getAsLong()) : Figures.NONE;
    } else if (value instanceof OptionalInt some) {
      return some.isPresent() ? text(some.getAsInt()) : Figures.NONE;
    } else if (value instanceof Double number) {
      return number == Math.rint(number)
          ? Figures.FIGURES.number(number, 0)
          : Figures.FIGURES.number(number, DECIMALS);
    }
    return value instanceof Enum<?> constant ? Figures.FIGURES.word(constant) : value.toString();
  }
}
