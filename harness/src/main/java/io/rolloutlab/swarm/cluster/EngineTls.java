package io.rolloutlab.swarm.cluster;

import com.github.dockerjava.core.LocalDirectorySSLConfig;
import com.github.dockerjava.transport.SSLConfig;
import io.rolloutlab.testbed.StepFailedException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the lab shows an engine that it reaches over TLS, and by what it knows the engine: the files
 * that the docker client takes, by the same variables.
 */
final class EngineTls {
  private static final String VERIFY = "DOCKER_TLS_VERIFY";
  private static final String FOLDER = "DOCKER_CERT_PATH";
  private static final List<String> FILES = List.of("ca.pem", "cert.pem", "key.pem");

  private EngineTls() {}

  /**
   * Of an engine.
   *
   * @param engine its address, as in DOCKER_HOST
   * @param environment the variables of this process
   * @return empty for one that is reached without TLS: by a socket, or since DOCKER_TLS_VERIFY is
   *     not set
   * @throws StepFailedException when a file is missing, naming it
   */
  static Optional<SSLConfig> of(URI engine, Map<String, String> environment) {
    if (!"tcp".equals(engine.getScheme()) || environment.getOrDefault(VERIFY, "").isEmpty()) {
      return Optional.empty();
    }
    Path folder = folder(environment);
    for (String name : FILES) {
      if (!Files.isReadable(folder.resolve(name))) {
        throw new StepFailedException(
            "%s is set, and %s cannot be read: the engine at %s is spoken to with %s of the folder that %s names"
                .formatted(VERIFY, folder.resolve(name), engine, String.join(", ", FILES), FOLDER));
      }
    }
    return Optional.of(new LocalDirectorySSLConfig(folder.toString()));
  }

  private static Path folder(Map<String, String> environment) {
    String named = environment.getOrDefault(FOLDER, "");
    return named.isEmpty() ? Path.of(System.getProperty("user.home"), ".docker") : Path.of(named);
  }
}
