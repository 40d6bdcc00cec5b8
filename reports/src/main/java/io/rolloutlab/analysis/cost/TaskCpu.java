package io.rolloutlab.analysis.cost;

import io.rolloutlab.analysis.run.Span;
import io.rolloutlab.history.History;
import io.rolloutlab.history.ResourceSample;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How much CPU the container of each task used, as its engine told about once a second. Times are
 * after x = 0.
 */
public final class TaskCpu {
  private final Map<String, CpuCounter> byTask = new HashMap<>();

  /**
   * @param zero x = 0 in milliseconds since 1970
   */
  public TaskCpu(History history, long zero) {
    Map<String, List<ResourceSample>> samples =
        history.resources().stream()
            .filter(sample -> sample.kind() == ResourceSample.Kind.TASK)
            .collect(Collectors.groupingBy(ResourceSample::name));
    samples.forEach((task, its) -> byTask.put(task, new CpuCounter(its, zero)));
  }

  /**
   * How much of what a task may use it used in a span, at least. Samples rarely begin and end with
   * the span: what a container can have used outside of it is taken off what it used between the
   * samples around it, and where there are none it counts as idle.
   *
   * @param task its id
   * @param span longer than 0
   * @param cores that it may use, more than 0
   * @return a share, 0 to 1
   */
  public double shareAtLeast(String task, Span span, double cores) {
    CpuCounter counter = byTask.get(task);
    double used =
        counter == null ? 0 : counter.atLeast(span.startMillis(), span.endMillis(), cores);
    return Math.min(1, used / (cores * span.millis() / 1000));
  }
}
