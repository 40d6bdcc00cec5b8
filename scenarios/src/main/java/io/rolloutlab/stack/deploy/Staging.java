package io.rolloutlab.stack.deploy;

import io.rolloutlab.scenario.app.AppPlan;
import io.rolloutlab.scenario.app.VersionPlan;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.stack.SaidStack;
import io.rolloutlab.stack.StackNote;
import io.rolloutlab.stack.StackService;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Makes both versions of a stack: its files, with what the lab needs in the place of some of their
 * words.
 *
 * @param balancing of the run: vip or dnsrr
 * @param edgeNetwork the network of the lab's edge
 */
record Staging(StackRollout stack, Balancing balancing, String edgeNetwork) {
  /**
   * Makes them.
   *
   * @throws IllegalArgumentException when a service that runs its own image needs a file that is
   *     not there, or that no node can have
   */
  DeployedText text() {
    List<StackNote> notes = new ArrayList<>(stack.text().stack().notes());
    stack.cast().file().ifPresent(next -> notes.addAll(next.stack().notes()));
    if (!stack.cast().plays(stack.service().name())
        && stack.scenario().load().requests().isEmpty()) {
      notes.add(
          new StackNote(
              stack.service().image().place(),
              "%s: users ask for GET /, and any answer below 500 counts as a good one"
                  .formatted(stack.service().name())));
    }
    DeployedVersion v1 = version(stack.text(), VersionPlan.V1, notes);
    Optional<SaidStack> file = stack.cast().file();
    DeployedVersion v2 =
        file.map(next -> version(next, VersionPlan.V2, notes))
            .orElseGet(
                () ->
                    v1.with(
                        images(stack.text(), VersionPlan.V2), plan(VersionPlan.V2).variables()));
    file.ifPresent(next -> notes.addAll(new Beside(stack, next).notes(v1, v2)));
    VersionPlan candidate = plan(VersionPlan.V2);
    if (candidate.fault() != null) {
      notes.add(
          new StackNote(
              stack.service().image().place(),
              "%s: v2 %s".formatted(stack.service().name(), candidate.fault().words())));
    }
    return new DeployedText(
        stack.service().name(),
        v1,
        v2,
        notes.stream().distinct().sorted(Comparator.comparing(StackNote::place)).toList());
  }

  private DeployedVersion version(SaidStack text, String version, List<StackNote> notes) {
    StackEdit edit = new StackEdit(text);
    StackFiles files = new StackFiles(text);
    WayIn wayIn = new WayIn(edit, balancing);
    wayIn.version();
    List<StackService> all = text.stack().services();
    List<StackService> own = all.stream().filter(one -> !stack.cast().plays(one.name())).toList();
    for (StackService one : all) {
      if (own.contains(one)) {
        OwnService.put(edit, one, files, stack.cast().words());
      } else {
        StandIn.put(edit, one);
      }
      wayIn.open(one, isRolledOut(one) ? stack.scenario().app().hostPort() : null);
      fit(one, version, edit);
    }
    MadeUp.put(edit, text.stack(), stack.ownServices(), files);
    StackService rolledOut = text.stack().service(stack.service().name()).orElseThrow();
    wayIn.join(rolledOut, edgeNetwork);
    DeployedText.tellOfLabel(edit, rolledOut.name());
    notes.addAll(edit.notes());
    return new DeployedVersion(
        edit.said(),
        images(text, version),
        plan(version).variables(),
        edit.secret(),
        own.stream().map(StackService::name).collect(Collectors.toSet()),
        files.contents());
  }

  private VersionPlan plan(String version) {
    AppPlan app = stack.scenario().app();
    return version.equals(VersionPlan.V1) ? app.v1() : app.v2();
  }

  private boolean isRolledOut(StackService one) {
    return one.name().equals(stack.service().name());
  }

  /** Swarm goes forward by what v2's file says, and back by what v1's does. */
  private void fit(StackService one, String version, StackEdit edit) {
    LabNodes nodes = new LabNodes(edit, stack.scenario(), stack.cast()::plays);
    boolean first = version.equals(VersionPlan.V1);
    if (!isRolledOut(one)) {
      nodes.fitOther(one);
      return;
    }
    nodes.fitRolledOut(one, first);
    if (first) {
      nodes.fitWayBack(one);
    }
    if (!first || stack.cast().file().isEmpty()) {
      nodes.fitWayForward(one);
    }
  }

  /** Service → image. */
  private Map<String, String> images(SaidStack text, String version) {
    Map<String, String> images = new LinkedHashMap<>();
    for (StackService one : text.stack().services()) {
      images.put(
          one.name(),
          isRolledOut(one)
              ? plan(version).imageName(version)
              : stack.cast().plays(one.name())
                  ? VersionPlan.DEFAULT.imageName(VersionPlan.V1)
                  : OwnImage.of(one).name());
    }
    return images;
  }
}
