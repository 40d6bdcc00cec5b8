package io.rolloutlab.analysis.requests;

import io.rolloutlab.analysis.run.HistoryAnalysis;
import io.rolloutlab.analysis.run.Inquiry;
import io.rolloutlab.scenario.requests.RequestPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/** Tells the requests that a scenario lists apart; none where it lists none. */
public final class RequestKindAnalysis implements HistoryAnalysis<List<RequestKind>> {
  @Override
  public String key() {
    return "requestKinds";
  }

  @Override
  public String words() {
    return "requests by name, since the rollout began";
  }

  @Override
  public Class<?> type() {
    return RequestKind.class;
  }

  /** In the order of the scenario. */
  @Override
  public List<RequestKind> of(Inquiry run) {
    List<String> names =
        run.history().manifest().scenario().load().requests().stream()
            .map(RequestPlan::name)
            .toList();
    return names.isEmpty()
        ? List.of()
        : new Tally(
                names, run.part(Witnesses.class).orThrow(), run.part(RequestTable.class).orThrow())
            .kinds();
  }

  /** Counts by the place of a name in the scenario. */
  private static final class Tally {
    private final List<String> names;
    private final RequestTable table;
    private final int[] kind;
    private final int[] sent;
    private final int[] failed;
    private final List<TreeMap<String, Integer>> wrong = new ArrayList<>();

    Tally(List<String> names, Witnesses witnesses, RequestTable table) {
      this.names = names;
      this.table = table;
      kind = new int[table.size];
      sent = new int[names.size()];
      failed = new int[names.size()];
      names.forEach(name -> wrong.add(new TreeMap<>()));
      Map<String, Integer> places = new HashMap<>();
      names.forEach(name -> places.put(name, places.size()));
      for (int i = 0; i < table.size; i++) {
        kind[i] =
            table.sent[i] < 0 || table.isOfPage(i)
                ? Buckets.NONE
                : places.getOrDefault(witnesses.request(i).name(), Buckets.NONE);
        if (kind[i] != Buckets.NONE) {
          count(i, witnesses.request(i).wrong());
        }
      }
    }

    private void count(int i, String what) {
      sent[kind[i]]++;
      failed[kind[i]] += table.failed(i) ? 1 : 0;
      if (!what.isEmpty()) {
        wrong.get(kind[i]).merge(what, 1, Integer::sum);
      }
    }

    List<RequestKind> kinds() {
      Buckets latencies =
          Buckets.sort(
              table.size,
              names.size(),
              i -> table.ok(i) ? kind[i] : Buckets.NONE,
              i -> table.end[i] - table.sent[i]);
      List<RequestKind> kinds = new ArrayList<>();
      for (int k = 0; k < names.size(); k++) {
        Optional<Percentiles> taken = latencies.percentiles(k);
        kinds.add(
            new RequestKind(
                names.get(k),
                sent[k],
                failed[k],
                millis(taken, Percentiles::p50Millis),
                millis(taken, Percentiles::p95Millis),
                mostOften(wrong.get(k))));
      }
      return kinds;
    }

    private static OptionalInt millis(
        Optional<Percentiles> taken, ToIntFunction<Percentiles> which) {
      return taken.stream().mapToInt(which).findFirst();
    }

    /** Of what is as frequent, the first in the order of letters. */
    private static String mostOften(TreeMap<String, Integer> counts) {
      return counts.entrySet().stream()
          .reduce((first, next) -> next.getValue() > first.getValue() ? next : first)
          .map(Map.Entry::getKey)
          .orElse("");
    }
  }
}
