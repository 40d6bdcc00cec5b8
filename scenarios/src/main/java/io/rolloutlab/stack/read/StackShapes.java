package io.rolloutlab.stack.read;

import io.rolloutlab.stack.read.Shape.Either;
import io.rolloutlab.stack.read.Shape.Key;
import io.rolloutlab.stack.read.Shape.Keys;
import io.rolloutlab.stack.read.Shape.ListOf;
import io.rolloutlab.stack.read.Shape.Named;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Shapes that many places of a stack file have, and how those of others are made of them. */
final class StackShapes {
  /** The names of services, networks, volumes, configs and secrets. */
  static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._-]+");

  private static final Pattern ANY_NAME = Pattern.compile(".+");

  /** Not 1, but {@code "1"}; not true, but {@code "true"}. */
  static final Shape TEXT = word("a text", Set.of(WordKind.TEXT));

  static final Shape WHOLE = word("a whole number", Set.of(WordKind.WHOLE), GoWords::whole);
  static final Shape FLAG = word("true or false", Set.of(WordKind.FLAG), GoWords::flag);
  static final Shape DURATION =
      word("a duration such as 10s", Set.of(WordKind.TEXT), GoWords::duration);

  /** Quotes make no difference. */
  static final Shape TEXT_OR_NUMBER =
      word("a text or a number", EnumSet.of(WordKind.TEXT, WordKind.WHOLE, WordKind.FRACTION));

  static final Shape NUMBER = word("a number", EnumSet.of(WordKind.WHOLE, WordKind.FRACTION));

  static final Shape RATIO =
      word(
          "a number from 0 to 1",
          EnumSet.of(WordKind.WHOLE, WordKind.FRACTION),
          text -> GoWords.number(text, 0, 1));

  static final Shape MEMORY =
      word("an amount of memory such as 512M", Set.of(WordKind.TEXT), GoWords::bytes);
  static final Shape CORES =
      word("a number of cores in quotes, such as \"0.5\"", Set.of(WordKind.TEXT), GoWords::cores);

  static final Shape NOTHING = word("nothing", Set.of(WordKind.NOTHING));
  static final Shape TEXTS = new ListOf("a list of texts", TEXT);
  static final Shape TEXT_OR_TEXTS = new Either(List.of(TEXT, TEXTS));

  /** Variables and labels: {@code NAME: value}, or a list of {@code NAME=value}. */
  static final Shape PAIRS =
      new Either(
          List.of(
              new Named(
                  "a block of names with values",
                  ANY_NAME,
                  word(
                      "a text or a number (quote true and false)",
                      EnumSet.of(
                          WordKind.TEXT, WordKind.WHOLE, WordKind.FRACTION, WordKind.NOTHING))),
              TEXTS));

  /** Options of drivers. */
  static final Shape OPTIONS =
      new Named(
          "a block of names with values",
          ANY_NAME,
          word(
              "a text or a number",
              EnumSet.of(WordKind.TEXT, WordKind.WHOLE, WordKind.FRACTION, WordKind.NOTHING)));

  private StackShapes() {}

  static Shape word(String words, Set<WordKind> kinds) {
    return word(words, kinds, text -> {});
  }

  static Shape word(String words, Set<WordKind> kinds, Consumer<String> check) {
    return new Shape.Scalar(words, kinds, check);
  }

  /** One of some words. */
  static Shape oneOf(String... words) {
    String all = String.join(", ", words);
    return word(
        "one of " + all,
        Set.of(WordKind.TEXT),
        text -> {
          if (!List.of(words).contains(text)) {
            throw new IllegalArgumentException("\"%s\" is none of %s".formatted(text, all));
          }
        });
  }

  static Shape list(Shape item) {
    return new ListOf("a list", item);
  }

  static Shape either(Shape... shapes) {
    return new Either(List.of(shapes));
  }

  static Shape named(Shape value) {
    return new Named("a block of names", NAME, value);
  }

  /** Begins a block of keys. */
  static Making block() {
    return new Making();
  }

  /** A block of keys in the making. */
  static final class Making {
    private final Map<String, Key> keys = new LinkedHashMap<>();
    private boolean extensions;
    private boolean open;

    /** Adds keys of one shape. */
    Making all(Shape shape, String... names) {
      for (String name : names) {
        since(0, name, shape);
      }
      return this;
    }

    Making key(String name, Shape shape) {
      return since(0, name, shape);
    }

    /**
     * Adds a key.
     *
     * @param minor the version 3.x of the file format that has it first
     */
    Making since(int minor, String name, Shape shape) {
      keys.put(name, new Key(shape, minor, ""));
      return this;
    }

    /** Says of keys that are there why they have no effect, a sentence's end. */
    Making ignored(String why, String... names) {
      for (String name : names) {
        Key key = keys.get(name);
        keys.put(name, new Key(key.shape(), key.since(), why));
      }
      return this;
    }

    /** Keys that begin with {@code x-} may stand in it. */
    Making extended() {
      extensions = true;
      return this;
    }

    /** It takes every other key as well. */
    Making open() {
      open = true;
      return this;
    }

    Keys made() {
      return new Keys("a block of keys", keys, extensions, open);
    }
  }
}
