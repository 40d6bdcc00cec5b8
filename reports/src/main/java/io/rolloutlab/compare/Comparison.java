package io.rolloutlab.compare;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.measure.Best;
import io.rolloutlab.analysis.outcome.SwarmFirst;
import io.rolloutlab.analysis.outcome.TurnedRound;
import io.rolloutlab.analysis.run.UpdateOutcome;
import io.rolloutlab.analysis.run.Verdict;
import io.rolloutlab.history.Manifest;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.Strategy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Comparable numbers of several runs: a table with a row a run and a column a measure.
 *
 * @param measures the columns
 * @param rows in the order of {@link #ordered}
 * @param notes one a measure, for people: why nothing in its column is the best though it ranks
 *     ({@value Ranking#NOT_TOLD_APART}, {@value Ranking#SETTLED}, {@value Ranking#OUTAGE}); empty
 *     where something is, and where fewer than two runs have a number; where there are several
 *     situations, {@code errors: not told apart; crashes: …}
 * @param differences in which settings the runs differ, in their order
 * @param situations what is wrong with v2, and in which rows; each is ranked by itself
 */
public record Comparison(
    List<Measure> measures,
    List<Row> rows,
    List<String> notes,
    Differences differences,
    List<Situated> situations) {
  /** When a cell is the best of its column, in sentences for people. */
  public static final String HOW_RANKED =
      "Best is what is told apart from others and not by chance; how, each measure says. Ranked are"
          + " only runs under the same conditions, that came to their end and whose two witnesses"
          + " agree. Who is not to bring v2 to everybody is not ranked: few can be hurt there. What"
          + " the settings of a run make by their own delays and holds is no merit, nor is being"
          + " better than the baseline. A run with an outage, which is more than a second"
          + " and more than the baseline has, is never the best of anything: where nobody is"
          + " served, all else looks good.";

  /** {@link #HOW_RANKED}, for templates. */
  public String howRanked() {
    return HOW_RANKED;
  }

  public Comparison {
    measures = List.copyOf(measures);
    rows = List.copyOf(rows);
    notes = List.copyOf(notes);
    situations = List.copyOf(situations);
  }

  /**
   * The runs of one situation.
   *
   * @param rows their places in the table, from 0
   * @param notes as those of the table, of these runs alone
   */
  public record Situated(Situation situation, List<Integer> rows, List<String> notes) {
    public Situated {
      rows = List.copyOf(rows);
      notes = List.copyOf(notes);
    }
  }

  /**
   * Whether a measure's numbers were ranked and none is best, since their differences may be
   * chance.
   *
   * @param measure its place in {@link #measures}
   */
  public boolean notToldApart(int measure) {
    return notes.get(measure).equals(Ranking.NOT_TOLD_APART);
  }

  /**
   * One column.
   *
   * @param key short, stable, for files, for example {@code rollbackSeconds}
   * @param label for people
   * @param unit for example {@code s}, {@code %}, {@code ms}, {@code tasks}; empty for ratios
   * @param decimals to print
   * @param howMeasured a sentence
   * @param best which value is the best
   * @param howRanked when two runs are told apart by it, a sentence without its full stop; empty
   *     where it does not rank
   */
  public record Measure(
      String key,
      String label,
      String unit,
      int decimals,
      String howMeasured,
      Best best,
      String howRanked) {}

  /**
   * One run.
   *
   * @param outcome what came of the rollout, in a few words: what Swarm made of the update that it
   *     was ordered to make, that the rollout was given up or called back, and who was first where
   *     Swarm and an alarm might both turn it round; empty where nothing is to be said
   * @param cutOff why its numbers are those of a part of what was asked; empty when it came to its
   *     end
   * @param unranked why nothing of it can be the best, for people; empty when it can
   * @param cells as many as there are measures, in their order
   */
  public record Row(
      String scenario,
      Strategy strategy,
      String runId,
      Verdict verdict,
      String outcome,
      String cutOff,
      String unranked,
      List<Cell> cells) {
    public Row {
      cells = List.copyOf(cells);
    }
  }

  /**
   * One number.
   *
   * @param value in the measure's unit; empty when it does not apply or is unknown
   * @param best whether it is the best of its column, or not told apart from the best; see {@link
   *     Comparison#HOW_RANKED}
   * @param settledBy the settings of the run that make the number, so that it is no merit; empty
   *     where none do
   * @param never where what is measured did not happen while it was watched: how much its number is
   *     proven to exceed, in the measure's unit, as {@code > 19.25}; empty where there is a number,
   *     where nothing is proven, and where it does not apply
   */
  public record Cell(OptionalDouble value, boolean best, String settledBy, String never) {
    /** One that no setting makes. */
    public Cell(OptionalDouble value, boolean best) {
      this(value, best, "", "");
    }

    /** Whether it says anything. */
    public boolean says() {
      return value.isPresent() || !never.isEmpty();
    }
  }

  /**
   * The table of some runs. They are ranked among those with the same v2 only.
   *
   * @throws IllegalArgumentException when real and simulated runs are mixed
   */
  public static Comparison of(List<Findings> runs) {
    oneOrigin(runs);
    List<Row> rows = new ArrayList<>();
    List<Situated> situations = new ArrayList<>();
    List<Findings> order = new ArrayList<>();
    Situation.of(runs)
        .forEach(
            (situation, alike) -> {
              Field field = Field.of(baselinesFirst(alike), baselines(runs));
              List<Ranking> columns =
                  ComparedBy.all().stream().map(by -> Ranking.of(by, field)).toList();
              int first = rows.size();
              order.addAll(field.runs());
              rows.addAll(rows(field, columns));
              situations.add(
                  new Situated(
                      situation,
                      IntStream.range(first, rows.size()).boxed().toList(),
                      columns.stream().map(Ranking::note).toList()));
            });
    return new Comparison(
        ComparedBy.all().stream().map(ComparedBy::heading).toList(),
        rows,
        notes(situations),
        Differences.between(order),
        situations);
  }

  /** The order of {@link #rows}: by situation, and baselines first in each. */
  public static List<Findings> ordered(List<Findings> runs) {
    return Situation.of(runs).values().stream()
        .flatMap(alike -> baselinesFirst(alike).stream())
        .toList();
  }

  private static List<Findings> baselines(List<Findings> runs) {
    return runs.stream().filter(Findings::isBaseline).toList();
  }

  private static List<Findings> baselinesFirst(List<Findings> runs) {
    return runs.stream().sorted(Comparator.comparing(run -> !run.isBaseline())).toList();
  }

  private static List<Row> rows(Field field, List<Ranking> columns) {
    List<Row> rows = new ArrayList<>();
    for (int r = 0; r < field.runs().size(); r++) {
      int row = r;
      Findings run = field.runs().get(r);
      Scenario scenario = run.manifest().scenario();
      rows.add(
          new Row(
              scenario.name(),
              scenario.strategy(),
              run.manifest().runId(),
              run.verdict(),
              outcome(run),
              run.cutOff().orElse(""),
              field.unranked(r),
              columns.stream().map(column -> column.cells().get(row)).toList()));
    }
    return rows;
  }

  /** One a measure, over all situations. */
  private static List<String> notes(List<Situated> situations) {
    if (situations.size() == 1) {
      return situations.get(0).notes();
    }
    return IntStream.range(0, ComparedBy.all().size())
        .mapToObj(
            measure ->
                situations.stream()
                    .filter(one -> !one.notes().get(measure).isEmpty())
                    .map(one -> one.situation().name() + ": " + one.notes().get(measure))
                    .collect(Collectors.joining("; ")))
        .toList();
  }

  /**
   * A part of the table that is about one situation. Its only situation is that one, whose rows are
   * places in the part.
   *
   * @param situated one of {@link #situations}
   * @param places of the rows that it shows
   */
  public Comparison within(Situated situated, List<Integer> places) {
    return new Comparison(
        measures,
        places.stream().map(rows::get).toList(),
        situated.notes(),
        differences,
        List.of(
            new Situated(
                situated.situation(),
                IntStream.range(0, places.size())
                    .filter(row -> situated.rows().contains(places.get(row)))
                    .boxed()
                    .toList(),
                situated.notes())));
  }

  private static String outcome(Findings run) {
    Optional<SwarmFirst> first = SwarmFirst.of(run.evidence());
    if (first.isPresent()) {
      return first.get().inWords();
    }
    Optional<String> update =
        run.outcomes().known().flatMap(UpdateOutcome::ofUpdate).map(UpdateOutcome::inWords);
    Optional<String> turned = TurnedRound.of(run.evidence()).map(TurnedRound::inWords);
    return Stream.of(update, turned).flatMap(Optional::stream).collect(Collectors.joining("; "));
  }

  static void oneOrigin(List<Findings> runs) {
    Set<Manifest.Origin> origins =
        runs.stream().map(run -> run.manifest().origin()).collect(Collectors.toSet());
    if (origins.size() > 1) {
      throw new IllegalArgumentException(
          "real (LIVE) and simulated (TWIN) runs must not be compared with each other: "
              + runs.stream()
                  .map(run -> run.manifest().runId() + " is " + run.manifest().origin())
                  .collect(Collectors.joining(", ")));
    }
  }
}
