package io.rolloutlab.html.run;

import static io.rolloutlab.text.Figures.FIGURES;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.versions.CanaryStep;
import io.rolloutlab.analysis.versions.UserRule;
import io.rolloutlab.chart.Ink;
import io.rolloutlab.chart.ShareChart;
import io.rolloutlab.chart.UserGrid;
import io.rolloutlab.html.part.Figure;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.users.SplitBy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

/** The charts that only canaries have. */
final class CanaryCharts {
  private static final int MOST_USERS = 1000;

  private CanaryCharts() {}

  static Figure shares(List<CanaryStep> steps) {
    List<ShareChart.Row> rows =
        steps.stream()
            .filter(step -> step.v2().total() > 0)
            .map(
                step ->
                    new ShareChart.Row(
                        step.label(),
                        step.weight(),
                        step.judged().share(),
                        step.judged().low(),
                        step.judged().high()))
            .toList();
    if (rows.isEmpty()) {
      return Figure.undrawn(
          "shares", "Weight against measured share", "No answers came while a weight was held.");
    }
    String confidence = FIGURES.confidence(steps.get(0).v2().confidence());
    return Figure.drawn(
        "shares",
        "Weight against measured share",
        "The dot is the measured share of %s with its %s interval, the upright bar the "
                .formatted(ofWhat(steps.get(0).splitBy()), confidence)
            + "weight that the edge was given. A step agrees when its whole interval lies within the"
            + " margin around the weight.",
        List.of(),
        (size, id) -> ShareChart.of(rows).svg(size, id, "Measured shares with intervals"));
  }

  private static String ofWhat(SplitBy splitBy) {
    return splitBy == SplitBy.REQUEST
        ? "answers by v2"
        : "%s that were given v2, by which the edge decides,".formatted(splitBy.draws());
  }

  static Figure users(Findings run, UserRule rule) {
    Scenario scenario = run.manifest().scenario();
    IntPredicate listed = rule.lists(scenario);
    Set<Integer> wrong = new HashSet<>(rule.listedThatGotV1());
    wrong.addAll(rule.unlistedThatGotV2());
    wrong.addAll(rule.unlistedThatEverGotV2());
    int users = scenario.load().users();
    List<UserGrid.Cell> cells = new ArrayList<>();
    for (int user = 0; user < Math.min(users, MOST_USERS); user++) {
      boolean isListed = listed.test(user);
      Ink right = isListed ? Ink.V2 : Ink.V1;
      cells.add(new UserGrid.Cell(wrong.contains(user) ? Ink.FAILED : right, isListed));
    }
    String shown = users > MOST_USERS ? " The first %s are shown.".formatted(MOST_USERS) : "";
    return Figure.drawn(
        "users",
        "User by user",
        "A cell a user, user 0 first; framed are those %s. Every framed cell "
                .formatted(
                    rule.conditions().isEmpty() ? "whose address is listed" : "whom the rule names")
            + "should be v2, every other one v1. Users without any answer cannot be told from "
            + "these; the table below counts those that got one."
            + shown,
        List.of(
            Figure.Key.area(Ink.V1, "not listed, never got v2"),
            Figure.Key.area(Ink.V2, "listed, never got v1"),
            Figure.Key.area(Ink.FAILED, "got the wrong version")),
        (size, id) -> UserGrid.svg(cells, size, id, "Users and the version they got"));
  }
}
