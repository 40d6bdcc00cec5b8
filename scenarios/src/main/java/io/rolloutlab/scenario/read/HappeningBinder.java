package io.rolloutlab.scenario.read;

import io.rolloutlab.scenario.Happening;
import io.rolloutlab.scenario.HappeningKind;
import io.rolloutlab.scenario.HappeningKinds;
import io.rolloutlab.scenario.check.Check;
import io.rolloutlab.scenario.check.Complaints;
import io.rolloutlab.scenario.check.InvalidValueException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes happenings of blocks: beside their time stands the key of one kind, with its settings. */
final class HappeningBinder {
  private static final String AT = "at";
  private static final String AT_PHASE = "atPhase";

  private final Binder binder;
  private final Complaints complaints;
  private final Map<String, HappeningKind<?>> kinds = HappeningKinds.all();

  HappeningBinder(Binder binder, Complaints complaints) {
    this.binder = binder;
    this.complaints = complaints;
  }

  /**
   * Makes one.
   *
   * @param path of the block
   * @return null when none can be made, which is then complained about
   */
  Happening happening(YamlNode.Block block, String path) {
    Duration at = null;
    Happening.Phase phase = null;
    YamlNode.Entry what = null;
    boolean strange = false;
    for (YamlNode.Entry entry : block.entries()) {
      String its = path + "." + entry.key();
      if (entry.key().equals(AT)) {
        at = (Duration) binder.value(Duration.class, entry.value(), its);
      } else if (entry.key().equals(AT_PHASE)) {
        phase = (Happening.Phase) binder.value(Happening.Phase.class, entry.value(), its);
        // With whatever phase was meant, the time need not be given.
        at = Check.orElse(at, Duration.ZERO);
      } else if (!kinds.containsKey(entry.key())) {
        strange = true;
        complaints.add(entry.line(), its, Binder.unknown(entry.key(), known()));
      } else if (what != null) {
        complaints.add(
            entry.line(),
            its,
            "%s is there already, and one thing happens in an entry: give each its own"
                .formatted(what.key()));
      } else {
        what = entry;
      }
    }
    if (what == null && !strange) {
      complaints.add(
          block.line(), path, "says not what happens: give one of " + String.join(", ", names()));
    }
    return what == null ? null : made(at, phase, what, block, path);
  }

  private Happening made(
      Duration at, Happening.Phase phase, YamlNode.Entry what, YamlNode.Block block, String path) {
    Class<?> type = kinds.get(what.key()).settings();
    Object settings = binder.settings(type, what, path + "." + what.key());
    try {
      return settings == null ? null : new Happening(at, phase, what.key(), settings);
    } catch (InvalidValueException bad) {
      bad.faults().forEach(fault -> binder.complain(fault, block, path));
      return null;
    }
  }

  private List<String> names() {
    return List.copyOf(kinds.keySet());
  }

  private List<String> known() {
    List<String> known = new ArrayList<>(names());
    known.add(AT);
    known.add(AT_PHASE);
    return known;
  }
}
