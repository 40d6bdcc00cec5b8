package io.rolloutlab.analysis.measure;

import io.rolloutlab.analysis.run.Evidence;
import io.rolloutlab.analysis.run.Part;
import io.rolloutlab.analysis.run.Share;
import io.rolloutlab.analysis.versions.PageVisits;
import io.rolloutlab.analysis.versions.PhaseVisits;
import io.rolloutlab.scenario.Scenario;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/** How many visits of pages break, where pages name assets. */
public final class VisitMeasures implements MeasureProvider {
  public static final Measure BROKEN_VISITS_PERCENT =
      new Heading(
              "brokenVisitsPercent",
              "Broken visits",
              "%",
              1,
              "Where pages name assets: visits in which an asset failed, over all of known end that"
                  + " began since x = 0. A visit is a page that was answered well and its assets;"
                  + " an asset fails as well where the other version is asked for it")
          .readList(PageVisits.class, all -> Numbered.percent(broken(all)))
          .lowestShareIsBest(VisitMeasures::share)
          .perPhase(ofPhase(PhaseVisits::brokenPercent))
          .isHarm()
          .onlyWhere(VisitMeasures::asked)
          .only(Table.COMPARISON);

  /** In no table: it says how many visits there were, and nothing of the strategy. */
  public static final Measure VISITS =
      new Heading(
              "visits",
              "Visits",
              "",
              0,
              "Where pages name assets: visits of known end that began since x = 0; broken ones are"
                  + " counted from them")
          .readList(
              PageVisits.class,
              all ->
                  all.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(broken(all).total()))
          .perPhase(ofPhase(phase -> OptionalDouble.of(phase.visits())))
          .onlyWhere(VisitMeasures::asked)
          .only();

  @Override
  public List<Measure> measures() {
    return List.of(BROKEN_VISITS_PERCENT, VISITS);
  }

  private static boolean asked(Scenario scenario) {
    return scenario.load().namesAssets();
  }

  /** Of all pages together. */
  private static Share broken(List<PageVisits> all) {
    return Share.of(
        all.stream().mapToInt(PageVisits::broken).sum(),
        all.stream().mapToInt(PageVisits::visits).sum());
  }

  /** Empty where there was no visit. */
  private static Optional<Share> share(Evidence run) {
    return run.list(PageVisits.class)
        .known()
        .map(VisitMeasures::broken)
        .filter(share -> share.total() > 0);
  }

  private static Measure.InPhase ofPhase(Function<PhaseVisits, OptionalDouble> number) {
    return (run, index) -> {
      Part<List<PhaseVisits>> all = run.list(PhaseVisits.class);
      return all.map(
          phases ->
              index < phases.size() ? number.apply(phases.get(index)) : OptionalDouble.empty());
    };
  }
}
