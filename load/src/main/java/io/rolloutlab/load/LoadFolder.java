package io.rolloutlab.load;

import io.rolloutlab.scenario.LoadPlan;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** Where the files of a load lie in its folder, and the job file that its two processes share. */
record LoadFolder(Path path) {

  Path recording() {
    return path.resolve("recording.tsv");
  }

  Path log() {
    return path.resolve("load.log");
  }

  Path errors() {
    return path.resolve("load.err");
  }

  Path preferences() {
    return path.resolve("prefs");
  }

  /** The only host names that the child knows: none. */
  Path hosts() {
    return path.resolve("hosts");
  }

  Path gatling() {
    return path.resolve("gatling");
  }

  /** Gatling's log, in a folder whose name Gatling makes up; empty when there is none yet. */
  Optional<Path> simulationLog() throws IOException {
    if (!Files.isDirectory(gatling())) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.walk(gatling(), 2)) {
      return files.filter(file -> file.endsWith("simulation.log")).findFirst();
    }
  }

  void write(LoadJob job) throws IOException {
    Properties values = new Properties();
    LoadPlan plan = job.plan();
    values.setProperty("ratePerSecond", plan.ratePerSecond().toString());
    values.setProperty("newConnectionShare", plan.newConnectionShare().toString());
    values.setProperty("users", plan.users().toString());
    values.setProperty("requestTimeout", plan.requestTimeout().toString());
    values.setProperty("limit", plan.limit().toString());
    values.setProperty("seed", Long.toString(job.seed()));
    values.setProperty("runId", job.runId());
    values.setProperty(
        "targets", String.join(" ", job.targets().stream().map(URI::toString).toList()));
    values.setProperty("path", job.path());
    values.setProperty("workMillis", Integer.toString(job.workMillis()));
    Files.writeString(hosts(), "# The load process looks up no names.\n");
    try (Writer out = Files.newBufferedWriter(jobFile())) {
      values.store(out, null);
    }
  }

  LoadJob readJob() throws IOException {
    Properties values = new Properties();
    try (Reader in = Files.newBufferedReader(jobFile())) {
      values.load(in);
    }
    LoadPlan plan =
        new LoadPlan(
            Double.valueOf(values.getProperty("ratePerSecond")),
            Double.valueOf(values.getProperty("newConnectionShare")),
            Integer.valueOf(values.getProperty("users")),
            null,
            null,
            Duration.parse(values.getProperty("requestTimeout")),
            Duration.parse(values.getProperty("limit")));
    List<URI> targets =
        Arrays.stream(values.getProperty("targets").split(" ")).map(URI::create).toList();
    return new LoadJob(
        plan,
        Long.parseLong(values.getProperty("seed")),
        values.getProperty("runId"),
        targets,
        path,
        values.getProperty("path"),
        Integer.parseInt(values.getProperty("workMillis")));
  }

  private Path jobFile() {
    return path.resolve("job.properties");
  }
}
