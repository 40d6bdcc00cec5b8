package io.rolloutlab.stack.deploy;

import io.rolloutlab.scenario.app.VersionPlan;
import io.rolloutlab.stack.StackService;
import io.rolloutlab.stack.asked.AskedPart;
import io.rolloutlab.stack.asked.AskedWords;

/**
 * An image that runs as it is, so that the engine must have it.
 *
 * @param service that runs it, by its key in the file
 * @param name with a tag or a digest
 * @param where it is named: {@code file:line}, or by which word of who asks
 */
public record OwnImage(String service, String name, String where) {
  /** Of Docker Hub, in full: no name of the lab's own app is written so. */
  private static final String IN_FULL = "docker.io/library/";

  /** The image that the file names. */
  static OwnImage of(StackService service) {
    return new OwnImage(
        service.name(), full(service.image().value()), service.image().place().print());
  }

  /** The image of v2 that who asks names, by a word of his. */
  static OwnImage candidate(String service, String image, String word) {
    return new OwnImage(service, full(image), word);
  }

  /** Without a tag docker takes {@code latest}. */
  private static String full(String said) {
    String last = said.substring(said.lastIndexOf('/') + 1);
    String tagged = said.contains("@") || last.contains(":") ? said : said + ":latest";
    return new VersionPlan(tagged, null, null).isLabApp() ? IN_FULL + tagged : tagged;
  }

  /**
   * What to tell of one that cannot be had.
   *
   * @param why a clause
   * @param candidate whether it is of a service of which who asks names another image
   * @param words in which is asked
   */
  String missing(String why, boolean candidate, AskedWords words) {
    return "%s: %s: the engine has no image \"%s\" and cannot pull it (%s): build or load it, or let the lab's own app play it with %s; %s has it play all images%s"
        .formatted(
            where,
            service,
            name,
            why,
            words.said(AskedPart.STAND_IN, service),
            words.allPlayed(),
            candidate ? "; without %s, in both cases".formatted(words.name(AskedPart.IMAGE)) : "");
  }
}
