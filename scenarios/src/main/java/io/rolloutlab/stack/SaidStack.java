package io.rolloutlab.stack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;

/**
 * A stack, and what its files say when they are laid over each other, in the form in which docker
 * takes it as well: anchors, merges and variables have their values.
 *
 * @param stack read
 * @param said whoever asks for it gets a copy, which he may change
 * @param places of keys and of the items of lists, by their JSON pointers in {@code said}; that of
 *     the whole has the first file's
 * @param filled JSON pointers of the values in {@code said} that variables were put into
 * @param environment of who has it read: the values of variables that other files only name
 */
public record SaidStack(
    Stack stack,
    ObjectNode said,
    Map<String, Place> places,
    Set<String> filled,
    Map<String, String> environment) {
  public SaidStack {
    places = Map.copyOf(places);
    filled = Set.copyOf(filled);
    environment = Map.copyOf(environment);
  }

  @Override
  public ObjectNode said() {
    return said.deepCopy();
  }

  /** Where a key stands; where it is not there, the nearest key above it that is. */
  public Place place(String... keys) {
    String pointer = "";
    Place nearest = places.get(pointer);
    for (String key : keys) {
      pointer = below(pointer, key);
      nearest = places.getOrDefault(pointer, nearest);
    }
    return nearest;
  }

  /** The pointer of a key in the block that another one points at. */
  public static String below(String pointer, String key) {
    return pointer + "/" + key.replace("~", "~0").replace("/", "~1");
  }
}
