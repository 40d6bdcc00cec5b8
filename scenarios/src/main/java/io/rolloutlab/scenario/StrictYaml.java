package io.rolloutlab.scenario;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads one kind of YAML file strictly: what it does not know, it refuses, naming file, line and
 * key.
 */
final class StrictYaml<T> {
  private static final YAMLMapper MAPPER = Json.strict(YAMLMapper.builder()).build();

  private final Class<T> type;
  private final String kind;
  private final Function<T, String> name;

  /**
   * @param kind what people call it, for example {@code scenario}
   * @param name of one that was read
   */
  StrictYaml(Class<T> type, String kind, Function<T, String> name) {
    this.type = type;
    this.kind = kind;
    this.name = name;
  }

  T read(Path file) {
    String text = textOf(file);
    try {
      T read = MAPPER.readValue(text, type);
      if (read == null) {
        throw new InvalidScenarioException(
            "%s: the file is empty; a %s needs a name".formatted(file, kind));
      }
      return read;
    } catch (JsonProcessingException refused) {
      throw new InvalidScenarioException(explain(file, text, refused));
    }
  }

  /** Files, and every {@code *.yaml} or {@code *.yml} of folders; by name. */
  List<T> readAll(List<Path> filesAndFolders) {
    Map<String, Path> files = new TreeMap<>();
    Map<String, T> all = new TreeMap<>();
    for (Path file : filesAndFolders.stream().flatMap(StrictYaml::expand).toList()) {
      T read = read(file);
      Path other = files.put(name.apply(read), file);
      if (other != null) {
        throw new InvalidScenarioException(
            "%s: the name \"%s\" is taken by %s; give each %s its own"
                .formatted(file, name.apply(read), other, kind));
      }
      all.put(name.apply(read), read);
    }
    if (all.isEmpty()) {
      throw new InvalidScenarioException(
          "no %s in %s: name a .yaml file or a folder that holds some"
              .formatted(kind, filesAndFolders));
    }
    return List.copyOf(all.values());
  }

  private static Stream<Path> expand(Path path) {
    if (!Files.isDirectory(path)) {
      return Stream.of(path);
    }
    try (Stream<Path> entries = Files.list(path)) {
      return entries
          .filter(entry -> entry.toString().matches(".*\\.ya?ml"))
          .sorted()
          .toList()
          .stream();
    } catch (IOException unreadable) {
      throw new InvalidScenarioException(path + ": cannot be listed: " + unreadable.getMessage());
    }
  }

  private String textOf(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException missing) {
      throw new InvalidScenarioException("%s: there is no such %s file".formatted(file, kind));
    } catch (IOException unreadable) {
      throw new InvalidScenarioException(file + ": cannot be read: " + unreadable.getMessage());
    }
  }

  private static String explain(Path file, String text, JsonProcessingException refused) {
    List<JsonMappingException.Reference> path =
        refused instanceof JsonMappingException mapping ? mapping.getPath() : List.of();
    try {
      int line = lineOf(text, path);
      if (path.isEmpty()) {
        if (!(refused instanceof ValueInstantiationException) && refused.getLocation() != null) {
          line = refused.getLocation().getLineNr();
        }
        return "%s:%s: %s".formatted(file, line, complaint(refused));
      }
      return "%s:%s: %s: %s".formatted(file, line, keyOf(path), complaint(refused));
    } catch (MarkedYAMLException broken) {
      return "%s:%s: not YAML: %s (%s)"
          .formatted(
              file,
              broken.getProblemMark().getLine() + 1,
              broken.getProblem(),
              Objects.requireNonNullElse(broken.getContext(), "no context"));
    }
  }

  private static String keyOf(List<JsonMappingException.Reference> path) {
    return path.stream()
        .map(
            step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
        .collect(Collectors.joining("."))
        .replace(".[", "[");
  }

  private static String complaint(JsonProcessingException refused) {
    if (refused instanceof UnrecognizedPropertyException unknown) {
      List<String> known =
          unknown.getKnownPropertyIds().stream().map(Object::toString).sorted().toList();
      return "unknown key%s; known are %s"
          .formatted(nearest(unknown.getPropertyName(), known), String.join(", ", known));
    }
    if (refused instanceof InvalidFormatException format && format.getTargetType().isEnum()) {
      List<String> known =
          Arrays.stream(format.getTargetType().getEnumConstants())
              .map(constant -> constant.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
              .toList();
      return "\"%s\" is not known%s; known are %s"
          .formatted(
              format.getValue(),
              nearest(format.getValue().toString(), known),
              String.join(", ", known));
    }
    if (refused instanceof ValueInstantiationException && refused.getCause() != null) {
      return refused.getCause().getMessage();
    }
    Throwable root = refused;
    while (root.getCause() instanceof IllegalArgumentException cause) {
      root = cause;
    }
    if (root != refused) {
      return root.getMessage();
    }
    if (refused instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
      return "wrong type: %s is wanted here".formatted(wanted(mismatch.getTargetType()));
    }
    return ((JacksonException) refused).getOriginalMessage();
  }

  private static String wanted(Class<?> type) {
    if (type == Integer.class || type == Long.class) {
      return "a whole number";
    }
    if (type == Double.class) {
      return "a number";
    }
    if (type == Boolean.class) {
      return "true or false";
    }
    if (type == java.time.Duration.class) {
      return "a duration such as 10s";
    }
    if (type == Memory.class) {
      return "an amount of memory such as 256MiB";
    }
    if (List.class.isAssignableFrom(type)) {
      return "a list";
    }
    return type == String.class ? "a text" : "a block of keys";
  }

  private static String nearest(String word, List<String> known) {
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    return known.stream()
        .min(Comparator.comparing(candidate -> distance.apply(word, candidate)))
        .filter(candidate -> distance.apply(word, candidate) <= Math.max(2, word.length() / 2))
        .map(candidate -> " (did you mean \"" + candidate + "\"?)")
        .orElse("");
  }

  /** The line of the deepest node on the path that the file has; 1 when it has none. */
  private static int lineOf(String text, List<JsonMappingException.Reference> path) {
    Node node = new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(text));
    int line = 1;
    for (JsonMappingException.Reference step : path) {
      Node next = null;
      if (node instanceof MappingNode mapping && step.getFieldName() != null) {
        for (NodeTuple tuple : mapping.getValue()) {
          if (tuple.getKeyNode() instanceof ScalarNode key
              && key.getValue().equals(step.getFieldName())) {
            line = key.getStartMark().getLine() + 1;
            next = tuple.getValueNode();
          }
        }
      } else if (node instanceof SequenceNode sequence
          && step.getIndex() >= 0
          && step.getIndex() < sequence.getValue().size()) {
        next = sequence.getValue().get(step.getIndex());
        line = next.getStartMark().getLine() + 1;
      }
      if (next == null) {
        return line;
      }
      node = next;
    }
    return line;
  }
}
