package io.rolloutlab.text;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.measure.Measure;
import io.rolloutlab.analysis.measure.Measures;
import io.rolloutlab.compare.Batch;
import io.rolloutlab.compare.Claim;
import io.rolloutlab.compare.Comparison;
import io.rolloutlab.compare.RepeatedClaims;
import io.rolloutlab.compare.Situation;
import io.rolloutlab.history.Manifest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The runs of one report, and what is found by looking at all of them.
 *
 * @param findings at least one
 * @param names of the runs, unique: the scenario's, with a number where it was run more than once
 * @param comparison its rows are in the order of the findings
 * @param claims of the exercise
 */
public record Runs(
    List<Findings> findings, List<String> names, Comparison comparison, List<Claim> claims) {
  /** No run may have this name: the page of all runs has it. */
  public static final String INDEX = "index";

  public Runs {
    findings = List.copyOf(findings);
    names = List.copyOf(names);
    claims = List.copyOf(claims);
  }

  /**
   * The runs in the order of the report: those with a good v2 first, then by what is wrong with it,
   * baselines before others, then as they were given; judged beside each other ({@link
   * Batch#judged}).
   *
   * @throws IllegalArgumentException when there are none, or real and simulated ones are mixed
   */
  public static Runs of(List<Findings> runs) {
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("a report needs at least one run");
    }
    refuseMixedOrigins(runs);
    List<Findings> ordered = Comparison.ordered(Batch.judged(runs));
    return new Runs(ordered, names(ordered), Comparison.of(ordered), RepeatedClaims.of(ordered));
  }

  /**
   * One run by itself.
   *
   * @param name that it is to have
   */
  public static Runs alone(Findings run, String name) {
    Runs one = of(List.of(run));
    return new Runs(one.findings(), List.of(name), one.comparison(), one.claims());
  }

  /** Whether no Docker was used. */
  public boolean simulated() {
    return findings.get(0).manifest().origin() == Manifest.Origin.TWIN;
  }

  /** What is wrong with v2 in these runs; more than one where it differs. */
  public List<Comparison.Situated> situations() {
    return comparison.situations();
  }

  /**
   * The rows of a table of these runs: places in {@link Comparison#measures}, without those of the
   * measures that apply to none of them. Files for programs have all.
   */
  public List<Integer> shown() {
    return IntStream.range(0, comparison.measures().size())
        .filter(place -> applies(comparison.measures().get(place).key()))
        .boxed()
        .toList();
  }

  private boolean applies(String key) {
    return Measures.find(key)
        .map(Measure::applies)
        .map(to -> findings.stream().map(run -> run.manifest().scenario()).anyMatch(to))
        .orElse(true);
  }

  /**
   * The same runs by situation: in each those that have a rollout with such a v2, with the
   * baselines beside them, which are the noise that all is read against. One of baselines alone is
   * left out, unless there is nothing else.
   */
  public List<Runs> bySituation() {
    List<Runs> each = situations().stream().map(this::within).filter(Runs::hasRollout).toList();
    return each.isEmpty() ? List.of(this) : each;
  }

  /** What is wrong with v2 in the first of its situations. */
  public Situation situation() {
    return situations().get(0).situation();
  }

  private Runs within(Comparison.Situated situated) {
    boolean own = situated.rows().stream().map(findings::get).anyMatch(Findings::isBaseline);
    List<Integer> places =
        IntStream.range(0, findings.size())
            .filter(run -> situated.rows().contains(run) || !own && findings.get(run).isBaseline())
            .boxed()
            .toList();
    return new Runs(
        places.stream().map(findings::get).toList(),
        places.stream().map(names::get).toList(),
        comparison.within(situated, places),
        claims);
  }

  private boolean hasRollout() {
    return findings.stream().anyMatch(run -> !run.isBaseline());
  }

  private static void refuseMixedOrigins(List<Findings> runs) {
    Set<Manifest.Origin> origins =
        runs.stream().map(run -> run.manifest().origin()).collect(Collectors.toSet());
    if (origins.size() > 1) {
      throw new IllegalArgumentException(
          "real (LIVE) and simulated (TWIN) runs must not share a report: "
              + runs.stream()
                  .map(run -> run.manifest().runId() + " is " + run.manifest().origin())
                  .collect(Collectors.joining(", ")));
    }
  }

  private static List<String> names(List<Findings> runs) {
    Set<String> taken = new HashSet<>(Set.of(INDEX));
    runs.forEach(run -> taken.add(run.manifest().scenario().name()));
    Set<String> given = new HashSet<>();
    return runs.stream()
        .map(run -> run.manifest().scenario().name())
        .map(name -> given.add(name) && !name.equals(INDEX) ? name : numbered(name, taken))
        .toList();
  }

  private static String numbered(String name, Set<String> taken) {
    int number = 2;
    while (!taken.add(name + "-" + number)) {
      number++;
    }
    return name + "-" + number;
  }
}
