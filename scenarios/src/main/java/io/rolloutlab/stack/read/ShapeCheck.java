package io.rolloutlab.stack.read;

import io.rolloutlab.scenario.check.Complaints;
import io.rolloutlab.scenario.check.Nearest;
import io.rolloutlab.stack.StackNote;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Holds one file against what docker takes, before files are laid over each other. */
final class ShapeCheck {
  /** Keys of the Compose Specification and of older formats that people bring along. */
  private static final Map<String, String> ELSEWHERE =
      Map.ofEntries(
          Map.entry("extends", "use an anchor and a merge key, or a second file"),
          Map.entry("volume_driver", "name the driver at a volume of the top level"),
          Map.entry("volumes_from", "name the volume at each service that shares it"),
          Map.entry("cpu_quota", "set deploy.resources.limits.cpus"),
          Map.entry("cpu_shares", "set deploy.resources.limits.cpus"),
          Map.entry("cpuset", "set deploy.resources.limits.cpus"),
          Map.entry("cpus", "set deploy.resources.limits.cpus"),
          Map.entry("mem_limit", "set deploy.resources.limits.memory"),
          Map.entry("mem_reservation", "set deploy.resources.reservations.memory"),
          Map.entry("memswap_limit", "set deploy.resources.limits.memory"),
          Map.entry("name", "the stack's name is an argument of docker stack deploy"),
          Map.entry("include", "name the files one after the other"),
          Map.entry("profiles", "leave the service out, or put it into a file of its own"),
          Map.entry("platform", "constrain the service to nodes with node.platform.arch"),
          Map.entry("pull_policy", "remove it; docker stack deploy has --resolve-image"),
          Map.entry("scale", "set deploy.replicas"),
          Map.entry("develop", "remove it"),
          Map.entry("env_files", "it is called env_file"));

  private final int version;
  private final StackComplaints complaints;
  private final List<StackNote> notes;

  /**
   * @param version the minor one that the file is of, 0 to 13
   * @param notes are told of keys that docker ignores
   */
  ShapeCheck(int version, StackComplaints complaints, List<StackNote> notes) {
    this.version = version;
    this.complaints = complaints;
    this.notes = notes;
  }

  /** Complains about all that docker would refuse. */
  void check(YamlPart part, Shape shape, String path) {
    Optional<Shape> its = one(part, shape);
    if (its.isEmpty()) {
      wrongType(part, shape, path);
    } else if (its.get() instanceof Shape.Scalar scalar) {
      check((YamlPart.Word) part, scalar, path);
    } else if (its.get() instanceof Shape.ListOf list) {
      int index = 0;
      for (YamlPart item : ((YamlPart.Items) part).items()) {
        check(item, list.item(), "%s[%s]".formatted(path, index++));
      }
    } else if (its.get() instanceof Shape.Named named) {
      check((YamlPart.Block) part, named, path);
    } else if (its.get() instanceof Shape.Keys keys) {
      check((YamlPart.Block) part, keys, path);
    }
  }

  /** The one of several that a part is of; of words the one whose kind it has. */
  private static Optional<Shape> one(YamlPart part, Shape shape) {
    if (!(shape instanceof Shape.Either either)) {
      return Optional.of(shape).filter(its -> its.fits(part));
    }
    List<Shape> fitting = either.shapes().stream().filter(its -> its.fits(part)).toList();
    return fitting.stream()
        .filter(
            its ->
                !(its instanceof Shape.Scalar scalar && part instanceof YamlPart.Word word)
                    || scalar.kinds().contains(word.kind()))
        .findFirst()
        .or(() -> fitting.stream().findFirst());
  }

  private void check(YamlPart.Word word, Shape.Scalar scalar, String path) {
    if (!word.filled() && !scalar.kinds().contains(word.kind())) {
      wrongType(word, scalar, path);
      return;
    }
    try {
      scalar.check().accept(word.text());
    } catch (IllegalArgumentException wrong) {
      complaints.add(word.place(), path, wrong.getMessage() + unset(word));
    }
  }

  private static String unset(YamlPart.Word word) {
    return word.unset().isEmpty()
        ? ""
        : ". Nobody has set %s: set it in the environment or in .env beside the file, or give it a"
                .formatted(word.unset())
            + " default, as in ${NAME:-value}";
  }

  private void wrongType(YamlPart part, Shape shape, String path) {
    complaints.add(
        part.place(),
        path,
        "%s; %s is wanted here%s"
            .formatted(
                said(part), shape.words(), quotesHelp(part, shape) ? ": put it in quotes" : ""));
  }

  private static boolean quotesHelp(YamlPart part, Shape shape) {
    if (!(part instanceof YamlPart.Word word)
        || !(shape instanceof Shape.Scalar scalar)
        || word.kind() == WordKind.NOTHING
        || !scalar.kinds().contains(WordKind.TEXT)) {
      return false;
    }
    try {
      scalar.check().accept(word.text());
      return true;
    } catch (IllegalArgumentException wrongInQuotesToo) {
      return false;
    }
  }

  private static String said(YamlPart part) {
    if (part instanceof YamlPart.Word word) {
      return word.kind() == WordKind.NOTHING
          ? "wrong type: there is no value"
          : "wrong type: \"%s\" is %s"
              .formatted(Complaints.quoted(word.text()), word.kind().words());
    }
    return part instanceof YamlPart.Items
        ? "wrong type: this is a list"
        : "wrong type: this is a block of keys";
  }

  private void check(YamlPart.Block block, Shape.Named named, String path) {
    block
        .entries()
        .forEach(
            (name, entry) -> {
              if (named.names().matcher(name).matches()) {
                check(entry.value(), named.value(), path + "." + name);
              } else {
                complaints.add(
                    entry.place(),
                    path,
                    "\"%s\" is no name: letters, digits, points, _ and - make one"
                        .formatted(Complaints.quoted(name)));
              }
            });
  }

  private void check(YamlPart.Block block, Shape.Keys keys, String path) {
    block
        .entries()
        .forEach(
            (name, entry) -> {
              String its = path.isEmpty() ? name : path + "." + name;
              Shape.Key key = keys.keys().get(name);
              if (key != null) {
                check(entry, key, its);
              } else if (!keys.open() && !(keys.extensions() && name.startsWith("x-"))) {
                complaints.add(entry.place(), its, unknown(name, keys.keys().keySet()));
              }
            });
  }

  private static String unknown(String name, Set<String> known) {
    String help = ELSEWHERE.get(name);
    return help == null
        ? "docker stack deploy knows no such key here%s".formatted(Nearest.asked(name, known))
        : "docker stack deploy knows no such key here: " + help;
  }

  private void check(YamlPart.Entry entry, Shape.Key key, String path) {
    if (key.since() > version) {
      complaints.add(
          entry.place(),
          path,
          "version 3.%s of the file has no such key: write version: \"3.%s\", or leave version out"
              .formatted(version, key.since()));
    } else if (!key.ignored().isEmpty()) {
      notes.add(new StackNote(entry.place(), "%s: %s".formatted(path, key.ignored())));
    }
    check(entry.value(), key.shape(), path);
  }
}
