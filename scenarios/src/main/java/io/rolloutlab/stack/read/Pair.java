package io.rolloutlab.stack.read;

/** A name with its value, out of {@code NAME=value} or {@code NAME} alone. */
record Pair(String name, YamlPart.Word value) {
  static Pair of(YamlPart.Word word) {
    int at = word.text().indexOf('=');
    String name = at < 0 ? word.text() : word.text().substring(0, at);
    return new Pair(
        name,
        at < 0
            ? new YamlPart.Word(word.place(), "", true, word.filled(), word.unset())
            : new YamlPart.Word(
                word.place(), word.text().substring(at + 1), false, word.filled(), word.unset()));
  }
}
