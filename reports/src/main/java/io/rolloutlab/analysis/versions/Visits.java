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

/** The visits of a run: what is counted of them is read off these. */
public final class Visits {
  private final List<Visit> all;

  private Visits(List<Visit> all) {
    this.all = all;
  }

  /** Finds them; there are none where no page names assets. */
  public static Visits of(Inquiry run) {
    Map<String, RequestPlan> pages =
        run.history().manifest().scenario().load().requests().stream()
            .filter(one -> one.namedAssets() > 0)
            .collect(Collectors.toMap(RequestPlan::name, Function.identity()));
    return new Visits(pages.isEmpty() ? List.of() : all(run, pages));
  }

  private static List<Visit> all(Inquiry run, Map<String, RequestPlan> pages) {
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
        Open its = new Open(table, i, request.version(), pages.get(request.name()));
        open.add(its);
        byPage.put(request.id(), its);
      }
    }
    return open.stream().map(Open::visit).toList();
  }

  /** In the order of their pages. */
  List<Visit> all() {
    return all;
  }

  /** One whose assets are still being counted: a page has a smaller id than its assets. */
  private static final class Open {
    private final RequestTable table;
    private final int page;
    private final String version;
    private final RequestPlan plan;
    private int good;
    private boolean failed;
    private boolean elsewhere;

    Open(RequestTable table, int page, String version, RequestPlan plan) {
      this.table = table;
      this.page = page;
      this.version = version;
      this.plan = plan;
    }

    void add(int i, Request asset) {
      good += table.ok(i) ? 1 : 0;
      failed |= table.failed(i);
      elsewhere |= asset.missedVersion(version);
    }

    Visit visit() {
      Visit.End whole = good == plan.namedAssets() ? Visit.End.WHOLE : Visit.End.CUT_SHORT;
      Visit.End end = !failed ? whole : elsewhere ? Visit.End.BETWEEN_VERSIONS : Visit.End.BROKEN;
      return new Visit(plan.name(), table.sent[page], table.phase(page), end);
    }
  }
}
