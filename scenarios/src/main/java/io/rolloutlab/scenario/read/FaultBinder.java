package io.rolloutlab.scenario.read;

import io.rolloutlab.scenario.app.AppFault;
import io.rolloutlab.scenario.app.AppFaultKind;
import io.rolloutlab.scenario.check.Complaints;
import java.util.List;

/** Makes faults of words and blocks: a kind's name, or its name as a key over its settings. */
final class FaultBinder {
  private final Binder binder;
  private final Complaints complaints;

  FaultBinder(Binder binder, Complaints complaints) {
    this.binder = binder;
    this.complaints = complaints;
  }

  /**
   * Makes one.
   *
   * @return null when none can be made, which is then complained about
   */
  AppFault fault(YamlNode node, String path) {
    if (node instanceof YamlNode.Word) {
      Object kind = binder.value(AppFaultKind.class, node, path);
      return kind == null ? null : ((AppFaultKind) kind).byDefault();
    }
    if (node instanceof YamlNode.Block block) {
      return ofBlock(block, path);
    }
    complaints.add(
        node.line(), path, "wrong type: %s is wanted here".formatted(Scalars.name(AppFault.class)));
    return null;
  }

  private AppFault ofBlock(YamlNode.Block block, String path) {
    List<String> known = Scalars.words(AppFaultKind.class);
    AppFault fault = null;
    YamlNode.Entry first = null;
    for (YamlNode.Entry entry : block.entries()) {
      String its = path + "." + entry.key();
      if (!known.contains(entry.key())) {
        complaints.add(entry.line(), its, Binder.unknown(entry.key(), known));
      } else if (first != null) {
        complaints.add(
            entry.line(),
            its,
            "%s is there already, and a version has one fault".formatted(first.key()));
      } else {
        first = entry;
        AppFaultKind kind = AppFaultKind.named(entry.key()).orElseThrow();
        fault = (AppFault) binder.settings(kind.settings(), entry, its);
      }
    }
    if (block.entries().isEmpty()) {
      complaints.add(block.line(), path, "names no fault: give one of " + String.join(", ", known));
    }
    return fault;
  }
}
