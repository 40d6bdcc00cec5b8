package io.rolloutlab.stack.read;

import io.rolloutlab.stack.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A part of a stack file, anchors and merges resolved; each knows where it was written. */
sealed interface YamlPart {
  Place place();

  /** Keys with values, in the order of the file. */
  record Block(Place place, Map<String, Entry> entries) implements YamlPart {
    public Block {
      entries = new LinkedHashMap<>(entries);
    }
  }

  /**
   * A value under its key.
   *
   * @param place of the key
   */
  record Entry(Place place, YamlPart value) {}

  /** A list. */
  record Items(Place place, List<YamlPart> items) implements YamlPart {
    public Items {
      items = List.copyOf(items);
    }
  }

  /**
   * A text, a number, a flag or nothing.
   *
   * @param plain whether it stands there without quotes
   * @param filled whether variables were put in; docker then turns it into what its place asks for
   * @param unset variables that it names and nobody has set, with a comma between them
   */
  record Word(Place place, String text, boolean plain, boolean filled, String unset)
      implements YamlPart {
    Word(Place place, String text, boolean plain) {
      this(place, text, plain, false, "");
    }

    WordKind kind() {
      return WordKind.of(text, plain);
    }
  }

  /** A name with its value, out of {@code NAME=value} or {@code NAME} alone. */
  record Pair(String name, Word value) {
    static Pair of(Word word) {
      int at = word.text().indexOf('=');
      String name = at < 0 ? word.text() : word.text().substring(0, at);
      return new Pair(
          name,
          at < 0
              ? new Word(word.place(), "", true, word.filled(), word.unset())
              : new Word(
                  word.place(), word.text().substring(at + 1), false, word.filled(), word.unset()));
    }
  }
}
