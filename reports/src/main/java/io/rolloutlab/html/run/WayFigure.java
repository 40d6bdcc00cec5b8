package io.rolloutlab.html.run;

import io.rolloutlab.analysis.requests.TaskWitness;
import io.rolloutlab.analysis.way.Way;
import io.rolloutlab.chart.FlowChart;
import io.rolloutlab.chart.Ink;
import io.rolloutlab.history.Manifest;
import io.rolloutlab.html.part.Figure;
import io.rolloutlab.scenario.app.VersionPlan;
import io.rolloutlab.scenario.cluster.Balancing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The way of a run's requests as a drawing, and the same in words. */
final class WayFigure {
  private static final int MOST_TASKS = 12;
  private static final int MOST_CONTAINERS = 3;
  private static final int MOST_NODES = 2;

  private final Manifest manifest;
  private final Way way;
  private final String kind;
  private final Set<Way.Answerer> drawn;

  WayFigure(Manifest manifest, Way way) {
    this.manifest = manifest;
    this.way = way;
    kind = manifest.scenario().edge().kind();
    drawn =
        answerers()
            .filter(Way.Answerer::known)
            .sorted(Comparator.comparingInt(Way.Answerer::answers).reversed())
            .limit(MOST_TASKS)
            .collect(Collectors.toCollection(HashSet::new));
  }

  Figure figure(String id, String title) {
    FlowChart chart = FlowChart.of(stations(), branches());
    String description =
        "The way of the requests from %s through the published port and %s to who answered; a list"
            + " below has the same in words";
    return Figure.drawn(
        id,
        isSimulated() ? title + " (simulated)" : title,
        ("Made from what this run recorded. Numbers are of the whole run; those behind %s are answers,"
                + " whatever their status.")
            .formatted(kind),
        keys(),
        (size, svgId) ->
            chart.svg(size, svgId, description.formatted(stations().get(0).title(), kind)));
  }

  /** What is drawn, a sentence for each box. */
  List<String> inWords() {
    Stream<String> chain =
        stations().stream()
            .map(one -> "%s: %s.".formatted(one.title(), String.join(", ", one.lines())));
    return Stream.concat(chain, branches().stream().map(WayFigure::inWords)).toList();
  }

  private static String inWords(FlowChart.Branch branch) {
    Stream<String> leaves =
        branch.leaves().stream().map(leaf -> "%s: %s".formatted(leaf.text(), leaf.number()));
    String all = Stream.concat(branch.lines().stream(), leaves).collect(Collectors.joining("; "));
    return all.isEmpty()
        ? "%s: %s.".formatted(branch.title(), branch.sum())
        : "%s, %s: %s.".formatted(branch.title(), branch.sum(), all);
  }

  private boolean isSimulated() {
    return manifest.origin() == Manifest.Origin.TWIN;
  }

  private Stream<Way.Answerer> answerers() {
    return way.behind().stream().flatMap(behind -> behind.answerers().stream());
  }

  private List<Figure.Key> keys() {
    List<Figure.Key> keys = new ArrayList<>();
    for (Ink ink : List.of(Ink.V1, Ink.V2, Ink.UNKNOWN)) {
      if (answerers().anyMatch(one -> ink(one.version()) == ink)) {
        keys.add(Figure.Key.area(ink, ink == Ink.UNKNOWN ? "version not known" : ink.css()));
      }
    }
    return keys;
  }

  private static Ink ink(String version) {
    return version.equals(VersionPlan.V1)
        ? Ink.V1
        : version.equals(VersionPlan.V2) ? Ink.V2 : Ink.UNKNOWN;
  }

  private List<FlowChart.Station> stations() {
    return List.of(users(), port(), edge());
  }

  private FlowChart.Station users() {
    return new FlowChart.Station(
        isSimulated() ? "Simulated users" : "Gatling",
        List.of(
            isSimulated() ? "no Docker was used" : "on the lab's machine",
            count(way.load().requests(), "request"),
            "of " + count(way.load().users(), "user")));
  }

  private FlowChart.Station port() {
    String entered = count(way.logged().requests(), "request") + " entered";
    Way.Entrance entrance = way.entrance();
    return switch (entrance.publishing()) {
      case HOST ->
          new FlowChart.Station(
              "Port " + entrance.port(), List.of("host mode", "on " + nodes(), entered));
      case INGRESS ->
          new FlowChart.Station(
              "Port " + entrance.port(),
              List.of("routing mesh (ingress)", "on every node", entered));
      case NOT_RECORDED ->
          new FlowChart.Station("Published port", List.of("how: not recorded", entered));
    };
  }

  private String nodes() {
    List<String> nodes = way.entrance().nodes();
    return nodes.size() > MOST_NODES ? nodes.size() + " nodes" : String.join(", ", nodes);
  }

  private FlowChart.Station edge() {
    List<String> lines = new ArrayList<>();
    if (!way.entrance().nodes().isEmpty()) {
      lines.add("on " + nodes());
    }
    List<Way.Container> all = way.logged().containers();
    lines.add(count(all.size(), "container"));
    all.stream()
        .limit(MOST_CONTAINERS)
        .forEach(one -> lines.add("%s: %s".formatted(one.id(), one.requests())));
    int rest = all.stream().skip(MOST_CONTAINERS).mapToInt(Way.Container::requests).sum();
    if (all.size() > MOST_CONTAINERS) {
      lines.add("%s more: %s".formatted(all.size() - MOST_CONTAINERS, rest));
    }
    return new FlowChart.Station(kind, lines);
  }

  private List<FlowChart.Branch> branches() {
    List<FlowChart.Branch> branches =
        new ArrayList<>(way.behind().stream().map(this::branch).toList());
    if (way.unnamed() > 0) {
      branches.add(
          new FlowChart.Branch(
              "No known task",
              count(way.unnamed(), "answer"),
              List.of(
                  manifest.balancing() == Balancing.VIP
                      ? "they name no container of a task"
                      : "their addresses name no one task"),
              List.of()));
    }
    return branches;
  }

  private FlowChart.Branch branch(Way.Behind behind) {
    List<FlowChart.Leaf> leaves =
        new ArrayList<>(
            behind.answerers().stream()
                .filter(one -> !one.known() || drawn.contains(one))
                .map(WayFigure::leaf)
                .toList());
    List<Way.Answerer> rest =
        behind.answerers().stream().filter(one -> one.known() && !drawn.contains(one)).toList();
    if (!rest.isEmpty()) {
      leaves.add(
          new FlowChart.Leaf(
              Ink.AXIS,
              count(rest.size(), "more task"),
              "" + rest.stream().mapToInt(Way.Answerer::answers).sum()));
    }
    return new FlowChart.Branch(
        behind.service().isEmpty() ? "A service" : behind.service(),
        count(behind.answers(), "answer"),
        lines(behind),
        leaves);
  }

  private static FlowChart.Leaf leaf(Way.Answerer one) {
    String version = one.version().isEmpty() ? "version not known" : one.version();
    String text =
        one.known()
            ? "%s, %s, on %s, %s".formatted(one.task(), version, one.node(), one.address())
            : version + ", task not known";
    return new FlowChart.Leaf(ink(one.version()), text, "" + one.answers());
  }

  private List<String> lines(Way.Behind behind) {
    List<String> lines = new ArrayList<>();
    if (behind.service().isEmpty()) {
      lines.add("which one is not certain");
    }
    if (behind.copies()) {
      lines.add("gets copies, whose answers nobody logs");
    }
    if (manifest.balancing() == Balancing.VIP) {
      boolean hasAddress =
          !behind.address().isEmpty() && !behind.address().equals(behind.service());
      lines.add("one virtual address" + (hasAddress ? ": " + behind.address() : ""));
    } else if (way.asked() == TaskWitness.Asked.YES) {
      lines.add("its name leads to the tasks' own addresses");
    } else {
      lines.add("which task had which address: not recorded");
    }
    return lines;
  }

  private static String count(int number, String of) {
    return "%s %s%s".formatted(number, of, number == 1 ? "" : "s");
  }
}
