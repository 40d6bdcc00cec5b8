package io.rolloutlab.stack.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.rolloutlab.stack.Place;
import io.rolloutlab.stack.StackService;
import io.rolloutlab.stack.asked.AskedPart;
import io.rolloutlab.stack.asked.AskedWords;
import io.rolloutlab.stack.read.Mount;
import java.nio.file.Files;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Mounts of a service that runs its own image: volumes stay, and of the paths of nodes those that
 * every node has.
 */
final class OwnMounts {
  private static final String VOLUMES = "volumes";

  /** A node of the lab has what its system has, and its engine's socket. */
  private static final Pattern OF_EVERY_NODE = Pattern.compile("/tmp|(?:/var)?/run/docker\\.sock");

  /** A node is a privileged container: what its kernel has there is this machine's. */
  private static final Pattern OF_THE_MACHINE =
      Pattern.compile("/|/dev|/proc(?:/.*)?|/sys(?:/.*)?");

  private static final Set<String> CLOCK = Set.of("/etc/localtime", "/etc/timezone");

  private final StackEdit edit;
  private final String service;
  private final StackFiles files;
  private final AskedWords words;
  private final ArrayNode kept;

  private OwnMounts(
      StackEdit edit, String service, StackFiles files, AskedWords words, ArrayNode kept) {
    this.edit = edit;
    this.service = service;
    this.files = files;
    this.words = words;
    this.kept = kept;
  }

  /**
   * Puts them into the stack.
   *
   * @param files tells what a path means on this machine
   * @param words of who asks
   * @throws IllegalArgumentException when one is a file, of which the lab's nodes cannot have an
   *     empty one
   */
  static void put(StackEdit edit, StackService service, StackFiles files, AskedWords words) {
    String name = service.name();
    edit.list(name, VOLUMES)
        .ifPresent(
            said -> {
              OwnMounts mounts = new OwnMounts(edit, name, files, words, said.arrayNode());
              for (int i = 0; i < said.size(); i++) {
                mounts.put(said.get(i), edit.placeOf(name, VOLUMES, String.valueOf(i)));
              }
              edit.service(name).set(VOLUMES, mounts.kept);
            });
  }

  private void put(JsonNode said, Place place) {
    if (said.isObject()) {
      if (said.path("type").asText().equals("bind")) {
        path(said.path("source").asText(), said.path("target").asText(), said, place);
      } else {
        kept.add(said);
      }
      return;
    }
    Mount mount = Mount.of(said.asText());
    if (mount.source().isEmpty() || mount.isNamed()) {
      kept.add(said);
    } else {
      path(mount.source(), mount.target(), said, place);
    }
  }

  private static JsonNode readOnly(JsonNode said) {
    if (said instanceof ObjectNode block) {
      return block.deepCopy().put("read_only", true);
    }
    Mount mount = Mount.of(said.asText());
    return TextNode.valueOf("%s:%s:ro".formatted(mount.source(), mount.target()));
  }

  private void path(String source, String target, JsonNode said, Place place) {
    if (OF_THE_MACHINE.matcher(source).matches()) {
      kept.add(readOnly(said));
      edit.note(
          place,
          "%s: %s is that of the lab's node, which shares its kernel with this machine, so it is read-only"
              .formatted(service, source));
    } else if (OF_EVERY_NODE.matcher(source).matches()) {
      kept.add(said);
      edit.note(place, "%s: %s is that of the lab's node".formatted(service, source));
    } else if (CLOCK.contains(source)) {
      edit.note(
          place,
          "%s: %s is left out: its tasks have the time zone of their image"
              .formatted(service, source));
    } else if (Files.isRegularFile(files.path(source))) {
      throw new IllegalArgumentException(
          "%s: %s: %s is a file of this machine, which the lab's nodes do not have: make it a config of the stack, or let the lab's own app play the service with %s"
              .formatted(place.print(), service, source, words.said(AskedPart.STAND_IN, service)));
    } else {
      kept.add(target);
      edit.note(
          place,
          "%s: each task has an empty volume at %s in place of %s, which the lab's nodes do not have"
              .formatted(service, target, source));
    }
  }
}
