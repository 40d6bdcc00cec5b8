package io.rolloutlab.stack.read;

import io.rolloutlab.stack.FileValue;
import io.rolloutlab.stack.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A block that has been checked, or one that the file does not have, seen by its keys.
 *
 * @param place of its key; of the nearest key above where it is not there
 * @param block empty where it is not there
 */
record PartView(Place place, Optional<YamlPart.Block> block) {
  static PartView of(YamlPart.Entry entry) {
    return new PartView(
        entry.place(),
        Optional.of(entry.value())
            .filter(YamlPart.Block.class::isInstance)
            .map(YamlPart.Block.class::cast));
  }

  boolean isThere() {
    return block.isPresent();
  }

  /** What stands under a key; empty where there is none or nothing behind it. */
  Optional<YamlPart.Entry> entry(String key) {
    return block.map(its -> its.entries().get(key));
  }

  PartView view(String key) {
    return entry(key).map(PartView::of).orElse(new PartView(place, Optional.empty()));
  }

  /** The word under a key, or what holds without it. */
  <T> FileValue<T> value(String key, Function<String, T> read, T without) {
    return word(key)
        .map(word -> FileValue.given(read.apply(word.text()), word.place()))
        .orElse(FileValue.byDefault(without, place));
  }

  FileValue<String> text(String key) {
    return value(key, Function.identity(), "");
  }

  /** A word of a file as a constant: {@code start-first} as {@code START_FIRST}. */
  <E extends Enum<E>> FileValue<E> choice(String key, Class<E> type, E without) {
    return value(
        key, word -> Enum.valueOf(type, word.toUpperCase(Locale.ROOT).replace('-', '_')), without);
  }

  /** Where a word other than nothing stands under a key. */
  Optional<YamlPart.Word> word(String key) {
    return entry(key)
        .map(YamlPart.Entry::value)
        .filter(YamlPart.Word.class::isInstance)
        .map(YamlPart.Word.class::cast)
        .filter(word -> word.kind() != WordKind.NOTHING);
  }

  /** The items of a list under a key; none where there is no list. */
  List<YamlPart> items(String key) {
    return entry(key)
        .map(YamlPart.Entry::value)
        .filter(YamlPart.Items.class::isInstance)
        .map(list -> ((YamlPart.Items) list).items())
        .orElse(List.of());
  }

  /** Words of a list under a key, or the one word there. */
  List<FileValue<String>> texts(String key) {
    List<FileValue<String>> texts = new ArrayList<>();
    word(key).ifPresent(word -> texts.add(FileValue.given(word.text(), word.place())));
    for (YamlPart item : items(key)) {
      if (item instanceof YamlPart.Word word) {
        texts.add(FileValue.given(word.text(), word.place()));
      }
    }
    return texts;
  }

  /** Names with their values under a key, of a block or of a list of {@code NAME=value}. */
  Map<String, FileValue<String>> pairs(String key) {
    Map<String, FileValue<String>> pairs = new LinkedHashMap<>();
    view(key)
        .block()
        .ifPresent(
            block ->
                block
                    .entries()
                    .forEach(
                        (name, entry) ->
                            pairs.put(
                                name,
                                FileValue.given(
                                    entry.value() instanceof YamlPart.Word word ? word.text() : "",
                                    entry.place()))));
    for (YamlPart item : items(key)) {
      YamlPart.Pair pair = YamlPart.Pair.of((YamlPart.Word) item);
      pairs.put(pair.name(), FileValue.given(pair.value().text(), item.place()));
    }
    return pairs;
  }
}
