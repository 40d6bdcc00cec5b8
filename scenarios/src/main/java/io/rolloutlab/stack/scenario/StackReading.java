package io.rolloutlab.stack.scenario;

import io.rolloutlab.scenario.check.Complaints;
import io.rolloutlab.scenario.check.Patience;
import io.rolloutlab.scenario.read.Binder;
import io.rolloutlab.scenario.read.InvalidScenarioException;
import io.rolloutlab.scenario.read.Lines;
import io.rolloutlab.scenario.read.YamlNode;
import io.rolloutlab.stack.SaidStack;
import io.rolloutlab.stack.asked.AskedPart;
import io.rolloutlab.stack.asked.AskedWords;
import io.rolloutlab.stack.asked.RefusedPartException;
import io.rolloutlab.stack.deploy.AskedRollout;
import io.rolloutlab.stack.deploy.Cast;
import io.rolloutlab.stack.deploy.StackName;
import io.rolloutlab.stack.read.InvalidStackException;
import io.rolloutlab.stack.read.StackReader;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what one scenario file says of a stack, and the stack files that it names. */
final class StackReading {
  private static final String FILES = "stack.file";
  private static final String ALL = "all";

  private final Path file;
  private final YamlNode.Block said;
  private final Map<String, String> environment;
  private final Complaints complaints;
  private boolean allPlayed;

  /**
   * @param said by the file, all of it
   * @param environment in which variables of stack files are looked up
   * @param complaints is told of all that is wrong
   */
  StackReading(
      Path file, YamlNode.Block said, Map<String, String> environment, Complaints complaints) {
    this.file = file;
    this.said = said;
    this.environment = environment;
    this.complaints = complaints;
  }

  /** What is asked; empty where it cannot be had, which has been complained of then. */
  Optional<AskedRollout> asked(Patience patience) {
    Optional<StackKeys> keys = keys();
    if (keys.isEmpty()) {
      return Optional.empty();
    }
    StackPlan plan = keys.get().stack();
    CandidatePlan candidate = keys.get().candidate();
    Optional<SaidStack> text = read(FILES, plan.file(), plan);
    Optional<SaidStack> next =
        Optional.ofNullable(candidate.file())
            .flatMap(its -> read(AskedPart.FILE.key(), List.of(its), plan));
    return text.isEmpty() || next.isEmpty() && candidate.file() != null
        ? Optional.empty()
        : asked(plan, text.get(), Optional.ofNullable(candidate.image()), next, patience);
  }

  private Optional<AskedRollout> asked(
      StackPlan plan,
      SaidStack text,
      Optional<String> image,
      Optional<SaidStack> next,
      Patience patience) {
    try {
      String name = Optional.ofNullable(plan.name()).orElseGet(() -> name(plan));
      AskedRollout asked =
          AskedRollout.backAgain(name, text, plan.service(), patience, cast(plan, image, next));
      // What cannot be had is complained of here, with this file's lines.
      asked.rollout();
      if (!asked.cast().plays(plan.service())) {
        refuseAssets(plan.service());
      }
      return Optional.of(asked);
    } catch (RefusedPartException refused) {
      complain(refused.part().key(), refused.what());
    } catch (InvalidScenarioException | IllegalArgumentException refused) {
      complainOfAll(FILES, refused);
    }
    return Optional.empty();
  }

  private static String name(StackPlan plan) {
    return StackName.of(Path.of(plan.file().get(0)));
  }

  private Cast cast(StackPlan plan, Optional<String> image, Optional<SaidStack> next) {
    Cast cast =
        (allPlayed ? Cast.ALL_PLAYED : Cast.playing(Set.copyOf(plan.standIn())))
            .askedIn(AskedWords.KEYS);
    Cast listening = plan.port() == null ? cast : cast.listening(plan.port());
    Cast to = image.map(String::strip).map(listening::to).orElse(listening);
    return next.map(to::to).orElse(to);
  }

  /** Each line of it names its own place, in the stack file. */
  private void complainOfAll(String key, RuntimeException refused) {
    refused.getMessage().lines().forEach(line -> complain(key, line));
  }

  private void complain(String key, String what) {
    complaints.add(Lines.of(said, key), key, what);
  }

  /** Empty where something is wrong with what the file itself says. */
  private Optional<StackKeys> keys() {
    Complaints its = new Complaints();
    List<YamlNode.Entry> entries = new ArrayList<>();
    for (YamlNode.Entry entry : said.entries()) {
      if (entry.key().equals(StackForm.STACK) && entry.value() instanceof YamlNode.Block block) {
        entries.add(new YamlNode.Entry(entry.key(), entry.line(), inFull(block, its)));
      } else if (entry.key().equals(StackForm.STACK) || entry.key().equals(StackForm.CANDIDATE)) {
        entries.add(entry);
      }
    }
    StackKeys keys =
        new Binder(its).record(StackKeys.class, new YamlNode.Block(said.line(), entries));
    its.all().forEach(one -> complaints.add(one.line(), one.key(), one.what()));
    return Optional.ofNullable(keys).filter(made -> its.isEmpty());
  }

  /** One file is written as a word, and that the lab's app plays all images as another one. */
  private YamlNode.Block inFull(YamlNode.Block stack, Complaints its) {
    List<YamlNode.Entry> entries = new ArrayList<>();
    for (YamlNode.Entry entry : stack.entries()) {
      if (!(entry.value() instanceof YamlNode.Word word) || word.isNothing()) {
        entries.add(entry);
      } else if (entry.key().equals("standIn")) {
        allPlayed = word.text().equals(ALL);
        if (!allPlayed) {
          its.add(
              entry.line(),
              AskedPart.STAND_IN.key(),
              "must be %s, or a list of services such as [db, cache], but is \"%s\""
                  .formatted(ALL, Complaints.quoted(word.text())));
        }
      } else if (entry.key().equals("file")) {
        YamlNode list = new YamlNode.Items(entry.line(), List.of(word));
        entries.add(new YamlNode.Entry(entry.key(), entry.line(), list));
      } else {
        entries.add(entry);
      }
    }
    return new YamlNode.Block(stack.line(), entries);
  }

  private Optional<SaidStack> read(String key, List<String> files, StackPlan plan) {
    Map<String, String> variables = new HashMap<>(environment);
    variables.putAll(plan.env());
    try {
      List<Path> paths = files.stream().map(one -> file.resolveSibling(one).normalize()).toList();
      return Optional.of(new StackReader(variables).readSaid(paths));
    } catch (InvalidStackException refused) {
      complainOfAll(key, refused);
    } catch (InvalidPathException none) {
      complain(key, "\"%s\" is no path of a file".formatted(Complaints.quoted(none.getInput())));
    }
    return Optional.empty();
  }

  /** An image of one's own does not have the paths by which they are asked for. */
  private void refuseAssets(String service) {
    said.entry("load")
        .flatMap(load -> load.value().entry("requests"))
        .map(YamlNode.Entry::value)
        .filter(YamlNode.Items.class::isInstance)
        .map(list -> ((YamlNode.Items) list).items())
        .ifPresent(
            requests -> {
              for (int i = 0; i < requests.size(); i++) {
                if (requests.get(i).entry("assets").isPresent()) {
                  complain(
                      "load.requests[%s].assets".formatted(i),
                      "are asked of the lab's own app alone, which knows their paths, but %s runs its own image: leave them out"
                          .formatted(service));
                }
              }
            });
  }
}
