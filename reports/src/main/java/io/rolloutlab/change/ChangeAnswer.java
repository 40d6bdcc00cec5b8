package io.rolloutlab.change;

import io.rolloutlab.chance.Bootstrap;
import io.rolloutlab.chance.Margin;
import java.util.List;
import java.util.Locale;

/** The answer in sentences, and what it rests on. */
public final class ChangeAnswer {
  private ChangeAnswer() {}

  /** What changed, in a sentence or two. */
  public static String of(Changes changes) {
    long changed = changes.changed();
    int all = changes.measures().size();
    if (all == 0) {
      return "There is nothing to compare: no scenario has runs on both sides whose numbers can be"
          + " used.";
    }
    if (changed == 0) {
      return changes.tested() == 0
          ? "A and B are not told apart. With so few runs of each little can be: only large"
              + " differences show."
          : "A and B are not told apart: none of %s numbers differs by more than chance would make it."
              .formatted(all);
    }
    List<String> where =
        changes.scenarios().stream()
            .filter(one -> !one.changed().isEmpty())
            .map(one -> "%s (%s)".formatted(one.name(), one.changed().size()))
            .toList();
    return "%s of %s numbers %s told apart: in %s."
        .formatted(changed, all, changed == 1 ? "is" : "are", String.join(", ", where));
  }

  /** When a number is told apart, and how often that is a false alarm. */
  public static String howTold(Changes changes) {
    long tested = changes.tested();
    StringBuilder how = new StringBuilder();
    if (tested > 0) {
      how.append(
          ("Of %s numbers both sides have %s runs or more. A number is told apart where chance would"
                  + " put any of them as far apart in at most 5 of 100 comparisons without a change"
                  + " (the runs dealt anew %s times, seed %s; step-down maxT of Westfall and Young)."
                  + " Each looked at by itself at that level, some %s of them would be by chance"
                  + " alone. Intervals are of 95 %% and of one number alone, by %s draws of the runs"
                  + " with seed %s. That all"
                  + " runs of one side have a number and none of the other is told beside that. ")
              .formatted(
                  tested,
                  FewRuns.ENOUGH,
                  Reshuffled.DEALS,
                  Reshuffled.SEED,
                  String.format(Locale.ROOT, "%.1f", tested * Changes.LEVEL),
                  Bootstrap.DRAWS,
                  Bootstrap.SEED));
    }
    if (tested < changes.measures().size()) {
      how.append(
          ("%s numbers have fewer than %s runs on a side. There a number is told apart where every"
                  + " run of one side is beyond every run of the other, and the nearest two by the"
                  + " rule for single runs: shares of failures by their intervals, times by more than"
                  + " a second and a fifth of the longer one; single runs say nothing by latencies,"
                  + " costs and counts. How often that is chance is not known: four runs of each"
                  + " can tell, of many scenarios only more. ")
              .formatted(changes.measures().size() - tested, FewRuns.ENOUGH));
    }
    return how.append(Margin.RULE).toString();
  }
}
