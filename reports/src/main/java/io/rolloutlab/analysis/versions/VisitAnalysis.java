package io.rolloutlab.analysis.versions;

import io.rolloutlab.analysis.run.HistoryAnalysis;
import io.rolloutlab.analysis.run.Inquiry;
import java.util.List;
import java.util.OptionalDouble;

/** Finds out how many visits of each page broke; none where no page names assets. */
public final class VisitAnalysis implements HistoryAnalysis<List<PageVisits>> {
  private static final double POINTS = 100;

  @Override
  public String key() {
    return "visits";
  }

  @Override
  public String words() {
    return "visits of pages with their assets, since the rollout began";
  }

  @Override
  public Class<?> type() {
    return PageVisits.class;
  }

  /** In the order of the scenario. */
  @Override
  public List<PageVisits> of(Inquiry run) {
    List<Visit> all =
        run.part(Visits.class).orThrow().all().stream()
            .filter(one -> one.sentMillis() >= 0)
            .toList();
    return run.history().manifest().scenario().load().requests().stream()
        .filter(page -> page.namedAssets() > 0)
        .map(
            page ->
                of(
                    page.name(),
                    page.namedAssets(),
                    all.stream().filter(one -> one.page().equals(page.name())).toList()))
        .toList();
  }

  private static PageVisits of(String page, int assets, List<Visit> its) {
    int known = known(its);
    int broken = broken(its);
    int between = (int) its.stream().filter(one -> one.end() == Visit.End.BETWEEN_VERSIONS).count();
    return new PageVisits(
        page, assets, known, broken, percent(broken, known), between, its.size() - known);
  }

  static int known(List<Visit> visits) {
    return (int) visits.stream().filter(Visit::isKnown).count();
  }

  static int broken(List<Visit> visits) {
    return (int) visits.stream().filter(Visit::isBroken).count();
  }

  static OptionalDouble percent(int broken, int known) {
    return known == 0 ? OptionalDouble.empty() : OptionalDouble.of(POINTS * broken / known);
  }
}
