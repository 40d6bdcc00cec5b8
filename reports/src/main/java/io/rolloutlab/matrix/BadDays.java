package io.rolloutlab.matrix;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.compare.Comparison;
import io.rolloutlab.compare.Differences;
import io.rolloutlab.compare.Situation;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.matrix.Matrix;
import io.rolloutlab.text.Runs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The runs of a report in which v2 is bad, as a matrix: rollouts × what is wrong with v2. A rollout
 * is what is left of a scenario without its name and what is wrong with v2.
 */
public final class BadDays {
  private static final String SEPARATOR = "-";

  private final Runs runs;
  private final List<Comparison.Situated> situations;
  private final Map<Object, List<Integer>> rollouts = new LinkedHashMap<>();

  private BadDays(Runs runs) {
    this.runs = runs;
    situations = runs.situations().stream().filter(one -> one.situation().bad()).toList();
    situations.stream()
        .flatMap(one -> one.rows().stream())
        .filter(run -> !runs.findings().get(run).isBaseline())
        .forEach(
            run ->
                rollouts
                    .computeIfAbsent(
                        Differences.rollout(runs.findings().get(run)), key -> new ArrayList<>())
                    .add(run));
  }

  /** The matrix; empty where fewer than two rollouts that bring v2 to everybody met a bad one. */
  public static Optional<MatrixResult> of(Runs runs) {
    BadDays days = new BadDays(runs);
    return days.canBeCompared() ? Optional.of(days.result()) : Optional.empty();
  }

  /** Whether there is one, which is known before it is made. */
  public static boolean areIn(Runs runs) {
    return new BadDays(runs).canBeCompared();
  }

  /** Whether two of the rollouts bring v2 to everybody. */
  private boolean canBeCompared() {
    return rollouts.values().stream()
            .map(its -> runs.findings().get(its.get(0)).manifest().scenario())
            .filter(scenario -> scenario.settings().forEverybody())
            .count()
        >= 2;
  }

  private MatrixResult result() {
    List<MatrixCell> cells = new ArrayList<>();
    List<String> heads = new ArrayList<>();
    int each = (int) mostRepeats();
    for (List<Integer> rollout : rollouts.values()) {
      String head = head(rollout, heads);
      heads.add(head);
      situations.forEach(one -> cells.add(cell(head, one, rollout, each)));
    }
    Matrix matrix =
        new Matrix(
            "when v2 is bad",
            "Which rollout hurts the fewest users when v2 is bad?",
            each,
            each,
            heads,
            situations.stream().map(Comparison.Situated::situation).map(Situation::name).toList(),
            List.of());
    return MatrixResult.advised(matrix, runs.findings().get(0).manifest().origin(), cells);
  }

  private long mostRepeats() {
    return situations.stream()
        .flatMap(
            one ->
                rollouts.values().stream()
                    .map(its -> its.stream().filter(one.rows()::contains).count()))
        .max(Long::compare)
        .orElse(1L);
  }

  private MatrixCell cell(
      String head, Comparison.Situated situated, List<Integer> rollout, int each) {
    List<Integer> its = rollout.stream().filter(situated.rows()::contains).toList();
    Scenario scenario =
        runs.findings().get(its.isEmpty() ? rollout.get(0) : its.get(0)).manifest().scenario();
    return new MatrixCell(
        head,
        situated.situation().name(),
        its.isEmpty() ? "" : runs.names().get(its.get(0)),
        scenario.load().users(),
        scenario.settings().forEverybody(),
        true,
        each,
        its.stream().map(runs.findings()::get).map(MatrixRun::of).toList(),
        List.of());
  }

  /** What the names of a rollout's scenarios begin with, up to a hyphen; unique. */
  private String head(List<Integer> rollout, List<String> taken) {
    List<String> names = rollout.stream().map(this::scenario).distinct().toList();
    String head = names.get(0);
    while (!begins(head, names)) {
      head = head.substring(0, Math.max(0, head.lastIndexOf(SEPARATOR)));
    }
    String tidy = head.replaceAll(SEPARATOR + "+$", "");
    String wanted = tidy.isEmpty() ? names.get(0) : tidy;
    String found = wanted;
    for (int number = 2; taken.contains(found); number++) {
      found = "%s (%s)".formatted(wanted, number);
    }
    return found;
  }

  private static boolean begins(String head, List<String> names) {
    return head.isEmpty()
        || names.stream().allMatch(name -> name.equals(head) || name.startsWith(head + SEPARATOR));
  }

  private String scenario(int run) {
    Findings findings = runs.findings().get(run);
    return findings.manifest().scenario().name();
  }
}
