package io.rolloutlab.trial;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * The lab's own version.
 *
 * @param id of the commit, or {@code unknown} outside a git checkout
 * @param dirty whether what the lab is made of differs from it; scenarios and notes of one's own
 *     may lie in the checkout, since a run's history holds its scenario
 */
public record Commit(String id, boolean dirty) {
  private static final String[] STATUS = {
    "status",
    "--porcelain",
    "--",
    "pom.xml",
    ".mvn",
    "docker",
    "harness",
    "load",
    "reports",
    "scenarios/pom.xml",
    "scenarios/src"
  };

  /** For people. */
  public String inWords() {
    return id + (dirty ? " with uncommitted changes" : "");
  }

  /** Asks git. */
  public static Commit of(Path home) {
    String id = git(home, "rev-parse", "HEAD");
    return id.isEmpty()
        ? new Commit("unknown", false)
        : new Commit(id, !git(home, STATUS).isEmpty());
  }

  private static String git(Path home, String... arguments) {
    try {
      ProcessBuilder builder = new ProcessBuilder("git", "-C", home.toString());
      builder.command().addAll(java.util.List.of(arguments));
      Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0 ? text.strip() : "";
    } catch (IOException noGit) {
      return "";
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
