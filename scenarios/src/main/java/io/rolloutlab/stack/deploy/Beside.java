package io.rolloutlab.stack.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import io.rolloutlab.stack.SaidStack;
import io.rolloutlab.stack.StackNote;
import io.rolloutlab.stack.StackService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of the services beside the one that is rolled out, where v2 is a file of its own.
 *
 * @param next that file
 */
record Beside(StackRollout stack, SaidStack next) {
  /** Tells of each that docker makes, updates or leaves behind. */
  List<StackNote> notes(DeployedVersion v1, DeployedVersion v2) {
    List<StackNote> notes = new ArrayList<>();
    for (StackService one : next.stack().services()) {
      if (!one.name().equals(stack.service().name())) {
        becomes(one.name(), v1, v2)
            .ifPresent(
                what ->
                    notes.add(new StackNote(one.place(), "%s: %s".formatted(one.name(), what))));
      }
    }
    for (StackService one : stack.text().stack().services()) {
      if (next.stack().service(one.name()).isEmpty()) {
        notes.add(
            new StackNote(
                one.place(),
                "%s: %s does not name it, so docker leaves it as it is"
                    .formatted(one.name(), next.place().file())));
      }
    }
    return notes;
  }

  private Optional<String> becomes(String name, DeployedVersion v1, DeployedVersion v2) {
    String rolledOut = stack.service().name();
    JsonNode before = v1.said().path(StackEdit.SERVICES).path(name);
    if (before.isMissingNode()) {
      return Optional.of(
          "it comes with this file, so docker makes it together with v2 of " + rolledOut);
    }
    boolean same =
        before.equals(v2.said().path(StackEdit.SERVICES).path(name))
            && v1.images().get(name).equals(v2.images().get(name));
    return same
        ? Optional.empty()
        : Optional.of(
            "it is another one in this file, so docker updates it together with %1$s; the rollback takes back %1$s alone"
                .formatted(rolledOut));
  }
}
