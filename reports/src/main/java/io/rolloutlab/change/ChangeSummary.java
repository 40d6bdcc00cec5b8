package io.rolloutlab.change;

import io.rolloutlab.text.ConsoleLines;
import java.util.ArrayList;
import java.util.List;

/** What changed, for the console. */
public final class ChangeSummary {
  private ChangeSummary() {}

  /**
   * The settings that differ and the numbers that are told apart; a line's end behind every line.
   */
  public static String of(Changes changes) {
    List<String> lines = new ArrayList<>();
    if (changes.simulated()) {
      lines.add("SIMULATED: no Docker was used.");
      lines.add("");
    }
    lines.add(wrapped("A: " + changes.a().words(), ""));
    lines.add(wrapped("B: " + changes.b().words(), ""));
    lines.add("");
    lines.add(wrapped(ChangeAnswer.of(changes), ""));
    for (ScenarioChange scenario : changes.scenarios()) {
      lines.add("");
      scenario(scenario, lines);
    }
    lines.add("");
    changes.unpaired().forEach(one -> lines.add(wrapped(one + ": it is not compared", "")));
    lines.add(wrapped(ChangeAnswer.howTold(changes), ""));
    return String.join("\n", lines) + "\n";
  }

  private static void scenario(ScenarioChange scenario, List<String> lines) {
    lines.add(
        "%s (%s and %s runs): %s of %s numbers have changed"
            .formatted(
                scenario.name(),
                scenario.a().size(),
                scenario.b().size(),
                scenario.changed().size(),
                scenario.measures().size()));
    scenario
        .settings()
        .all()
        .forEach(one -> lines.add(wrapped("set otherwise: " + one.line(List.of("A", "B")), "  ")));
    scenario.leftOut().forEach(one -> lines.add(wrapped("left out: " + one, "  ")));
    String a = ChangeWords.counted(scenario.outcomesOfA());
    String b = ChangeWords.counted(scenario.outcomesOfB());
    if (!a.equals(b)) {
      lines.add(wrapped("what came of it: %s / %s".formatted(a, b), "  "));
    }
    for (MeasureChange one : scenario.changed()) {
      lines.add(
          wrapped(
              "%s: %s%s"
                  .formatted(
                      one.measure().heading().label(), ChangeWords.verdict(one), fromTo(one)),
              "  "));
    }
  }

  private static String fromTo(MeasureChange one) {
    return one.difference().isEmpty()
        ? ""
        : ", from %s to %s".formatted(ChangeWords.meanOfA(one), ChangeWords.meanOfB(one));
  }

  private static String wrapped(String text, String before) {
    return ConsoleLines.wrapped(text, before, before + "  ");
  }
}
