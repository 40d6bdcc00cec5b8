package io.rolloutlab.scenario.sweep;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rolloutlab.scenario.LoadPlan;
import io.rolloutlab.scenario.app.AppPlan;
import io.rolloutlab.scenario.check.Check;
import io.rolloutlab.scenario.check.Durations;
import io.rolloutlab.scenario.update.Order;
import io.rolloutlab.scenario.update.UpdatePlan;
import java.math.BigInteger;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The values a sweep tries, every one with every other. A list that is absent leaves the sweep's
 * scenario its own value; none is empty, and none names a value twice.
 *
 * @param parallelism that of the update; 0 = all
 * @param delay that of the update
 * @param order that of the update
 * @param monitor that of the update
 * @param replicas that of the app
 * @param startUp how long both versions take before they listen, up to 1 h; on top of what any
 *     process takes
 * @param ratePerSecond that of the load
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Vary(
    List<Integer> parallelism,
    List<Duration> delay,
    List<Order> order,
    List<Duration> monitor,
    List<Integer> replicas,
    List<Duration> startUp,
    List<Double> ratePerSecond) {
  private static final Duration LONGEST_START_UP = Duration.ofHours(1);

  public Vary {
    parallelism = values("parallelism", parallelism);
    delay = values("delay", delay);
    order = values("order", order);
    monitor = values("monitor", monitor);
    replicas = values("replicas", replicas);
    startUp = values("startUp", startUp);
    ratePerSecond = values("ratePerSecond", ratePerSecond);
    // Each plan knows what it allows; made only to be refused.
    each(parallelism, one -> new UpdatePlan(one, null, null, null, null, null));
    each(delay, one -> new UpdatePlan(null, one, null, null, null, null));
    each(monitor, one -> new UpdatePlan(null, null, null, one, null, null));
    each(replicas, AppPlan.DEFAULT::withReplicas);
    each(startUp, one -> Check.between("startUp", one, Duration.ZERO, LONGEST_START_UP));
    each(ratePerSecond, LoadPlan.DEFAULT::withRate);
  }

  /** How many values each list has, in the order of this record; absent ones are left out. */
  Map<String, Integer> sizes() {
    Map<String, List<?>> lists = new LinkedHashMap<>();
    lists.put("parallelism", parallelism);
    lists.put("delay", delay);
    lists.put("order", order);
    lists.put("monitor", monitor);
    lists.put("replicas", replicas);
    lists.put("startUp", startUp);
    lists.put("ratePerSecond", ratePerSecond);
    Map<String, Integer> sizes = new LinkedHashMap<>();
    lists.forEach(
        (key, values) -> {
          if (values != null) {
            sizes.put(key, values.size());
          }
        });
    return sizes;
  }

  /** How many combinations there are, however many that is. */
  BigInteger combinations() {
    return sizes().values().stream()
        .map(BigInteger::valueOf)
        .reduce(BigInteger.ONE, BigInteger::multiply);
  }

  private static <T> List<T> values(String key, List<T> values) {
    if (values == null) {
      return null;
    }
    Check.that(
        !values.isEmpty(),
        key,
        "is an empty list: name values, or leave it out to keep the scenario's own");
    Set<T> seen = new HashSet<>();
    for (T value : values) {
      Check.that(value != null, key, "has an element without a value");
      Check.that(seen.add(value), key, "names %s twice: each value once".formatted(text(value)));
    }
    return List.copyOf(values);
  }

  private static String text(Object value) {
    return value instanceof Duration length
        ? Durations.print(length)
        : value instanceof Order order ? order.swarmName() : value.toString();
  }

  private static <T> void each(List<T> values, java.util.function.Consumer<T> check) {
    if (values != null) {
      values.forEach(check);
    }
  }
}
