package io.rolloutlab.stack.asked;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolloutlab.scenario.check.Durations;
import io.rolloutlab.scenario.json.Json;
import io.rolloutlab.stack.FileValue;
import io.rolloutlab.stack.Place;
import io.rolloutlab.stack.StackNote;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A scenario as its file would say it, key by key, for the reader that all scenarios go through.
 */
final class Laying {
  private static final JsonMapper MAPPER = Json.strict(JsonMapper.builder()).build();

  private final ObjectNode root = MAPPER.createObjectNode();
  private final List<StackNote> notes = new ArrayList<>();

  /**
   * Says a value.
   *
   * @param path keys, with points between them
   */
  void say(String path, Object value) {
    String[] keys = path.split("\\.");
    ObjectNode at = root;
    for (int i = 0; i < keys.length - 1; i++) {
      at = at.withObjectProperty(keys[i]);
    }
    at.set(keys[keys.length - 1], MAPPER.valueToTree(value));
  }

  /**
   * Says a duration of the file in whole milliseconds, or the nearest that a scenario can have,
   * with a note.
   */
  void duration(String path, String key, FileValue<Duration> value, Duration least, Duration most) {
    Duration asked = Duration.ofMillis(value.value().toMillis());
    Duration can = asked.compareTo(least) < 0 ? least : asked;
    can = can.compareTo(most) > 0 ? most : can;
    if (!can.equals(asked)) {
      other(value.place(), key, Durations.print(asked), Durations.print(can));
    }
    say(path, can);
  }

  /** Says a number of the file, or the nearest that a scenario can have, with a note. */
  void number(String path, String key, FileValue<Integer> value, int least, int most) {
    int can = Math.max(least, Math.min(most, value.value()));
    if (can != value.value()) {
      other(value.place(), key, value.value().toString(), Integer.toString(can));
    }
    say(path, can);
  }

  /** Something is not as the file says it. */
  void note(Place place, String what) {
    notes.add(new StackNote(place, what));
  }

  private void other(Place place, String key, String asked, String can) {
    note(place, "%s is %s, and the lab has %s".formatted(key, asked, can));
  }

  List<StackNote> notes() {
    return notes.stream().distinct().toList();
  }

  /** All of it. */
  String text() {
    return root.toPrettyString();
  }
}
