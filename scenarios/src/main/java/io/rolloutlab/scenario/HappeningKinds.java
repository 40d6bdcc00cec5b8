package io.rolloutlab.scenario;

import io.rolloutlab.scenario.check.Fault;
import io.rolloutlab.scenario.check.FileWord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The kinds of things that can happen during a rollout, as far as this lab has them. */
public final class HappeningKinds {
  /** Keys that every happening has. */
  private static final Set<String> TAKEN = Set.of("at", "atPhase");

  private static final Map<String, HappeningKind<?>> ALL = Collections.unmodifiableMap(load());

  private HappeningKinds() {}

  /** By their keys, in alphabetical order. */
  public static Map<String, HappeningKind<?>> all() {
    return ALL;
  }

  /** A kind; empty for one that only another lab has. */
  public static Optional<HappeningKind<?>> named(String key) {
    return Optional.ofNullable(ALL.get(key));
  }

  /**
   * What cannot work of all that a scenario asks to happen.
   *
   * @return keys are paths from the scenario
   */
  public static List<Fault> faults(Scenario scenario) {
    List<Fault> faults = new ArrayList<>();
    for (int i = 0; i < scenario.during().size(); i++) {
      Happening its = scenario.during().get(i);
      List<Happening> before = scenario.during().subList(0, i);
      String key = "during[%s].%s".formatted(i, its.kind());
      named(its.kind()).stream()
          .flatMap(kind -> faults(kind, its, before, scenario).stream())
          .map(fault -> new Fault(join(key, fault.key()), fault.what(), fault.others()))
          .forEach(faults::add);
      phase(its, i, scenario).ifPresent(faults::add);
    }
    return faults;
  }

  /** What waits for a phase that never begins would never happen. */
  private static Optional<Fault> phase(Happening its, int place, Scenario scenario) {
    Optional<Set<Happening.Phase>> possible =
        its.atPhase() == null ? Optional.empty() : KnownStrategies.phases(scenario);
    return possible
        .filter(phases -> !phases.contains(its.atPhase()))
        .map(
            phases ->
                new Fault(
                    "during[%s].atPhase".formatted(place),
                    "is %s, but no run of %s with these settings comes to it; possible are %s"
                        .formatted(
                            FileWord.of(its.atPhase()),
                            scenario.strategy().fileName(),
                            phases.stream().map(FileWord::of).collect(Collectors.joining(", "))),
                    List.of("strategy", scenario.strategy().key())));
  }

  private static <S extends Record> List<Fault> faults(
      HappeningKind<S> kind, Happening its, List<Happening> before, Scenario scenario) {
    return kind.faults(kind.settings().cast(its.settings()), before, scenario);
  }

  /** The most tasks of a service that anything asks for which is to happen; 0 for none. */
  public static int tasks(Scenario scenario) {
    return scenario.during().stream()
        .flatMap(its -> named(its.kind()).map(kind -> tasks(kind, its)).stream())
        .mapToInt(tasks -> tasks)
        .max()
        .orElse(0);
  }

  private static <S extends Record> int tasks(HappeningKind<S> kind, Happening its) {
    return kind.tasks(kind.settings().cast(its.settings()));
  }

  private static String join(String path, String key) {
    return key.isEmpty() ? path : path + "." + key;
  }

  private static Map<String, HappeningKind<?>> load() {
    Map<String, HappeningKind<?>> kinds = new TreeMap<>();
    ClassLoader loader = HappeningKind.class.getClassLoader();
    for (HappeningKind<?> kind : ServiceLoader.load(HappeningKind.class, loader)) {
      HappeningKind<?> other = kinds.putIfAbsent(kind.key(), kind);
      if (other != null || TAKEN.contains(kind.key())) {
        throw new IllegalStateException(
            "%s: its key \"%s\" is taken; give it another"
                .formatted(kind.getClass().getName(), kind.key()));
      }
    }
    return kinds;
  }
}
