package io.rolloutlab.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.rolloutlab.scenario.check.Secrets;
import io.rolloutlab.scenario.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the files of a load lie in its folder, and the job file that its two processes share. */
record LoadFolder(Path path) {
  private static final JsonMapper JSON = Json.strict(JsonMapper.builder()).build();

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
    Files.writeString(hosts(), "# The load process looks up no names.\n");
    JSON.writeValue(jobFile().toFile(), job);
  }

  LoadJob readJob() throws IOException {
    return JSON.readValue(jobFile().toFile(), LoadJob.class);
  }

  /** Takes the values of secrets out of the job file, which stays when the load is over. */
  void maskSecrets() throws IOException {
    JsonNode job = JSON.readTree(jobFile().toFile());
    Secrets.mask(job);
    JSON.writeValue(jobFile().toFile(), job);
  }

  private Path jobFile() {
    return path.resolve("job.json");
  }
}
