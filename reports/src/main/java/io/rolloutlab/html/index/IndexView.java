package io.rolloutlab.html.index;

import io.rolloutlab.change.Repeated;
import io.rolloutlab.html.matrix.BadDaysView;
import io.rolloutlab.html.part.Conditions;
import io.rolloutlab.html.part.Figure;
import io.rolloutlab.text.BalancingModes;
import io.rolloutlab.text.Runs;
import java.util.List;

/**
 * What the page of all runs shows beside them.
 *
 * @param answer what is said first
 * @param bad what became of users whose v2 was bad; without rows where that cannot be asked
 * @param tiles who answered in each run, small, by what is wrong with v2
 * @param bars one number of the runs of the first situation each, only where they differ in it
 * @param causes why requests failed, a run each; empty where none did
 * @param balancing on which mode the runs rest
 * @param claims those that the runs are about
 * @param repeats what repeats say of each scenario; without lines where none was run twice
 * @param played images that the simulated Swarm did not run; empty for real runs
 */
public record IndexView(
    ShortAnswer answer,
    BadDaysView bad,
    List<MixTile.Group> tiles,
    List<Figure> bars,
    List<LeadingCauses> causes,
    BalancingModes balancing,
    ClaimsShown claims,
    RepeatsShown repeats,
    List<String> played) {
  /** The view of the runs of a report. */
  public static IndexView of(Runs runs, Repeated repeated) {
    return new IndexView(
        ShortAnswer.of(runs),
        BadDaysView.of(runs),
        MixTile.grouped(runs),
        ComparisonCharts.of(runs.bySituation().get(0)),
        LeadingCauses.of(runs),
        BalancingModes.of(runs),
        ClaimsShown.of(runs.claims()),
        RepeatsShown.of(repeated),
        runs.findings().stream()
            .flatMap(run -> Conditions.played(run.manifest()).stream())
            .distinct()
            .toList());
  }
}
