package io.rolloutlab.stack.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import io.rolloutlab.stack.SaidStack;
import io.rolloutlab.stack.StackService;
import io.rolloutlab.stack.asked.AskedPart;
import io.rolloutlab.stack.asked.AskedWords;
import io.rolloutlab.stack.asked.RefusedPartException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who plays what: whose images the lab's app stands in for, and what v2 is of the service that is
 * rolled out.
 *
 * @param played services that the lab's app plays, by their keys in the files; empty for all
 * @param image v2's; empty where it is the lab's app, or stands in a file
 * @param file that docker deploys as v2, over the first one; empty where that is the first one with
 *     another image
 * @param port where the service's own image listens, 1 to 65,534; empty for the first one that the
 *     file publishes
 * @param words in which all that was asked for
 */
public record Cast(
    Optional<Set<String>> played,
    Optional<String> image,
    Optional<SaidStack> file,
    Optional<Integer> port,
    AskedWords words) {
  /** The lab's app plays all images. */
  public static final Cast ALL_PLAYED =
      new Cast(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          AskedWords.OPTIONS);

  private static final int HIGHEST_PORT = 65_534;

  /** What is said beside the services, and may change one that says the same as before. */
  private static final List<String> BESIDE = List.of("configs", "secrets", "networks", "volumes");

  public Cast {
    played = played.map(Set::copyOf);
    port.ifPresent(its -> checkPort(its, words));
  }

  private static void checkPort(int its, AskedWords words) {
    if (its < 1 || its > HIGHEST_PORT) {
      throw new RefusedPartException(
          words,
          AskedPart.PORT,
          String.valueOf(its),
          "this must be a whole number from 1 to %s".formatted(HIGHEST_PORT));
    }
  }

  /** The lab's app plays some services, none where there are none; the others run their image. */
  public static Cast playing(Set<String> services) {
    return new Cast(
        Optional.of(services),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        AskedWords.OPTIONS);
  }

  /** The same, asked for in other words. */
  public Cast askedIn(AskedWords others) {
    return new Cast(played, image, file, port, others);
  }

  /** The same with a v2 that is another image. */
  public Cast to(String other) {
    return new Cast(played, Optional.of(other), file, port, words);
  }

  /** The same with a v2 that is another stack file. */
  public Cast to(SaidStack other) {
    return new Cast(played, image, Optional.of(other), port, words);
  }

  /** The same with an image that listens on this port, whatever the file publishes. */
  public Cast listening(int its) {
    return new Cast(played, image, file, Optional.of(its), words);
  }

  /** The image of v2 of a service; empty where it is the lab's app, or stands in a file. */
  Optional<OwnImage> candidate(String service) {
    return image.map(its -> OwnImage.candidate(service, its, words.name(AskedPart.IMAGE)));
  }

  /** Whether the lab's app plays a service. */
  public boolean plays(String service) {
    return played.map(some -> some.contains(service)).orElse(true);
  }

  /**
   * Lets nothing pass that nobody could play.
   *
   * @param text of v1
   * @param service that is rolled out
   */
  void check(SaidStack text, StackService service) {
    checkPlayed(text);
    if (plays(service.name())) {
      checkStandIn(service);
    } else {
      checkOwn(text, service);
    }
  }

  private void checkPlayed(SaidStack text) {
    Set<String> strangers = new TreeSet<>(played.orElse(Set.of()));
    text.stack().services().forEach(one -> strangers.remove(one.name()));
    file.ifPresent(next -> next.stack().services().forEach(one -> strangers.remove(one.name())));
    if (!strangers.isEmpty()) {
      throw refused(
          AskedPart.STAND_IN,
          String.join(",", strangers),
          "the stack has no such service; it has %s".formatted(StackRollout.names(text.stack())));
    }
  }

  private void checkStandIn(StackService service) {
    String name = service.name();
    image.ifPresent(
        its -> {
          throw refused(
              AskedPart.IMAGE,
              its,
              "the lab's own app plays %s, so nobody would run that image: leave %s out, or have %s name only what the lab's app plays"
                  .formatted(
                      name,
                      words.name(AskedPart.IMAGE),
                      words.said(AskedPart.STAND_IN, "SERVICE")));
        });
    port.ifPresent(
        its -> {
          throw refused(
              AskedPart.PORT,
              String.valueOf(its),
              "the lab's own app plays %s, and listens where the file publishes: leave %s out"
                  .formatted(name, words.name(AskedPart.PORT)));
        });
  }

  private void checkOwn(SaidStack text, StackService service) {
    String name = service.name();
    String where = service.image().place().print();
    if (image.isEmpty() && file.isEmpty()) {
      throw new IllegalArgumentException(
          "%s: %s runs its own image, and nobody has said what v2 of it is: add %s or %s, or %s, and the lab's own app plays it in two versions; %s has it play all images"
              .formatted(
                  where,
                  name,
                  words.said(AskedPart.IMAGE, "IMAGE"),
                  words.said(AskedPart.FILE, "FILE"),
                  words.said(AskedPart.STAND_IN, name),
                  words.allPlayed()));
    }
    if (candidate(name).filter(its -> its.name().equals(OwnImage.of(service).name())).isPresent()) {
      throw refused(
          AskedPart.IMAGE,
          image.get(),
          "%s: %s has this image already, so docker would update nothing: name another one"
              .formatted(where, name));
    }
    file.filter(next -> isSame(text, next, name))
        .ifPresent(
            next -> {
              throw refused(
                  AskedPart.FILE,
                  next.place().file(),
                  "it says the same of %s as %s, so docker would update nothing of it"
                      .formatted(name, text.place().file()));
            });
  }

  private RefusedPartException refused(AskedPart part, String value, String what) {
    return new RefusedPartException(words, part, value, what);
  }

  /**
   * Whether a service is the same in two stacks: what it says itself, and the configs, secrets and
   * networks that are said beside the services. Files of variables may differ in what is in them.
   */
  private static boolean isSame(SaidStack one, SaidStack other, String service) {
    return saidOf(one, service).equals(saidOf(other, service))
        && BESIDE.stream().allMatch(part -> one.said().path(part).equals(other.said().path(part)))
        && !saidOf(one, service).has(OwnService.ENV_FILE);
  }

  private static JsonNode saidOf(SaidStack text, String service) {
    return text.said().path(StackEdit.SERVICES).path(service);
  }
}
