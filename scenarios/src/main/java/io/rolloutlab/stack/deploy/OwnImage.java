package io.rolloutlab.stack.deploy;

import io.rolloutlab.scenario.app.VersionPlan;
import io.rolloutlab.stack.StackService;
import io.rolloutlab.stack.asked.AskedPart;
import io.rolloutlab.stack.asked.AskedWords;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An image that runs as it is, so that the engine must have it.
 *
 * @param name with a tag or a digest
 * @param uses who runs it, at least one, each service once
 */
public record OwnImage(String name, List<Use> uses) {
  /** Of Docker Hub, in full: no name of the lab's own app is written so. */
  private static final String IN_FULL = "docker.io/library/";

  /**
   * A service that runs it.
   *
   * @param service by its key in the file
   * @param where the image is named: {@code file:line}, or the option of the command line
   */
  public record Use(String service, String where) {}

  public OwnImage {
    uses = List.copyOf(uses);
  }

  /** The image that the file names. */
  static OwnImage of(StackService service) {
    Use use = new Use(service.name(), service.image().place().print());
    return new OwnImage(full(service.image().value()), List.of(use));
  }

  /** The image of v2 that who asks names, by a word of his. */
  static OwnImage candidate(String service, String image, String word) {
    return new OwnImage(full(image), List.of(new Use(service, word)));
  }

  /** The same image, which others run as well. */
  OwnImage alsoOf(OwnImage same) {
    List<Use> all = new ArrayList<>(uses);
    same.uses.stream().filter(use -> !isOf(use.service())).forEach(all::add);
    return new OwnImage(name, all);
  }

  /** Whether a service runs it. */
  boolean isOf(String service) {
    return uses.stream().anyMatch(use -> use.service().equals(service));
  }

  /** Without a tag docker takes {@code latest}. */
  private static String full(String said) {
    String last = said.substring(said.lastIndexOf('/') + 1);
    String tagged = said.contains("@") || last.contains(":") ? said : said + ":latest";
    return new VersionPlan(tagged, null, null).isLabApp() ? IN_FULL + tagged : tagged;
  }

  /**
   * What to tell of one that cannot be had, with all who run it.
   *
   * @param why a clause
   * @param candidate whether it is of a service of which who asks names another image
   * @param words in which is asked
   */
  String missing(String why, boolean candidate, AskedWords words) {
    String who =
        uses.stream()
            .map(use -> "%s: %s".formatted(use.where(), use.service()))
            .collect(Collectors.joining(", "));
    String services = uses.stream().map(Use::service).collect(Collectors.joining(","));
    return "%s: the engine has no image \"%s\" and cannot pull it (%s): build or load it, or let the lab's own app play it with %s; %s has it play all images%s"
        .formatted(
            who,
            name,
            why,
            words.said(AskedPart.STAND_IN, services),
            words.allPlayed(),
            candidate ? "; without %s, in both cases".formatted(words.name(AskedPart.IMAGE)) : "");
  }
}
