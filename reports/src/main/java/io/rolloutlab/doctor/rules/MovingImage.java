package io.rolloutlab.doctor.rules;

import io.rolloutlab.doctor.About;
import io.rolloutlab.doctor.Finding;
import io.rolloutlab.doctor.ImageName;
import io.rolloutlab.doctor.Rule;
import io.rolloutlab.doctor.Sureness;
import io.rolloutlab.stack.Stack;
import io.rolloutlab.stack.StackService;
import java.util.List;

/** An image that is another one tomorrow. */
public final class MovingImage implements Rule {
  private static final About ABOUT =
      new About(
          "moving-image",
          "The image has the tag latest or none, and no digest.",
          List.of("docker/cli cli/command/stack/deploy.go: --resolve-image is always by default"));

  @Override
  public About about() {
    return ABOUT;
  }

  @Override
  public List<Finding> judge(StackService service, Stack stack) {
    ImageName image = new ImageName(service.image().value());
    boolean moves = image.tag().isEmpty() || image.tag().equals("latest");
    if (!moves || image.hasDigest() || image.isIncomplete()) {
      return List.of();
    }
    return List.of(
        ABOUT.finding(
            service,
            service.image().place(),
            Sureness.LIKELY,
            "%s: docker stack deploy asks the registry each time, so this file unchanged replaces the tasks whenever somebody has pushed, and no line of it says by what"
                .formatted(image.tag().isEmpty() ? "the image has no tag" : "the tag latest moves"),
            "Name a tag that is never pushed again, or a digest."));
  }
}
