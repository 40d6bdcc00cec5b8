package io.rolloutlab.html.change;

import static io.rolloutlab.text.Figures.FIGURES;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.cost.MachineUse;
import io.rolloutlab.change.ChangeAnswer;
import io.rolloutlab.change.ChangeWords;
import io.rolloutlab.change.Changes;
import io.rolloutlab.change.MeasureChange;
import io.rolloutlab.change.ScenarioChange;
import io.rolloutlab.change.Side;
import io.rolloutlab.text.Figures;
import java.util.ArrayList;
import java.util.List;

/**
 * What changed, as its page shows it.
 *
 * @param answer in a sentence or two
 * @param howTold when a number is told apart
 * @param sections one a scenario
 */
public record ChangeView(Changes changes, String answer, String howTold, List<Section> sections) {
  public ChangeView {
    sections = List.copyOf(sections);
  }

  /**
   * A scenario.
   *
   * @param id unique in the page
   * @param settings that differ, a line each
   * @param outcomeOfA what came of A's rollouts
   * @param outcomeOfB what came of B's
   * @param verdictOfA A's verdicts
   * @param verdictOfB B's verdicts
   * @param lines one a number; those that have changed come first
   * @param runs of both sides
   */
  public record Section(
      ScenarioChange scenario,
      String id,
      List<String> settings,
      String outcomeOfA,
      String outcomeOfB,
      String verdictOfA,
      String verdictOfB,
      List<Line> lines,
      List<OneRun> runs) {
    public Section {
      settings = List.copyOf(settings);
      lines = List.copyOf(lines);
      runs = List.copyOf(runs);
    }
  }

  /**
   * A number.
   *
   * @param label with its unit
   * @param a A's mean
   * @param spreadOfA from the least to the most of A's runs; may be empty
   * @param b B's mean
   * @param spreadOfB of B's runs
   * @param difference B minus A, with its interval
   * @param verdict what can be said
   * @param ranks what the rank test says of this number alone
   * @param chance how often chance would show as much, all numbers looked at together
   */
  public record Line(
      MeasureChange change,
      String label,
      String a,
      String spreadOfA,
      String b,
      String spreadOfB,
      String difference,
      String verdict,
      String ranks,
      String chance,
      DotStrip strip) {
    static Line of(MeasureChange change) {
      return new Line(
          change,
          ChangeWords.label(change),
          ChangeWords.meanOfA(change),
          ChangeWords.spread(change.a(), change),
          ChangeWords.meanOfB(change),
          ChangeWords.spread(change.b(), change),
          ChangeWords.difference(change),
          ChangeWords.verdict(change),
          ChangeWords.ranks(change),
          ChangeWords.chance(change),
          DotStrip.of(change));
    }

    /** Whether it is a change. */
    public boolean told() {
      return change.telling().isChange();
    }
  }

  /**
   * A run with its conditions.
   *
   * @param side its letter
   * @param busy share of the processors in use since x = 0; a dash where nobody looked
   */
  public record OneRun(String side, Findings run, String busy) {}

  /** The view of a comparison. */
  public static ChangeView of(Changes changes) {
    List<Section> sections = new ArrayList<>();
    for (ScenarioChange one : changes.scenarios()) {
      sections.add(section(one, "scenario-" + (sections.size() + 1)));
    }
    return new ChangeView(
        changes, ChangeAnswer.of(changes), ChangeAnswer.howTold(changes), sections);
  }

  private static Section section(ScenarioChange one, String id) {
    List<Line> lines = new ArrayList<>();
    one.changed().forEach(change -> lines.add(Line.of(change)));
    one.measures().stream()
        .filter(change -> !change.telling().isChange())
        .forEach(change -> lines.add(Line.of(change)));
    List<OneRun> runs = new ArrayList<>();
    one.a().forEach(run -> runs.add(new OneRun(Side.A, run, busy(run))));
    one.b().forEach(run -> runs.add(new OneRun(Side.B, run, busy(run))));
    return new Section(
        one,
        id,
        one.settings().all().stream().map(each -> each.line(List.of(Side.A, Side.B))).toList(),
        ChangeWords.counted(one.outcomesOfA()),
        ChangeWords.counted(one.outcomesOfB()),
        ChangeWords.counted(one.verdictsOfA()),
        ChangeWords.counted(one.verdictsOfB()),
        lines,
        runs);
  }

  private static String busy(Findings run) {
    return run.machine()
        .known()
        .flatMap(MachineUse::sinceRollout)
        .map(use -> FIGURES.percent(use.busy()))
        .orElse(Figures.NONE);
  }
}
