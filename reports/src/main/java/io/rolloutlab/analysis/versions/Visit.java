package io.rolloutlab.analysis.versions;

import io.rolloutlab.analysis.requests.RequestTable;
import io.rolloutlab.analysis.requests.Witnesses;
import io.rolloutlab.analysis.run.Inquiry;
import io.rolloutlab.history.Request;
import io.rolloutlab.scenario.requests.RequestPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A page that was answered well, and what became of the assets that it named.
 *
 * @param page its name in the scenario
 * @param sentMillis when the page was asked for, after x = 0
 * @param phase in which that was, as an index in the timeline; −1 before the first
 * @param end what became of it
 */
record Visit(String page, int sentMillis, int phase, End end) {
  /** What becomes of a visit. */
  enum End {
    /** Every asset was answered well. */
    WHOLE,
    /** The other version was asked for an asset, and did not have it. */
    BETWEEN_VERSIONS,
    /** An asset failed, and none for that reason. */
    BROKEN,
    /** The load ended before the visit did, and up to then nothing had failed. */
    CUT_SHORT
  }

  private static final int NOT_FOUND = 404;

  /** Whether an asset failed. */
  boolean isBroken() {
    return end == End.BETWEEN_VERSIONS || end == End.BROKEN;
  }

  /** Whether it is known whether it was whole or broken. */
  boolean isKnown() {
    return end != End.CUT_SHORT;
  }

  /** The pages of a scenario that name assets, by their names. */
  static Map<String, RequestPlan> pages(Inquiry run) {
    return run.history().manifest().scenario().load().requests().stream()
        .filter(one -> one.namedAssets() > 0)
        .collect(Collectors.toMap(RequestPlan::name, Function.identity()));
  }

  /** All visits of a run, in the order of their pages; none where no page names assets. */
  static List<Visit> all(Inquiry run) {
    Map<String, RequestPlan> pages = pages(run);
    if (pages.isEmpty()) {
      return List.of();
    }
    RequestTable table = run.part(RequestTable.class).orThrow();
    Witnesses witnesses = run.part(Witnesses.class).orThrow();
    List<Open> open = new ArrayList<>();
    Map<Long, Open> byPage = new HashMap<>();
    for (int i = 0; i < table.size; i++) {
      Request request = witnesses.request(i);
      if (request.hasPage()) {
        Open its = byPage.get(request.visit());
        if (its != null) {
          its.add(i, request);
        }
      } else if (table.ok(i) && pages.containsKey(request.name())) {
        Open its = new Open(table, i, pages.get(request.name()));
        open.add(its);
        byPage.put(request.id(), its);
      }
    }
    return open.stream().map(Open::visit).toList();
  }

  /** One whose assets are still being counted: a page has a smaller id than its assets. */
  private static final class Open {
    private final RequestTable table;
    private final int page;
    private final RequestPlan plan;
    private int good;
    private boolean failed;
    private boolean elsewhere;

    Open(RequestTable table, int page, RequestPlan plan) {
      this.table = table;
      this.page = page;
      this.plan = plan;
    }

    void add(int i, Request asset) {
      good += table.ok(i) ? 1 : 0;
      failed |= table.failed(i);
      elsewhere |=
          asset.status() == NOT_FOUND
              && table.version(i) != 0
              && table.version(page) != 0
              && table.version(i) != table.version(page);
    }

    Visit visit() {
      End whole = good == plan.namedAssets() ? End.WHOLE : End.CUT_SHORT;
      End end = !failed ? whole : elsewhere ? End.BETWEEN_VERSIONS : End.BROKEN;
      return new Visit(plan.name(), table.sent[page], table.phase(page), end);
    }
  }
}
