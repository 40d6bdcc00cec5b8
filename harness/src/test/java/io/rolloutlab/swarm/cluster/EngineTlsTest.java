package io.rolloutlab.swarm.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.transport.SSLConfig;
import io.rolloutlab.testbed.StepFailedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine over TLS, by the docker client's own variables. */
class EngineTlsTest {
  private static final URI FAR = URI.create("tcp://192.0.2.7:2376");

  @TempDir Path folder;

  @Test
  void onlyWhatIsReachedByTcpAndSaidToBeVerifiedIs() {
    assertThat(EngineTls.of(FAR, Map.of())).isEmpty();
    assertThat(EngineTls.of(FAR, Map.of("DOCKER_TLS_VERIFY", ""))).isEmpty();
    assertThat(
            EngineTls.of(
                URI.create("unix:///var/run/docker.sock"), Map.of("DOCKER_TLS_VERIFY", "1")))
        .isEmpty();
  }

  @Test
  void aFileThatIsMissingIsNamed() throws IOException {
    Files.createFile(folder.resolve("ca.pem"));

    assertThatExceptionOfType(StepFailedException.class)
        .isThrownBy(() -> EngineTls.of(FAR, verified(folder)))
        .withMessageStartingWith(
            "DOCKER_TLS_VERIFY is set, and %s cannot be read", folder.resolve("cert.pem"))
        .withMessageContaining("DOCKER_CERT_PATH");
  }

  private static Map<String, String> verified(Path certificates) {
    return Map.of("DOCKER_TLS_VERIFY", "1", "DOCKER_CERT_PATH", certificates.toString());
  }

  @Test
  void anEngineIsSpokenToByWhoHasItsCertificatesAndByNobodyElse() throws Exception {
    Path socket = folder.resolve("engine.sock");
    try (ServerSocketChannel engine = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        TlsEntrance entrance = new TlsEntrance(socket, folder);
        TlsEntrance another = new TlsEntrance(socket, folder.resolve("another"))) {
      engine.bind(UnixDomainSocketAddress.of(socket));
      answerPings(engine);

      try (DockerClient docker = client(entrance.address(), entrance.certificates())) {
        assertThatCode(() -> docker.pingCmd().exec()).doesNotThrowAnyException();
      }
      assertThat(entrance.visitors()).isPositive();
      try (DockerClient stranger = client(entrance.address(), another.certificates())) {
        assertThatThrownBy(() -> stranger.pingCmd().exec()).hasMessageContaining("PKIX");
      }
    }
  }

  private static DockerClient client(URI engine, Path certificates) {
    SSLConfig tls = EngineTls.of(engine, verified(certificates)).orElseThrow();
    return Engine.client(engine, tls, 1, Engine.SILENCE);
  }

  /** As much of an engine as it takes to say that it is one. */
  private static void answerPings(ServerSocketChannel engine) {
    Thread thread =
        new Thread(
            () -> {
              try {
                while (true) {
                  answerPing(engine.accept());
                }
              } catch (IOException closed) {
                // The test is over.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private static void answerPing(SocketChannel visitor) throws IOException {
    try (visitor) {
      BufferedReader request =
          new BufferedReader(Channels.newReader(visitor, StandardCharsets.US_ASCII));
      for (String line = request.readLine();
          line != null && !line.isEmpty();
          line = request.readLine()) {
        // Nothing in it matters.
      }
      visitor.write(
          ByteBuffer.wrap(
              "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nOK"
                  .getBytes(StandardCharsets.US_ASCII)));
    }
  }
}
