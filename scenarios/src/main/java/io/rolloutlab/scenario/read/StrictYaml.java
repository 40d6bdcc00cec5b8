package io.rolloutlab.scenario.read;

import io.rolloutlab.scenario.check.Complaints;
import io.rolloutlab.scenario.check.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Reads one kind of YAML file strictly: what it does not know, it refuses, naming file, line and
 * key, all mistakes of a file at once.
 */
public final class StrictYaml<T> {
  /** Where a file that is about no stack could say that it is about one. */
  private static final List<String> STACKS = List.of("stack", "scenario.stack", "base.stack");

  private final Class<T> type;
  private final String kind;
  private final Function<T, String> name;
  private final Function<T, List<Fault>> check;
  private final UnaryOperator<YamlNode> defaults;
  private final Form form;

  /** What a file can say in place of some of its keys. */
  public interface Form {
    /**
     * What a file says, with the keys that it says in another form.
     *
     * @param root what is there, which is no block where it makes no sense
     * @param complaints is told of all that is wrong with that form
     * @return the same node where the file does not have the form; refused where it cannot be used
     */
    YamlNode laid(Path file, YamlNode root, Complaints complaints);

    /**
     * Those of some files that are to be read.
     *
     * @param files in the order in which they were named or listed
     */
    default List<Path> toRead(List<Path> files) {
      return files;
    }
  }

  /** What was read. */
  public record Read<T>(Path file, T value, YamlNode node) {
    /** Whether the file has a key, named by its path. */
    public boolean sets(String key) {
      return Lines.has(node, key);
    }

    /** A sentence about one of its keys, with file and line. */
    public String at(Fault fault) {
      return "%s:%s: %s".formatted(file, Lines.of(node, fault.key()), fault.print());
    }
  }

  /**
   * @param kind what people call it, for example {@code scenario}
   * @param name of one that was read
   * @param check what is wrong with one though each of its records is right
   */
  public StrictYaml(
      Class<T> type, String kind, Function<T, String> name, Function<T, List<Fault>> check) {
    this(
        type,
        kind,
        name,
        check,
        UnaryOperator.identity(),
        (file, root, complaints) -> withoutStack(kind, root, complaints));
  }

  private StrictYaml(
      Class<T> type,
      String kind,
      Function<T, String> name,
      Function<T, List<Fault>> check,
      UnaryOperator<YamlNode> defaults,
      Form form) {
    this.type = type;
    this.kind = kind;
    this.name = name;
    this.check = check;
    this.defaults = defaults;
    this.form = form;
  }

  /**
   * The same, where something is laid under what a file says: keys that it does not have. What was
   * {@link Read} has the file's own keys only.
   *
   * @param first is done before what is laid under already
   */
  public StrictYaml<T> over(UnaryOperator<YamlNode> first) {
    return new StrictYaml<>(
        type, kind, name, check, node -> defaults.apply(first.apply(node)), form);
  }

  /** The same, where files may have a form; what was {@link Read} has the file's own keys only. */
  public StrictYaml<T> formed(Form other) {
    return new StrictYaml<>(type, kind, name, check, defaults, other);
  }

  /**
   * Reads one file.
   *
   * @throws InvalidScenarioException when it is missing, unreadable or not one of these
   */
  public Read<T> read(Path file) {
    return read(file, FileText.read(file, kind));
  }

  /** Reads what stands in a file. */
  public Read<T> read(Path file, byte[] bytes) {
    Complaints complaints = new Complaints();
    Optional<YamlNode> root = node(file, bytes, complaints);
    if (complaints.isEmpty()
        && (root.isEmpty() || root.get() instanceof YamlNode.Word word && word.isNothing())) {
      throw new InvalidScenarioException(
          "%s: the file is empty; a %s needs a name".formatted(file, kind));
    }
    T value =
        root.map(node -> made(form.laid(file, node, complaints), node, complaints)).orElse(null);
    if (!complaints.isEmpty()) {
      throw new InvalidScenarioException(complaints.print(file));
    }
    return new Read<>(file, value, root.get());
  }

  /**
   * What stands in a file, whatever it is.
   *
   * @param complaints is told of what is no such text
   * @return empty where there is nothing, or what cannot be read to its end
   * @throws InvalidScenarioException when it is no text
   */
  public static Optional<YamlNode> node(Path file, byte[] bytes, Complaints complaints) {
    return YamlTree.read(FileText.decode(file, bytes), complaints)
        .map(node -> EarlierKeys.renewed(node, complaints))
        .map(node -> new BodyFiles(file, complaints).read(node));
  }

  /** One sentence in place of one for each of the keys that belong to such a scenario. */
  private static YamlNode withoutStack(String kind, YamlNode root, Complaints complaints) {
    for (String path : STACKS) {
      if (Lines.has(root, path)) {
        complaints.add(
            Lines.of(root, path),
            path,
            "a %s takes no stack file here: lab run runs a scenario about one on a real Swarm, and lab doctor FILE --prove simulates the settings of a stack file"
                .formatted(kind));
        return new YamlNode.Refused(root.line());
      }
    }
    return root;
  }

  /**
   * Makes one of what has been read already.
   *
   * @param complaints is told of all that is wrong with it
   * @return null when not even with defaults one can be made
   */
  public T made(YamlNode node, Complaints complaints) {
    return made(node, node, complaints);
  }

  /**
   * @param said by the file itself, whose lines complaints have
   */
  private T made(YamlNode node, YamlNode said, Complaints complaints) {
    Binder binder = new Binder(complaints);
    T value = binder.record(type, defaults.apply(node));
    if (value != null) {
      check.apply(value).forEach(fault -> binder.complain(fault, said, ""));
    }
    return value;
  }

  /**
   * Files, and every {@code *.yaml} or {@code *.yml} of folders; by name.
   *
   * @throws InvalidScenarioException when one cannot be used, two have one name, or there is none
   */
  public List<Read<T>> readAll(List<Path> filesAndFolders) {
    Map<String, Read<T>> all = new TreeMap<>();
    List<String> refusals = new ArrayList<>();
    List<Path> files = filesAndFolders.stream().flatMap(StrictYaml::expand).toList();
    for (Path file : form.toRead(files)) {
      try {
        Read<T> read = read(file);
        Read<T> other = all.putIfAbsent(name.apply(read.value()), read);
        if (other != null) {
          refusals.add(
              "%s: the name \"%s\" is taken by %s; give each %s its own"
                  .formatted(file, name.apply(read.value()), other.file(), kind));
        }
      } catch (InvalidScenarioException refused) {
        refusals.add(refused.getMessage());
      }
    }
    if (!refusals.isEmpty()) {
      throw new InvalidScenarioException(String.join("\n", refusals));
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
}
