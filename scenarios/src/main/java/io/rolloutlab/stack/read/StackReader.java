package io.rolloutlab.stack.read;

import io.rolloutlab.scenario.check.Complaints;
import io.rolloutlab.scenario.read.FileText;
import io.rolloutlab.scenario.read.InvalidScenarioException;
import io.rolloutlab.stack.FileValue;
import io.rolloutlab.stack.Place;
import io.rolloutlab.stack.SaidStack;
import io.rolloutlab.stack.Stack;
import io.rolloutlab.stack.StackNote;
import io.rolloutlab.stack.StackResource;
import io.rolloutlab.stack.StackService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads stack files as {@code docker stack deploy} does: what it refuses is refused, all mistakes
 * at once; what it ignores is noted.
 */
public final class StackReader {
  private static final String KIND = "stack";
  private static final List<String> SECTIONS = List.of("networks", "volumes", "configs", "secrets");

  /** The network that is there without a word of the file. */
  private static final String BUILT_IN = "default";

  private final Map<String, String> environment;

  /**
   * @param environment in which variables of the files are looked up, before a file {@code .env}
   *     beside the first of them
   */
  public StackReader(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /** What is found on the way. */
  private static final class Reading {
    private final StackComplaints complaints = new StackComplaints();
    private final List<StackNote> notes = new ArrayList<>();
    private Optional<Integer> version = Optional.empty();
  }

  /**
   * Reads one stack.
   *
   * @param files at least one; each is laid over those before it, as of several {@code -c}
   * @throws InvalidStackException when one cannot be used
   */
  public Stack read(List<Path> files) {
    return read(files, StackReader::text, Optional.empty(), (all, stack) -> stack);
  }

  /**
   * Reads one stack, and keeps what its files say. Variables of services that they only name have
   * the values of the environment, as docker gives them.
   *
   * @param files as of {@link #read}
   * @throws InvalidStackException when one cannot be used
   */
  public SaidStack readSaid(List<Path> files) {
    return read(files, StackReader::text, Optional.empty(), this::plain);
  }

  /**
   * Reads a stack of one file as if that had another text; variables are looked up beside it.
   *
   * @throws InvalidStackException when it could not be used
   */
  public SaidStack readSaid(Path file, String instead) {
    return read(List.of(file), same -> instead, Optional.empty(), this::plain);
  }

  /**
   * Reads one stack as if another file were laid over it last.
   *
   * @param files at least one
   * @throws InvalidStackException when one cannot be used, or the change cannot be made: a key that
   *     the version of the file does not have, for example
   */
  public Stack changed(List<Path> files, StackChange change) {
    return read(files, StackReader::text, Optional.of(change), (all, stack) -> stack);
  }

  /**
   * The same, and keeps what the files say.
   *
   * @throws InvalidStackException as of {@link #changed}
   */
  public SaidStack changedSaid(List<Path> files, StackChange change) {
    return read(files, StackReader::text, Optional.of(change), this::plain);
  }

  private SaidStack plain(YamlPart.Block all, Stack stack) {
    return PlainTree.of(all, stack, environment);
  }

  /**
   * @param text of a file
   * @param made is given all that the files say, and the stack that was read of it
   */
  private <T> T read(
      List<Path> files,
      Function<Path, String> text,
      Optional<StackChange> change,
      BiFunction<YamlPart.Block, Stack, T> made) {
    Reading reading = new Reading();
    try {
      Variables variables = variables(files.get(0), reading);
      List<YamlPart.Block> blocks = new ArrayList<>();
      for (Path file : files) {
        block(file, text.apply(file), variables, reading).ifPresent(blocks::add);
      }
      reading.complaints.throwIfAny();
      change.map(its -> over(its, files.get(0), reading)).ifPresent(blocks::add);
      YamlPart.Block all = blocks.stream().reduce(PartMerge::files).orElseThrow();
      Stack stack = stack(all, reading);
      reading.complaints.throwIfAny();
      return made.apply(all, stack);
    } catch (InvalidScenarioException unreadable) {
      throw new InvalidStackException(unreadable.getMessage());
    }
  }

  /** What every file is held to, a change is held to as well. */
  private static YamlPart.Block over(StackChange change, Path first, Reading reading) {
    YamlPart.Block block = change.block(new Place(first.toString(), 1));
    int minor = reading.version.orElse(StackGrammar.NEWEST);
    new ShapeCheck(minor, reading.complaints, reading.notes).check(block, StackGrammar.file(), "");
    return block;
  }

  private Variables variables(Path first, Reading reading) {
    Path beside = first.resolveSibling(".env");
    return Files.isRegularFile(beside)
        ? Variables.of(environment, beside.toString(), text(beside), reading.complaints)
        : Variables.of(environment);
  }

  private static String text(Path file) {
    return FileText.decode(file, FileText.read(file, KIND));
  }

  private static Optional<YamlPart.Block> block(
      Path file, String text, Variables variables, Reading reading) {
    Optional<YamlPart.Block> raw =
        PartTree.read(file.toString(), text, reading.complaints, reading.notes);
    if (raw.isEmpty()) {
      return raw;
    }
    Optional<Integer> version = version(raw.get(), reading);
    YamlPart.Block filled =
        Substitution.filled(raw.get(), variables, reading.complaints, reading.notes);
    version.ifPresent(
        minor ->
            new ShapeCheck(minor, reading.complaints, reading.notes)
                .check(filled, StackGrammar.file(), ""));
    return Optional.of(filled);
  }

  /**
   * The minor version of the format; empty when docker does not know it, which is complained of.
   */
  private static Optional<Integer> version(YamlPart.Block file, Reading reading) {
    Optional<YamlPart.Word> word = new PartView(file.place(), Optional.of(file)).word("version");
    String text = word.map(YamlPart.Word::text).orElse("");
    Place place = word.map(YamlPart.Word::place).orElse(file.place());
    Optional<Integer> minor = minor(text);
    if (minor.isEmpty()) {
      reading.complaints.add(
          place,
          "version",
          "docker stack deploy takes 3.0 to 3.%s, but this is \"%s\": write \"3.8\", or leave it out"
              .formatted(StackGrammar.NEWEST, Complaints.quoted(text)));
    } else if (reading.version.isPresent() && !reading.version.equals(minor)) {
      reading.complaints.add(
          place,
          "version",
          "this file is of version 3.%s, the ones before of 3.%s: docker takes one version only"
              .formatted(minor.get(), reading.version.get()));
    }
    reading.version = reading.version.or(() -> minor);
    return minor;
  }

  private static Optional<Integer> minor(String text) {
    if (text.isEmpty() || text.equals("3")) {
      return Optional.of(StackGrammar.NEWEST);
    }
    return Optional.of(text)
        .filter(its -> its.matches("3\\.[0-9]{1,2}"))
        .map(its -> Integer.valueOf(its.substring(2)))
        .filter(minor -> minor <= StackGrammar.NEWEST);
  }

  private static Stack stack(YamlPart.Block file, Reading reading) {
    PartView top = new PartView(file.place(), Optional.of(file));
    List<StackResource> resources = new ArrayList<>();
    for (String section : SECTIONS) {
      names(top.view(section))
          .forEach((name, entry) -> resources.add(resource(section, name, entry)));
    }
    List<StackService> services = new ArrayList<>();
    names(top.view("services"))
        .forEach(
            (name, entry) ->
                services.add(new ServiceBinder(name, entry, reading.complaints).service()));
    if (services.isEmpty()) {
      reading.complaints.add(
          file.place(), "services", "there is none: a stack is made of services");
    }
    services.forEach(service -> missing(service, resources, reading));
    return new Stack(services, resources, reading.notes);
  }

  private static Map<String, YamlPart.Entry> names(PartView section) {
    return section.block().map(YamlPart.Block::entries).orElse(Map.of());
  }

  private static StackResource resource(String section, String name, YamlPart.Entry entry) {
    Optional<YamlPart.Entry> external = PartView.of(entry).entry("external");
    boolean block = external.filter(its -> its.value() instanceof YamlPart.Block).isPresent();
    return new StackResource(
        section,
        name,
        entry.place(),
        block || PartView.of(entry).value("external", GoWords::flag, false).value());
  }

  /** What a service names and the top level does not have, docker refuses. */
  private static void missing(
      StackService service, List<StackResource> resources, Reading reading) {
    missing(service, "networks", service.uses().networks(), resources, reading);
    missing(service, "configs", service.uses().configs(), resources, reading);
    missing(service, "secrets", service.uses().secrets(), resources, reading);
    missing(
        service,
        "volumes",
        service.uses().mounts().stream()
            .filter(mount -> new Mount(mount.value(), "").isNamed())
            .toList(),
        resources,
        reading);
  }

  private static void missing(
      StackService service,
      String section,
      List<FileValue<String>> named,
      List<StackResource> resources,
      Reading reading) {
    Set<String> known =
        resources.stream()
            .filter(resource -> resource.section().equals(section))
            .map(StackResource::name)
            .collect(Collectors.toSet());
    for (FileValue<String> name : named) {
      if (!known.contains(name.value()) && !(section.equals("networks") && name.is(BUILT_IN))) {
        reading.complaints.add(
            name.place(),
            "services.%s.%s".formatted(service.name(), section),
            "\"%1$s\" is not there: name it under %2$s of the top level"
                .formatted(Complaints.quoted(name.value()), section));
      }
    }
  }
}
