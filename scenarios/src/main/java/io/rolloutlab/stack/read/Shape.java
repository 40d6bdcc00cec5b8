package io.rolloutlab.stack.read;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** What may stand at a place of a stack file. */
sealed interface Shape {
  /** What people call it. */
  String words();

  /** Whether a part is of this kind, whatever it holds. */
  boolean fits(YamlPart part);

  /**
   * A word.
   *
   * @param kinds it may be of; what variables were put into may be of any
   * @param check throws an {@link IllegalArgumentException} that says what is wrong with its text
   */
  record Scalar(String words, Set<WordKind> kinds, Consumer<String> check) implements Shape {
    @Override
    public boolean fits(YamlPart part) {
      return part instanceof YamlPart.Word;
    }
  }

  /** A list of items of one shape. */
  record ListOf(String words, Shape item) implements Shape {
    @Override
    public boolean fits(YamlPart part) {
      return part instanceof YamlPart.Items;
    }
  }

  /** A block whose keys are names that people choose. */
  record Named(String words, Pattern names, Shape value) implements Shape {
    @Override
    public boolean fits(YamlPart part) {
      return part instanceof YamlPart.Block;
    }
  }

  /**
   * A block whose keys docker knows.
   *
   * @param extensions whether keys that begin with {@code x-} may stand in it
   * @param open whether docker takes any other key, too
   */
  record Keys(String words, Map<String, Key> keys, boolean extensions, boolean open)
      implements Shape {
    public Keys {
      keys = new LinkedHashMap<>(keys);
    }

    @Override
    public boolean fits(YamlPart part) {
      return part instanceof YamlPart.Block;
    }
  }

  /** One of several. */
  record Either(List<Shape> shapes) implements Shape {
    @Override
    public String words() {
      return String.join(", or ", shapes.stream().map(Shape::words).toList());
    }

    @Override
    public boolean fits(YamlPart part) {
      return shapes.stream().anyMatch(shape -> shape.fits(part));
    }
  }

  /** Whatever it is: docker does not look. */
  record Anything() implements Shape {
    @Override
    public String words() {
      return "anything";
    }

    @Override
    public boolean fits(YamlPart part) {
      return true;
    }
  }

  /**
   * A key that docker knows.
   *
   * @param since the minor version of the file format, 3.x, that has it first
   * @param ignored why it has no effect, a sentence's end; empty where it has one
   */
  record Key(Shape shape, int since, String ignored) {}
}
