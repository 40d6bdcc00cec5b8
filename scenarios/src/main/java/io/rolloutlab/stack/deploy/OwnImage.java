package io.rolloutlab.stack.deploy;

import io.rolloutlab.scenario.app.VersionPlan;
import io.rolloutlab.stack.StackService;

/**
 * An image that runs as it is, so that the engine must have it.
 *
 * @param service that runs it, by its key in the file
 * @param name with a tag or a digest
 * @param where it is named: {@code file:line}, or the option of the command line
 */
public record OwnImage(String service, String name, String where) {
  /** The option that names v2's. */
  static final String OPTION = "--to";

  /** Of Docker Hub, in full: no name of the lab's own app is written so. */
  private static final String IN_FULL = "docker.io/library/";

  /** The image that the file names. */
  static OwnImage of(StackService service) {
    return new OwnImage(
        service.name(), full(service.image().value()), service.image().place().print());
  }

  /** The image of v2 that who asks names. */
  static OwnImage candidate(String service, String image) {
    return new OwnImage(service, full(image), OPTION);
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
   * @param candidate whether it is of a service of which {@code --to} names another image
   */
  public String missing(String why, boolean candidate) {
    return "%s: %s: the engine has no image \"%s\" and cannot pull it (%s): build or load it, or let the lab's own app play it with --stand-in=%s; --stand-in alone has it play all images%s"
        .formatted(
            where, service, name, why, service, candidate ? "; without --to, in both cases" : "");
  }
}
