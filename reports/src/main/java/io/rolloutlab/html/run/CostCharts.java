package io.rolloutlab.html.run;

import static io.rolloutlab.html.run.TrafficCharts.each;
import static io.rolloutlab.html.run.TrafficCharts.end;
import static io.rolloutlab.text.Figures.FIGURES;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.cost.Resources;
import io.rolloutlab.analysis.cost.Tasks;
import io.rolloutlab.chart.Frame;
import io.rolloutlab.chart.Ink;
import io.rolloutlab.chart.TimeChart;
import io.rolloutlab.chart.TimeChart.Dash;
import io.rolloutlab.html.part.Figure;
import io.rolloutlab.scenario.app.VersionPlan;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The charts of what a rollout costs. */
final class CostCharts {
  private final Frame frame;

  CostCharts(Frame frame) {
    this.frame = frame;
  }

  Figure tasks(Findings run) {
    String title = "What ran: tasks of the app by version";
    if (run.tasks().known().isEmpty()) {
      return Figure.undrawn("tasks", title, run.tasks().cause());
    }
    Tasks tasks = run.tasks().known().get();
    List<Tasks.Running> running = tasks.running();
    if (running.isEmpty()) {
      return Figure.undrawn("tasks", title, "No task of the app was seen in this run.");
    }
    double[] x = each(running, r -> r.atMillis() / 1000.0);
    double end = Math.max(frame.toSeconds(), x[x.length - 1]);
    TimeChart chart =
        TimeChart.of(frame, "running tasks")
            .counting()
            .atLeast(tasks.replicas())
            .stack(Ink.V1, x, each(running, Tasks.Running::v1), end)
            .stack(Ink.V2, x, each(running, Tasks.Running::v2), end);
    return Figure.drawn(
        "tasks",
        title,
        "%s tasks are wanted. Above that the rollout pays for more; below it users have fewer to "
                .formatted(tasks.replicas())
            + "serve them.",
        List.of(Figure.Key.area(Ink.V1, VersionPlan.V1), Figure.Key.area(Ink.V2, VersionPlan.V2)),
        (size, id) -> chart.svg(size, id, "Running tasks by version over time, stacked"));
  }

  Figure cpu(Findings run) {
    return level(
        run,
        "cpu",
        "CPU of the app and of the engines",
        "CPU cores in use",
        "Cores kept busy in each second. Starting a task costs CPU at once; the engines (dockerd, "
            + "without the tasks on their nodes) are drawn apart."
            + beside(run, use -> "used %s s of CPU".formatted(FIGURES.number(use.cpuSeconds(), 1))),
        Resources.Level::cpuCores);
  }

  Figure memory(Findings run) {
    return level(
        run,
        "memory",
        "Memory of the app and of the engines",
        "MB in use",
        "The filled area is the app, both versions on top of each other: twice its height in the "
            + "warm-up is \"twice the memory\". 1 MB = 10⁶ bytes."
            + beside(
                run,
                use -> "had at most %s at once".formatted(FIGURES.bytes(use.memoryPeakBytes()))),
        level -> level.memoryBytes() / 1e6);
  }

  /** What a stack's other services took, which is not drawn; empty where there are none. */
  private static String beside(Findings run, Function<Resources.Use, String> inWords) {
    return run.resources()
        .known()
        .flatMap(Resources::beside)
        .map(inWords)
        .map(
            used ->
                " The stack's other services, which are not drawn, %s since x = 0.".formatted(used))
        .orElse("");
  }

  private Figure level(
      Findings run,
      String id,
      String title,
      String unit,
      String caption,
      ToDoubleFunction<Resources.Level> value) {
    if (run.resources().known().isEmpty()) {
      return Figure.undrawn(id, title, run.resources().cause());
    }
    List<Resources.Second> seconds = run.resources().known().get().perSecond();
    if (seconds.isEmpty()) {
      return Figure.undrawn(id, title, "No resources were sampled in this run.");
    }
    double[] x = each(seconds, Resources.Second::second);
    double end = end(seconds, Resources.Second::second);
    TimeChart chart =
        TimeChart.of(frame, unit)
            .stack(Ink.V1, x, each(seconds, s -> value.applyAsDouble(s.v1())), end)
            .stack(Ink.V2, x, each(seconds, s -> value.applyAsDouble(s.v2())), end)
            .line(
                Ink.ENGINE,
                Dash.DASHED,
                each(seconds, s -> s.second() + 0.5),
                each(seconds, s -> value.applyAsDouble(s.engines())));
    return Figure.drawn(
        id,
        title,
        caption,
        List.of(
            Figure.Key.area(Ink.V1, "app v1"),
            Figure.Key.area(Ink.V2, "app v2"),
            Figure.Key.line(Ink.ENGINE, Dash.DASHED, "engines of all nodes")),
        (size, svgId) -> chart.svg(size, svgId, title + " over time"));
  }
}
