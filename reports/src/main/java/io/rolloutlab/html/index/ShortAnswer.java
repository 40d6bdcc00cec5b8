package io.rolloutlab.html.index;

import static io.rolloutlab.text.Figures.FIGURES;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.compare.Comparison;
import io.rolloutlab.matrix.BadDays;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.text.Named;
import io.rolloutlab.text.Runs;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * What a report says first, for people who read no further. It claims no more than the comparison
 * ranks, and of runs that are not to be trusted it says only that.
 *
 * @param users whom which rollout served well, a sentence; empty where that is to be asked of each
 *     bad v2 by itself
 * @param cost what it cost, a sentence
 * @param open what these runs leave open, a sentence; empty where users is
 */
public record ShortAnswer(String users, String cost, String open) {
  private static final String FAILED = "errorPercent";
  private static final String TASKS = "peakTasks";
  private static final int MOST_NAMED = 4;

  /**
   * About the runs with a good v2 where there are any, else about all: a bad v2 of one kind says
   * nothing of a strategy that met another one.
   */
  static ShortAnswer of(Runs runs) {
    List<Runs> each = runs.bySituation();
    boolean onlyBad = each.size() > 1 && each.get(0).situation().bad();
    if (onlyBad && BadDays.areIn(runs)) {
      return new ShortAnswer("", new Answering(runs).cost(), "");
    }
    Answering answering = new Answering(onlyBad ? runs : each.get(0));
    return new ShortAnswer(answering.users(), answering.cost(), answering.open());
  }

  /** A run's number, where it has one. */
  private record Value(String name, double number, String text, boolean best) {}

  private record Answering(Runs runs, List<Integer> rollouts, List<Integer> trusted) {
    Answering(Runs runs) {
      this(runs, rollouts(runs), new ArrayList<>());
      rollouts.stream().filter(run -> untrusted(run).isEmpty()).forEach(trusted::add);
    }

    private static List<Integer> rollouts(Runs runs) {
      return IntStream.range(0, runs.names().size())
          .filter(run -> !runs.comparison().rows().get(run).strategy().equals(Strategy.BASELINE))
          .boxed()
          .toList();
    }

    /** Why nothing is said about a run; empty when something can be. */
    private String untrusted(int run) {
      Findings findings = runs.findings().get(run);
      return findings
          .cutOff()
          .or(
              () ->
                  findings.reconciled()
                      ? java.util.Optional.empty()
                      : java.util.Optional.of("its requests did not reconcile"))
          .orElse("");
    }

    String users() {
      if (rollouts.isEmpty()) {
        return "Nothing was rolled out in these runs: they show the noise that rollouts are read"
            + " against.";
      }
      List<Value> failed = values(FAILED);
      if (failed.isEmpty()) {
        return "What users suffered cannot be said: no rollout left numbers that can be trusted.";
      }
      if (failed.stream().allMatch(value -> value.number() == 0)) {
        return "No request failed in %s%s."
            .formatted(
                names(failed),
                scenarios() > 1 ? ": in this none of them served users better than another" : "");
      }
      return servedBest(failed);
    }

    /** Repeats of one scenario are one rollout. */
    private long scenarios() {
      return trusted.stream()
          .map(run -> runs.findings().get(run).manifest().scenario().name())
          .distinct()
          .count();
    }

    private String servedBest(List<Value> failed) {
      List<Value> best = failed.stream().filter(Value::best).toList();
      List<Value> others = failed.stream().filter(value -> !value.best()).toList();
      if (best.isEmpty()) {
        return failed.size() == 1
            ? "In %s %s of the requests failed."
                .formatted(failed.get(0).name(), failed.get(0).text())
            : "Requests failed (%s), but these runs do not tell which of them serves users best."
                .formatted(listed(failed));
      }
      return "Users were served best in %s: %s of the requests failed, against %s."
          .formatted(
              names(best), best.size() == 1 ? best.get(0).text() : listed(best), listed(others));
    }

    String cost() {
      List<Value> tasks = values(TASKS);
      if (tasks.isEmpty()) {
        return rollouts.isEmpty()
            ? "No rollout cost anything."
            : "What the rollouts cost cannot be said.";
      }
      double most = tasks.stream().mapToDouble(Value::number).max().orElseThrow();
      double least = tasks.stream().mapToDouble(Value::number).min().orElseThrow();
      if (most == least) {
        return "Room for %s tasks at once was needed in %s%s."
            .formatted(tasks.get(0).text(), names(tasks), tasks.size() > 1 ? " alike" : "");
      }
      return "The most room was needed in %s, for %s tasks at once, and the least in %s, for %s."
          .formatted(
              names(tasks.stream().filter(value -> value.number() == most).toList()),
              FIGURES.number(most, 0),
              names(tasks.stream().filter(value -> value.number() == least).toList()),
              FIGURES.number(least, 0));
    }

    private String openAmongTrusted() {
      if (scenarios() == 1) {
        return "Whether another rollout does better is open, since there is none beside it";
      }
      List<String> alike = notToldApart();
      if (!alike.isEmpty()) {
        return "These runs do not tell the rollouts apart by %s".formatted(some(alike));
      }
      return isRanked()
          ? "Each difference that the comparison ranks is larger than chance explains"
          : "No rollout was best in anything: below each table stands why runs are not ranked";
    }

    private boolean isRanked() {
      return runs.comparison().rows().stream()
          .anyMatch(row -> row.cells().stream().anyMatch(Comparison.Cell::best));
    }

    String open() {
      List<String> parts = new ArrayList<>();
      if (!trusted.isEmpty()) {
        parts.add(openAmongTrusted());
      }
      rollouts.stream()
          .filter(run -> !trusted.contains(run))
          .forEach(
              run ->
                  parts.add(
                      "%s says nothing here, since %s"
                          .formatted(runs.names().get(run), untrusted(run))));
      return parts.isEmpty()
          ? "What a rollout does to users is open until one is run."
          : String.join("; ", parts) + ".";
    }

    private List<String> notToldApart() {
      return IntStream.range(0, runs.comparison().measures().size())
          .filter(m -> runs.comparison().notToldApart(m))
          .filter(m -> values(m).stream().map(Value::text).distinct().count() > 1)
          .mapToObj(m -> runs.comparison().measures().get(m).label())
          .map(label -> label.substring(0, 1).toLowerCase(Locale.ROOT) + label.substring(1))
          .toList();
    }

    private List<Value> values(String key) {
      return IntStream.range(0, runs.comparison().measures().size())
          .filter(m -> runs.comparison().measures().get(m).key().equals(key))
          .mapToObj(this::values)
          .findFirst()
          .orElse(List.of());
    }

    private List<Value> values(int m) {
      Comparison.Measure measure = runs.comparison().measures().get(m);
      List<Value> values = new ArrayList<>();
      for (int run : trusted) {
        Comparison.Cell cell = runs.comparison().rows().get(run).cells().get(m);
        OptionalDouble value = cell.value();
        if (value.isPresent()) {
          String unit = measure.unit().equals("%") ? " %" : "";
          values.add(
              new Value(
                  runs.names().get(run),
                  value.getAsDouble(),
                  FIGURES.cell(cell, measure) + unit,
                  cell.best()));
        }
      }
      return values;
    }

    private static String listed(List<Value> values) {
      return Named.and(
          values.stream().map(value -> "%s in %s".formatted(value.text(), value.name())).toList());
    }

    private static String names(List<Value> values) {
      return Named.and(values.stream().map(Value::name).toList());
    }

    private static String some(List<String> all) {
      if (all.size() <= MOST_NAMED) {
        return Named.and(all);
      }
      List<String> first = new ArrayList<>(all.subList(0, MOST_NAMED - 1));
      first.add("%s more measures".formatted(all.size() - MOST_NAMED + 1));
      return Named.and(first);
    }
  }
}
