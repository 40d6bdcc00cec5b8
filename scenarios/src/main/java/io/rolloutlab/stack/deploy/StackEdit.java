package io.rolloutlab.stack.deploy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolloutlab.stack.Place;
import io.rolloutlab.stack.SaidStack;
import io.rolloutlab.stack.StackNote;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a stack's files say, while it is changed; who changes something notes it. */
final class StackEdit {
  static final String SERVICES = "services";

  /** What begins so is said to nobody but other programs. */
  private static final String EXTENSION = "x-";

  private final SaidStack text;
  private final ObjectNode root;
  private final List<StackNote> notes = new ArrayList<>();
  private final Set<String> secret = new HashSet<>();

  StackEdit(SaidStack text) {
    this.text = text;
    root = text.said();
  }

  /** A block, made where it is not there. */
  ObjectNode block(String... keys) {
    ObjectNode at = root;
    for (String key : keys) {
      at = at.get(key) instanceof ObjectNode next ? next : at.putObject(key);
    }
    return at;
  }

  /** A block; empty where it is not there. */
  Optional<ObjectNode> there(String... keys) {
    ObjectNode at = root;
    for (String key : keys) {
      if (!(at.get(key) instanceof ObjectNode next)) {
        return Optional.empty();
      }
      at = next;
    }
    return Optional.of(at);
  }

  /** A service. */
  ObjectNode service(String name) {
    return block(SERVICES, name);
  }

  /** A list of a service; empty where it is not there. */
  Optional<ArrayNode> list(String service, String key) {
    return service(service).get(key) instanceof ArrayNode list
        ? Optional.of(list)
        : Optional.empty();
  }

  /** Where something of a service stands, or the nearest that is there. */
  Place placeOf(String service, String... keys) {
    List<String> all = new ArrayList<>(List.of(SERVICES, service));
    all.addAll(List.of(keys));
    return place(all.toArray(String[]::new));
  }

  /** Where something stands, or the nearest that is there. */
  Place place(String... keys) {
    return text.place(keys);
  }

  /**
   * Tells of a change.
   *
   * @param what a sentence without its point
   */
  void note(Place place, String what) {
    notes.add(new StackNote(place, what));
  }

  /** JSON pointers of values that variables were put into, and that are still there. */
  List<String> filled() {
    return text.filled().stream().filter(its -> !root.at(its).isMissingNode()).toList();
  }

  /**
   * Tells of a value that goes to docker, and to nobody else.
   *
   * @param pointer of it, as JSON has them
   * @param what a sentence without its point
   */
  void hide(String pointer, String what) {
    secret.add(pointer);
    note(text.places().get(pointer), what);
  }

  /** Pointers of all that is hidden. */
  Set<String> secret() {
    return Set.copyOf(secret);
  }

  /** What has become of it; nothing is to be changed any more. */
  ObjectNode said() {
    return root;
  }

  /** All that was told. */
  List<StackNote> notes() {
    return List.copyOf(notes);
  }

  /** Takes out of a service what is no word of docker's. */
  static void removeExtensions(ObjectNode service) {
    List<String> keys = new ArrayList<>();
    service.fieldNames().forEachRemaining(keys::add);
    keys.stream().filter(key -> key.startsWith(EXTENSION)).forEach(service::remove);
  }
}
