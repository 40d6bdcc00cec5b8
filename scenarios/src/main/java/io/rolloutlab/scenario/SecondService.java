package io.rolloutlab.scenario;

import io.rolloutlab.scenario.app.AppPlan;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a strategy makes beside the app's service: a second one with v2, which has to start before
 * anything else can happen.
 *
 * @param prefix of its name, a word: {@code green} makes {@code green-pyapp}
 * @param replicas the strategy's own setting → the number of tasks that it sets, for example {@code
 *     steps[0].replicas} → 1; empty where the second service is as large as the first
 * @param ports the strategy's own setting → the port that it publishes on every node under vip
 * @param smokeTested whether probes of it have to be answered before users are
 */
public record SecondService(
    String prefix, Map<String, Integer> replicas, Map<String, Integer> ports, boolean smokeTested) {
  public SecondService {
    replicas = Collections.unmodifiableMap(new LinkedHashMap<>(replicas));
    ports = Collections.unmodifiableMap(new LinkedHashMap<>(ports));
  }

  /** Its name. */
  public String name() {
    return name(prefix);
  }

  /** The name of a second service with such a prefix. */
  public static String name(String prefix) {
    return prefix + "-" + AppPlan.SERVICE;
  }
}
