package io.rolloutlab.doctor;

import io.rolloutlab.stack.StackService;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The change that a finding speaks of, so that it can be tried, and made.
 *
 * @param settings of the service, at least one; all others stay
 * @param shownBy the run that shows what it is good for; empty where no run of the lab can
 * @param onlyWhere what somebody must know of the app before the change is made, as the end of a
 *     sentence; empty for nothing
 */
public record Remedy(
    List<StackSetting> settings, Optional<Demonstration> shownBy, Optional<String> onlyWhere) {
  public Remedy {
    settings = List.copyOf(settings);
  }

  /** A change of one setting that needs no thought. */
  public static Remedy set(String key, String value) {
    return new Remedy(List.of(new StackSetting(key, value)), Optional.empty(), Optional.empty());
  }

  /** The same with another setting. */
  public Remedy and(String key, String value) {
    List<StackSetting> more = new ArrayList<>(settings);
    more.add(new StackSetting(key, value));
    return new Remedy(more, shownBy, onlyWhere);
  }

  /** The same, which such a run shows. */
  public Remedy shown(Demonstration run) {
    return new Remedy(settings, Optional.of(run), onlyWhere);
  }

  /** The same, which a person has to decide on. */
  public Remedy onlyWhere(String what) {
    return new Remedy(settings, shownBy, Optional.of(what));
  }

  /**
   * The same, which starts a task beside the one that it stops: where nodes take only so many, a
   * person has to know whether there is a node that takes one more.
   */
  public Remedy besideTheOld(StackService service) {
    return service.placement().isLimited()
        ? onlyWhere("where nodes have room for one more task of it (max_replicas_per_node)")
        : this;
  }

  /** Value by key. */
  public Map<String, String> byKey() {
    Map<String, String> all = new LinkedHashMap<>();
    settings.forEach(setting -> all.put(setting.key(), setting.value()));
    return all;
  }

  /** For people: {@code KEY: VALUE} of each. */
  public String print() {
    return settings.stream().map(StackSetting::print).collect(Collectors.joining(", "));
  }
}
