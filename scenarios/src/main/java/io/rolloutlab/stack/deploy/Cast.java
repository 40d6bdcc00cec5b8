package io.rolloutlab.stack.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import io.rolloutlab.stack.SaidStack;
import io.rolloutlab.stack.StackService;
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
 */
public record Cast(
    Optional<Set<String>> played,
    Optional<String> image,
    Optional<SaidStack> file,
    Optional<Integer> port) {
  /** The lab's app plays all images. */
  public static final Cast ALL_PLAYED =
      new Cast(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  private static final int HIGHEST_PORT = 65_534;

  /** What is said beside the services, and may change one that says the same as before. */
  private static final List<String> BESIDE = List.of("configs", "secrets", "networks", "volumes");

  public Cast {
    played = played.map(Set::copyOf);
    port.ifPresent(Cast::checkPort);
  }

  private static void checkPort(int its) {
    if (its < 1 || its > HIGHEST_PORT) {
      throw new IllegalArgumentException(
          "--port %s: this must be a whole number from 1 to %s".formatted(its, HIGHEST_PORT));
    }
  }

  /** The lab's app plays some services, none where there are none; the others run their image. */
  public static Cast playing(Set<String> services) {
    return new Cast(Optional.of(services), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** The same with a v2 that is another image. */
  public Cast to(String other) {
    return new Cast(played, Optional.of(other), file, port);
  }

  /** The same with a v2 that is another stack file. */
  public Cast to(SaidStack other) {
    return new Cast(played, image, Optional.of(other), port);
  }

  /** The same with an image that listens on this port, whatever the file publishes. */
  public Cast listening(int its) {
    return new Cast(played, image, file, Optional.of(its));
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
      throw new IllegalArgumentException(
          "--stand-in=%s: the stack has no such service; it has %s"
              .formatted(String.join(",", strangers), StackRollout.names(text.stack())));
    }
  }

  private void checkStandIn(StackService service) {
    String name = service.name();
    image.ifPresent(
        its -> {
          throw new IllegalArgumentException(
              "--to %s: the lab's own app plays %s, so nobody would run that image: leave --to out, or have --stand-in=SERVICE name only what the lab's app plays"
                  .formatted(its, name));
        });
    port.ifPresent(
        its -> {
          throw new IllegalArgumentException(
              "--port %s: the lab's own app plays %s, and listens where the file publishes: leave --port out"
                  .formatted(its, name));
        });
  }

  private void checkOwn(SaidStack text, StackService service) {
    String name = service.name();
    String where = service.image().place().print();
    if (image.isEmpty() && file.isEmpty()) {
      throw new IllegalArgumentException(
          "%s: %s runs its own image, and nobody has said what v2 of it is: add --to IMAGE or --to FILE, or --stand-in=%s, and the lab's own app plays it in two versions; --stand-in alone has it play all images"
              .formatted(where, name, name));
    }
    if (image.filter(its -> isSame(service, its)).isPresent()) {
      throw new IllegalArgumentException(
          "--to %s: %s: %s has this image already, so docker would update nothing: name another one"
              .formatted(image.get(), where, name));
    }
    file.filter(next -> isSame(text, next, name))
        .ifPresent(
            next -> {
              throw new IllegalArgumentException(
                  "--to %s: it says the same of %s as %s, so docker would update nothing of it"
                      .formatted(next.place().file(), name, text.place().file()));
            });
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

  private static boolean isSame(StackService service, String other) {
    return OwnImage.candidate(service.name(), other).name().equals(OwnImage.of(service).name());
  }

  private static JsonNode saidOf(SaidStack text, String service) {
    return text.said().path(StackEdit.SERVICES).path(service);
  }
}
