package io.rolloutlab.command;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;

/**
 * One setting: the words that a person types for it, and its place and value in the engine's JSON.
 * It always has both, so nothing can be set on one of the two ways only.
 */
public final class Setting {
  private final String words;
  private final JsonPointer place;
  private final JsonNode value;
  private final boolean listed;

  private Setting(String words, String place, JsonNode value, boolean listed) {
    this.words = Objects.requireNonNull(words, "words");
    this.place = JsonPointer.compile(place);
    this.value = Objects.requireNonNull(value, "value");
    this.listed = listed;
  }

  /**
   * A setting with one value.
   *
   * @param words typed for it
   * @param place of the value in the engine's JSON, as a JSON pointer
   */
  static Setting of(String words, String place, JsonNode value) {
    return new Setting(words, place, value, false);
  }

  /**
   * One of many in a list.
   *
   * @param words typed for it
   * @param place of the list in the engine's JSON, as a JSON pointer
   */
  static Setting listed(String words, String place, JsonNode value) {
    return new Setting(words, place, value, true);
  }

  /**
   * What docker's client sends although nobody types a word for it.
   *
   * @param place of the value in the engine's JSON, as a JSON pointer
   */
  static Setting unasked(String place, JsonNode value) {
    return new Setting("", place, value, false);
  }

  /** What a person types; empty where docker's client does it unasked. */
  public String words() {
    return words;
  }

  /** Puts the value into a request. */
  public void into(ObjectNode request) {
    if (listed) {
      request.withArray(place).add(value.<JsonNode>deepCopy());
    } else {
      request
          .withObject(place.head())
          .set(place.last().getMatchingProperty(), value.<JsonNode>deepCopy());
    }
  }
}
