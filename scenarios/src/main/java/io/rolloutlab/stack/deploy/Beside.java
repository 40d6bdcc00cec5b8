package io.rolloutlab.stack.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import io.rolloutlab.stack.SaidStack;
import io.rolloutlab.stack.StackNote;
import io.rolloutlab.stack.StackResource;
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
  /** What docker makes of files, and changes only the labels of. */
  private static final List<String> CONTENTS = List.of("configs", "secrets");

  /**
   * Tells of each that docker makes, updates or leaves behind.
   *
   * @throws IllegalArgumentException when the file changes what is in a config or a secret, which
   *     docker refuses
   */
  List<StackNote> notes(DeployedVersion v1, DeployedVersion v2) {
    next.stack().resources().stream()
        .filter(one -> CONTENTS.contains(one.section()))
        .forEach(one -> refuseOtherContent(one, v1, v2));
    List<StackNote> notes = new ArrayList<>();
    for (StackService one : next.stack().services()) {
      if (!one.name().equals(stack.service().name())) {
        becomes(one, v1, v2)
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

  /**
   * Of a config or a secret that is there already Swarm changes the labels alone (swarmkit, {@code
   * manager/controlapi/config.go}: UpdateConfig), and docker gives the whole stack up.
   */
  private void refuseOtherContent(StackResource one, DeployedVersion v1, DeployedVersion v2) {
    String section = one.section();
    String key = one.name();
    if (v1.has(section, key)
        && v1.nameOf(section, key).equals(v2.nameOf(section, key))
        && !v1.contentOf(section, key).equals(v2.contentOf(section, key))) {
      throw new IllegalArgumentException(
          "%s: %s.%s: there is something else in it than in %s, and docker refuses to change what is in one that is there: give it another name in this file, as in name: %s-2"
              .formatted(
                  one.place().print(),
                  section,
                  key,
                  stack.text().place().file(),
                  v2.nameOf(section, key)));
    }
  }

  private Optional<String> becomes(StackService one, DeployedVersion v1, DeployedVersion v2) {
    String name = one.name();
    String rolledOut = stack.service().name();
    JsonNode before = v1.said().path(StackEdit.SERVICES).path(name);
    if (before.isMissingNode()) {
      return Optional.of(
          "it comes with this file, so docker makes it together with v2 of " + rolledOut);
    }
    boolean same =
        before.equals(v2.said().path(StackEdit.SERVICES).path(name))
            && v1.images().get(name).equals(v2.images().get(name));
    if (same && given(one, v1).equals(given(one, v2))) {
      return Optional.empty();
    }
    return Optional.of(
        "it %s in this file, so docker updates it together with %2$s; the rollback takes back %2$s alone"
            .formatted(
                same ? "is given other configs, secrets or variables" : "is another one",
                rolledOut));
  }

  /** What a service that says the same is given of other places, and of files. */
  private static List<Object> given(StackService one, DeployedVersion version) {
    List<Object> all = new ArrayList<>();
    one.uses().configs().forEach(its -> all.add(version.resource("configs", its.value())));
    one.uses().secrets().forEach(its -> all.add(version.resource("secrets", its.value())));
    version
        .said()
        .path(StackEdit.SERVICES)
        .path(one.name())
        .path(OwnService.ENV_FILE)
        .forEach(file -> all.add(version.content(file.asText())));
    return all;
  }
}
