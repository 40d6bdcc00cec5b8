package io.rolloutlab.sweep;

import java.util.ArrayList;
import java.util.List;

/** The answer for the console. */
public final class SweepSummary {
  private SweepSummary() {}

  /** The question, and for each condition what to take; a line's end behind every line. */
  public static String of(SweepResult result) {
    SweepWords words = SweepWords.of(result.sweep());
    List<String> lines = new ArrayList<>();
    lines.add("SIMULATED: no Docker was used.");
    lines.add("");
    lines.add(result.sweep().question().replaceAll("\\p{Cntrl}", " "));
    result.cases().forEach(one -> lines.addAll(lines(words, one)));
    return String.join("\n", lines) + "\n";
  }

  private static List<String> lines(SweepWords words, CaseResult one) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(words.condition(one.condition()) + ":");
    if (one.best().isEmpty()) {
      lines.add("  no setting came to its end: " + one.points().get(0).trouble());
    }
    String warning = words.warning(one.condition());
    if (!warning.isEmpty() && !one.answers().isEmpty()) {
      lines.add("  WARNING: " + warning);
    }
    for (Answer answer : one.answers()) {
      lines.add("  %s:".formatted(answer.wish()));
      lines.add("    " + words.setting(answer.point().setting()));
      lines.add("    " + words.outcome(answer.point()));
    }
    if (!words.room(one).isEmpty()) {
      lines.add("  " + words.room(one));
    }
    if (!one.unusable().isEmpty() && !one.best().isEmpty()) {
      lines.add(
          "  %s of %s settings did not come to their end, for example %s: %s"
              .formatted(
                  one.unusable().size(),
                  one.points().size(),
                  words.setting(one.unusable().get(0).setting()),
                  one.unusable().get(0).trouble()));
    }
    return lines;
  }
}
