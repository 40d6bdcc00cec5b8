package io.rolloutlab.swarm.cluster;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import io.rolloutlab.testbed.StepFailedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The image that all of the lab's are built upon: pulled, where a registry answers; else
 * bootstrapped from the distribution's packages by docker/base.
 */
final class BaseImage {
  private static final String PULLED = "debian:trixie-slim";

  /** Made here, and never asked of a registry: nobody owns that name there. */
  private static final String BOOTSTRAPPED = "rollout-lab/base:trixie";

  /** Some 30 MB; a line that takes longer is as good as none. */
  private static final int PULL_MINUTES = 10;

  private final DockerClient docker;
  private final Path script;
  private final Consumer<String> say;
  private final Runnable goOn;
  private String name;

  /**
   * @param home the project's folder, with docker/ in it
   * @param say gets a line for each thing that takes time
   * @param goOn throws when somebody has asked to stop
   */
  BaseImage(DockerClient docker, Path home, Consumer<String> say, Runnable goOn) {
    this.docker = docker;
    script = home.resolve("docker").resolve("base");
    this.say = say;
    this.goOn = goOn;
  }

  /**
   * Its name, once the engine has it.
   *
   * @throws StepFailedException when it can neither be pulled nor bootstrapped
   */
  String name() {
    if (name == null) {
      name = Stream.of(PULLED, BOOTSTRAPPED).filter(this::exists).findFirst().orElse(null);
    }
    if (name == null) {
      name = pulled() ? PULLED : bootstrapped();
    }
    return name;
  }

  private boolean exists(String image) {
    try {
      docker.inspectImageCmd(image).exec();
      return true;
    } catch (NotFoundException missing) {
      return false;
    }
  }

  private boolean pulled() {
    say.accept("pulling " + PULLED);
    try {
      if (docker.pullImageCmd(PULLED).start().awaitCompletion(PULL_MINUTES, TimeUnit.MINUTES)
          && exists(PULLED)) {
        return true;
      }
      sayBootstrapping("was not here within %s minutes".formatted(PULL_MINUTES));
      return false;
    } catch (DockerException | DockerClientException noRegistry) {
      sayBootstrapping("cannot be pulled (%s)".formatted(noRegistry.getMessage()));
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StepFailedException("interrupted while pulling " + PULLED, interrupted);
    }
  }

  private void sayBootstrapping(String since) {
    say.accept(
        "%s %s; bootstrapping the base image from the distribution's packages"
            .formatted(PULLED, since));
  }

  private String bootstrapped() {
    ProcessBuilder builder =
        new ProcessBuilder(script.toString(), BOOTSTRAPPED).redirectErrorStream(true);
    builder.environment().put("DOCKER_HOST", Engine.located().toString());
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      refuseFailure(process.waitFor(), output);
      return BOOTSTRAPPED;
    } catch (IOException failed) {
      throw new StepFailedException("docker/base: cannot be run: " + failed.getMessage(), failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StepFailedException("interrupted while bootstrapping the base", interrupted);
    }
  }

  private void refuseFailure(int exitCode, String output) {
    if (exitCode != 0) {
      // Ctrl-C at a terminal reaches that process too.
      goOn.run();
      throw new StepFailedException(
          "%s can neither be pulled nor bootstrapped:\n%s".formatted(PULLED, output));
    }
  }
}
