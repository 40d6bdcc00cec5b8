package io.rolloutlab.swarm.stack;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.PullImageResultCallback;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import io.rolloutlab.history.PlainText;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.app.VersionPlan;
import io.rolloutlab.scenario.check.Patience;
import io.rolloutlab.stack.deploy.OwnImage;
import io.rolloutlab.stack.deploy.StackRollout;
import io.rolloutlab.swarm.cluster.Images;
import io.rolloutlab.swarm.cluster.SystemTimeline;
import io.rolloutlab.testbed.InterruptedRunException;
import io.rolloutlab.testbed.StepFailedException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The images of a stack: the lab's own, and those that its services run as they are, which the
 * engine has or pulls.
 *
 * @param docker client of the engine that the nodes run on
 * @param images builds the lab's own
 * @param say gets a line for each thing that takes time
 * @param stopped whether somebody asked to stop: a pull ends early then
 */
public record StackImages(
    DockerClient docker, Images images, Consumer<String> say, BooleanSupplier stopped) {
  private static final Duration PULL_LIMIT = Duration.ofMinutes(15);

  /**
   * Gets what is missing.
   *
   * @throws StepFailedException when an image cannot be had: then all of those are told
   * @throws InterruptedRunException when somebody asked to stop meanwhile
   */
  public Images.Ids provide(StackRollout stack) {
    Scenario scenario = stack.scenario();
    Map<String, String> own = new TreeMap<>();
    List<String> missing = new ArrayList<>();
    for (OwnImage image : stack.ownImages()) {
      try {
        own.put(image.name(), had(image.name(), scenario.waiting()));
      } catch (NotPulledException refused) {
        missing.add(stack.missing(image, refused.getMessage()));
      }
    }
    if (!missing.isEmpty()) {
      throw new StepFailedException(String.join("; ", missing));
    }
    Images.Ids ids = images.provide(scenario).with(own);
    return stack.hasStandIns() ? ids.with(images.provide(ofStandIns(scenario)).apps()) : ids;
  }

  /** The same run of the lab's own app. */
  private static Scenario ofStandIns(Scenario scenario) {
    return scenario.about(
        scenario.app().withVersions(VersionPlan.DEFAULT, VersionPlan.DEFAULT),
        scenario.cluster(),
        scenario.balancing());
  }

  private String had(String name, Patience patience) {
    try {
      return id(name);
    } catch (NotFoundException missing) {
      say.accept("pulling " + name);
      pull(name, patience);
      return id(name);
    } catch (DockerException refused) {
      // Such as a name that is none.
      throw new NotPulledException(refused);
    }
  }

  private String id(String name) {
    return docker.inspectImageCmd(name).exec().getId();
  }

  private void pull(String name, Patience patience) {
    try (Pull pull = docker.pullImageCmd(name).exec(new Pull())) {
      SystemTimeline.poll(
          name + " is pulled",
          () -> {
            if (stopped.getAsBoolean()) {
              throw new InterruptedRunException();
            }
            return pull.over ? Optional.empty() : Optional.of("the engine pulls it");
          },
          patience.stretched(PULL_LIMIT));
      pull.awaitCompletion();
    } catch (InterruptedRunException asked) {
      throw asked;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StepFailedException("interrupted while %s was pulled".formatted(name), interrupted);
    } catch (IOException | RuntimeException failed) {
      // That an image cannot be had, the client tells by exceptions of many kinds.
      throw new NotPulledException(failed);
    }
  }

  /** Why an image could not be pulled, a clause in one line. */
  private static final class NotPulledException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotPulledException(Throwable cause) {
      super(
          PlainText.of(String.valueOf(cause.getMessage())).strip().replaceAll("\\s+", " "), cause);
    }
  }

  /** Knows when nothing follows, be it done or failed. */
  private static final class Pull extends PullImageResultCallback {
    private volatile boolean over;

    @Override
    public void onError(Throwable failure) {
      super.onError(failure);
      over = true;
    }

    @Override
    public void onComplete() {
      super.onComplete();
      over = true;
    }
  }
}
