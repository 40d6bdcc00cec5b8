package io.rolloutlab.analysis.way;

import io.rolloutlab.analysis.requests.RequestTable;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.History;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The services behind the edge, by the recorded routes, and which answers are theirs. */
final class BehindEdge {
  private static final int[] VERSIONS = {RequestTable.V1, RequestTable.V2, 0};

  private final History history;

  /** Service → the versions that the routes gave it; empty text where the lab did not decide it. */
  private final Map<String, Set<String>> routed = new LinkedHashMap<>();

  private final Set<String> mirrors = new LinkedHashSet<>();

  BehindEdge(History history) {
    this.history = history;
    history.events(Event.EdgeChange.class).forEach(this::take);
  }

  private void take(Event.EdgeChange change) {
    for (Event.Route route : change.routes()) {
      boolean takesSome =
          route.weight() > 0 || !route.addresses().isEmpty() || !route.conditions().isEmpty();
      if (takesSome) {
        routed.computeIfAbsent(route.service(), its -> new LinkedHashSet<>()).add(route.version());
      }
    }
    if (change.mirror() != null) {
      mirrors.add(change.mirror());
    }
  }

  /**
   * Each service with the tasks whose addresses were recorded, also with those that gave no answer.
   *
   * @param answers task's id → its answers
   * @param virtual service → its virtual address, where that is what the edge asks
   */
  List<Way.Behind> tasks(Map<String, Integer> answers, Map<String, String> virtual) {
    Map<String, List<Way.Answerer>> services = new LinkedHashMap<>();
    routed.keySet().forEach(service -> services.put(service, new ArrayList<>()));
    mirrors.forEach(service -> services.putIfAbsent(service, new ArrayList<>()));
    history
        .events(Event.TaskAddress.class)
        .filter(given -> !given.version().isEmpty())
        .filter(given -> services.containsKey(given.service()) || answers.containsKey(given.task()))
        .sorted(Comparator.comparingLong(Event.TaskAddress::atMillis))
        .forEach(
            given ->
                services
                    .computeIfAbsent(given.service(), its -> new ArrayList<>())
                    .add(
                        new Way.Answerer(
                            given.name(),
                            given.version(),
                            given.node(),
                            given.address(),
                            answers.getOrDefault(given.task(), 0))));
    return services.entrySet().stream()
        .map(one -> behind(one.getKey(), virtual.getOrDefault(one.getKey(), ""), one.getValue()))
        .toList();
  }

  /**
   * Each virtual address with the versions of its answers, and the service where it is certain.
   *
   * @param answers address → its answers by version
   */
  List<Way.Behind> addresses(Map<String, int[]> answers) {
    List<Way.Behind> all = new ArrayList<>();
    Set<String> named = new LinkedHashSet<>();
    answers.forEach(
        (address, counts) -> {
          String service = routed.containsKey(address) ? address : onlyServiceOf(counts);
          named.add(service);
          all.add(behind(service, address, versions(counts)));
        });
    // One that is not told from others may be any of those that are missing.
    if (!named.contains("")) {
      routed.keySet().stream()
          .filter(service -> !named.contains(service))
          .forEach(service -> all.add(behind(service, "", List.of())));
    }
    return withMirrors(all);
  }

  /**
   * Each service with the versions of its answers, where the addresses tell nothing.
   *
   * @param answers address → its answers by version
   */
  List<Way.Behind> versions(Map<String, int[]> answers) {
    int[] sums = new int[VERSIONS.length];
    answers.values().forEach(counts -> add(counts, sums));
    Map<String, int[]> services = new LinkedHashMap<>();
    for (int version : VERSIONS) {
      if (sums[version] > 0) {
        int[] only = new int[VERSIONS.length];
        only[version] = sums[version];
        add(only, services.computeIfAbsent(onlyServiceOf(only), its -> new int[VERSIONS.length]));
      }
    }
    List<Way.Behind> all = new ArrayList<>();
    services.forEach((service, counts) -> all.add(behind(service, "", versions(counts))));
    return withMirrors(all);
  }

  private static void add(int[] counts, int[] to) {
    for (int i = 0; i < counts.length; i++) {
      to[i] += counts[i];
    }
  }

  private List<Way.Behind> withMirrors(List<Way.Behind> all) {
    mirrors.stream()
        .filter(mirror -> all.stream().noneMatch(one -> one.service().equals(mirror)))
        .forEach(mirror -> all.add(behind(mirror, "", List.of())));
    return all;
  }

  private Way.Behind behind(String service, String address, List<Way.Answerer> answerers) {
    return new Way.Behind(service, address, mirrors.contains(service), answerers);
  }

  private static List<Way.Answerer> versions(int[] counts) {
    List<Way.Answerer> each = new ArrayList<>();
    for (int version : VERSIONS) {
      if (counts[version] > 0) {
        String name = version == 0 ? "" : RequestTable.name(version);
        each.add(new Way.Answerer("", name, "", "", counts[version]));
      }
    }
    return each;
  }

  /**
   * The only service that can have given answers of these versions: the only one there is, or the
   * only one that ever ran the only version. Empty where it is not certain.
   */
  private String onlyServiceOf(int[] counts) {
    if (routed.size() == 1) {
      return routed.keySet().iterator().next();
    }
    boolean v1 = counts[RequestTable.V1] > 0;
    boolean v2 = counts[RequestTable.V2] > 0;
    boolean decided = routed.values().stream().noneMatch(versions -> versions.contains(""));
    if (!decided || v1 == v2 || counts[0] > 0) {
      return "";
    }
    String version = RequestTable.name(v1 ? RequestTable.V1 : RequestTable.V2);
    List<String> able =
        routed.entrySet().stream()
            .filter(one -> one.getValue().contains(version))
            .map(Map.Entry::getKey)
            .toList();
    return able.size() == 1 ? able.get(0) : "";
  }
}
