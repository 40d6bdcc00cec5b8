package io.rolloutlab.stack.scenario;

import io.rolloutlab.scenario.check.Check;

/**
 * What v2 of a service is: another image, or what another stack file says.
 *
 * @param image that takes the place of the file's; default none
 * @param file a stack file, by its path from the scenario's folder, which docker deploys over the
 *     first one; default none
 */
public record CandidatePlan(String image, String file) {
  /** Nobody says anything: v2 is the lab's own app's. */
  public static final CandidatePlan UNSAID = new CandidatePlan(null, null);

  public CandidatePlan {
    Check.that(
        image == null || file == null, "file", "is given beside image: keep only one of them");
    Check.that(image == null || !image.isBlank(), "image", "is empty: name an image");
    Check.that(file == null || !file.isBlank(), "file", "is empty: name a stack file");
  }
}
