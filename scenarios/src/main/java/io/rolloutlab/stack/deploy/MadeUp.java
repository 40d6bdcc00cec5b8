package io.rolloutlab.stack.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolloutlab.stack.FileValue;
import io.rolloutlab.stack.Stack;
import io.rolloutlab.stack.StackResource;
import io.rolloutlab.stack.StackService;
import io.rolloutlab.stack.StackUses;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What must be there before a stack is, lies in files, or is elsewhere. Nobody's secrets leave
 * their files but for a service that runs its own image, and nothing is fetched from others. What
 * variables put into the options of a network or a volume is for docker alone.
 */
final class MadeUp {
  /** In docker's words, by the section that they stand in. */
  private static final Map<String, String> CONTENTS =
      Map.of("configs", "config", "secrets", "secret");

  private static final Map<String, Function<StackUses, List<FileValue<String>>>> USED =
      Map.of(
          "configs",
          StackUses::configs,
          "secrets",
          StackUses::secrets,
          "volumes",
          StackUses::mounts);

  /** Pointers into what is shared, or what a service says of it, whose values may be anything. */
  private static final Pattern MAY_BE_SECRET =
      Pattern.compile(
          "(?:/services/[^/]+)?/(?<kind>network|volume)s/(?<name>[^/]+)"
              + "/(?<key>driver_opts|labels|x-[^/]*)(?:/.*)?");

  private static final String FILE = "file";
  private static final String VOLUMES = "volumes";

  /** What of a config or a secret stays beside its content. */
  private static final List<String> OF_A_CONTENT = List.of("name", "template_driver");

  /** What of a volume is about other machines. */
  private static final List<String> OF_OTHERS = List.of("driver", "driver_opts");

  private final StackEdit edit;
  private final List<StackService> own;
  private final StackFiles files;

  private MadeUp(StackEdit edit, List<StackService> own, StackFiles files) {
    this.edit = edit;
    this.own = own;
    this.files = files;
  }

  /**
   * Makes up configs, secrets, networks of others and volumes of others; no stand-in has a volume.
   *
   * @param own services that run their own image, in any version: a content is the same in all
   * @param files gets the contents that those need
   */
  static void put(StackEdit edit, Stack stack, List<StackService> own, StackFiles files) {
    MadeUp made = new MadeUp(edit, own, files);
    for (StackResource resource : stack.resources()) {
      if (CONTENTS.containsKey(resource.section())) {
        made.content(resource);
      } else if (resource.section().equals(VOLUMES)) {
        made.volume(resource);
      } else if (resource.external()) {
        edit.block(resource.section()).putObject(resource.name());
        edit.note(
            resource.place(),
            "network %s: the lab has none of others, so it is made with the stack"
                .formatted(resource.name()));
      }
    }
    if (edit.block(VOLUMES).isEmpty()) {
      edit.block().remove(VOLUMES);
    }
    hideFilled(edit);
  }

  private static void hideFilled(StackEdit edit) {
    for (String pointer : edit.filled()) {
      Matcher its = MAY_BE_SECRET.matcher(pointer);
      if (its.matches()) {
        edit.hide(
            pointer,
            "%s %s: what a variable puts into %s is masked in the files of the run's folder"
                .formatted(its.group("kind"), its.group("name"), its.group("key")));
      }
    }
  }

  /** Whether a service that runs its own image names it. */
  private boolean isUsed(StackResource resource) {
    return own.stream()
        .flatMap(service -> USED.get(resource.section()).apply(service.uses()).stream())
        .anyMatch(name -> name.is(resource.name()));
  }

  private void content(StackResource resource) {
    String kind = CONTENTS.get(resource.section());
    String name = resource.name();
    JsonNode said = edit.block(resource.section()).path(name);
    ObjectNode made = edit.block(resource.section()).putObject(name);
    boolean used = isUsed(resource);
    if (used && said.path(FILE).isTextual() && !resource.external() && !said.has("driver")) {
      OF_A_CONTENT.stream().filter(said::has).forEach(key -> made.set(key, said.get(key)));
      made.put(
          FILE,
          files.take(
              edit.place(resource.section(), name, FILE),
              kind,
              kind + "-" + name,
              said.path(FILE).asText()));
      return;
    }
    made.put(FILE, DeployedText.MADE_UP);
    edit.note(
        resource.place(),
        "%s %s: its content is made up by the lab, %s"
            .formatted(
                kind,
                name,
                used ? "which has nothing of others" : "since no service reads it here"));
  }

  private void volume(StackResource resource) {
    ObjectNode all = edit.block(VOLUMES);
    if (!isUsed(resource)) {
      all.remove(resource.name());
      return;
    }
    JsonNode said = all.path(resource.name());
    if (resource.external() || OF_OTHERS.stream().anyMatch(said::has)) {
      all.putObject(resource.name());
      edit.note(
          resource.place(),
          "volume %s: each of the lab's nodes has an empty one of its own, since it goes to no other machine"
              .formatted(resource.name()));
    }
  }
}
