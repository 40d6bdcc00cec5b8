package io.rolloutlab.html.run;

import static io.rolloutlab.text.Figures.FIGURES;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.run.RunTimeline;
import io.rolloutlab.analysis.versions.CanaryStep;
import io.rolloutlab.analysis.versions.UserRule;
import io.rolloutlab.chart.Frame;
import io.rolloutlab.compare.Comparison;
import io.rolloutlab.html.part.Conditions;
import io.rolloutlab.html.part.Figure;
import io.rolloutlab.html.part.RunFrame;
import io.rolloutlab.text.Figures;
import io.rolloutlab.text.Runs;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the page of a run shows beside its findings.
 *
 * @param name of the run and its page
 * @param simulated whether no Docker was used
 * @param played images that the simulated Swarm did not run; empty for a real run
 * @param tiles the most telling of its numbers in the comparison
 * @param figures charts over time
 * @param shares null unless weights were held
 * @param rules for some users
 * @param phases with letters and numbers
 * @param latencies by phase, both kinds of connections apart
 * @param causes why requests failed, and why they were slow; only what there is to say
 * @param baselines this run minus each baseline of the report; empty for a baseline
 * @param otherParts of the findings that have no place of their own
 * @param said by Swarm and the edge
 * @param conditions name and value
 * @param way which way a request took, and what would be different in the other mode
 * @param scenario as YAML
 */
public record RunView(
    String name,
    boolean simulated,
    List<String> played,
    Findings findings,
    List<Tile> tiles,
    List<Figure> figures,
    Figure shares,
    List<Rule> rules,
    List<PhaseRow> phases,
    List<LatencyRow> latencies,
    List<CausesShown> causes,
    List<BaselineRow> baselines,
    List<OtherPart> otherParts,
    List<Said> said,
    List<Conditions.Condition> conditions,
    WayShown way,
    String scenario) {
  private static final int MOST_USERS_NAMED = 20;

  /** The measures shown at the top; all of them are in the comparison. */
  private static final Set<String> HEADLINES =
      Set.of(
          "errorPercent",
          "usersHurtPercent",
          "tasksKilled",
          "longestOutageSeconds",
          "p99Millis",
          "rolloutSeconds",
          "rollbackSeconds",
          "mixedSeconds",
          "exposedUsersPercent",
          "peakTasks",
          "replicaSecondsRatio",
          "memoryPeakRatio");

  /**
   * One number.
   *
   * @param note where the comparison says how it was measured
   * @param doubt why it is doubtful; empty when it is not
   */
  public record Tile(
      int note, String label, String value, String unit, String howMeasured, String doubt) {}

  /** A rule for some users; the last three name users that got the wrong version. */
  public record Rule(
      UserRule rule, Figure figure, String listedWrong, String unlistedWrong, String everWrong) {
    static Rule of(Findings run, UserRule rule) {
      return new Rule(
          rule,
          CanaryCharts.users(run, rule),
          named(rule.listedThatGotV1()),
          named(rule.unlistedThatGotV2()),
          named(rule.unlistedThatEverGotV2()));
    }

    private static String named(List<Integer> users) {
      String first =
          users.stream()
              .limit(MOST_USERS_NAMED)
              .map(String::valueOf)
              .collect(Collectors.joining(", "));
      return users.size() > MOST_USERS_NAMED
          ? first + " and %s more".formatted(users.size() - MOST_USERS_NAMED)
          : first;
    }
  }

  /**
   * The view of one run.
   *
   * @param runs of the report
   * @param place of the run among them, from 0
   */
  public static RunView of(Runs runs, int place) {
    Findings run = runs.findings().get(place);
    Frame frame = RunFrame.of(run);
    TrafficCharts traffic = new TrafficCharts(frame);
    CostCharts cost = new CostCharts(frame);
    List<Figure.Key> moments = RunFrame.keys(frame);
    List<Figure> figures =
        Stream.of(
                traffic.versionMix(run),
                traffic.errors(run),
                traffic.latency(run),
                cost.tasks(run),
                traffic.exposure(run),
                cost.cpu(run),
                cost.memory(run))
            .map(figure -> figure.with(moments))
            .toList();
    List<CanaryStep> steps = run.canarySteps().known().orElse(List.of());
    return new RunView(
        runs.names().get(place),
        runs.simulated(),
        Conditions.played(run.manifest()),
        run,
        tiles(run, runs.comparison(), place),
        figures,
        steps.isEmpty() ? null : CanaryCharts.shares(steps),
        run.userRules().known().orElse(List.of()).stream().map(r -> Rule.of(run, r)).toList(),
        PhaseRow.of(run),
        LatencyRow.of(run),
        CausesShown.of(run.evidence()),
        BaselineRow.of(runs, place),
        OtherPart.of(run.evidence()),
        Said.of(run.journal()),
        Conditions.of(run),
        WayShown.of(run),
        Conditions.yaml(run.manifest().scenario()));
  }

  /** The letter and label of a phase, for templates. */
  public String phaseName(int index) {
    List<RunTimeline.Phase> all = findings.timeline().phases();
    return index < 0 || index >= all.size()
        ? "before the first phase"
        : RunFrame.letter(index) + " " + all.get(index).label();
  }

  private static List<Tile> tiles(Findings run, Comparison table, int place) {
    List<Tile> tiles = new ArrayList<>();
    for (int m = 0; m < table.measures().size(); m++) {
      Comparison.Measure measure = table.measures().get(m);
      Comparison.Cell cell = table.rows().get(place).cells().get(m);
      String value = FIGURES.cell(cell, measure);
      if (HEADLINES.contains(measure.key()) && !value.equals(Figures.NONE)) {
        tiles.add(
            new Tile(
                m + 1,
                measure.label(),
                value,
                measure.unit(),
                measure.howMeasured(),
                run.doubtOf(measure.key())));
      }
    }
    return tiles;
  }
}
