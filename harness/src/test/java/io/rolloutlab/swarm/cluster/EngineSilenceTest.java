package io.rolloutlab.swarm.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.DockerClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** An engine over TCP that takes its time. */
class EngineSilenceTest {
  @Test
  void whoSaysNothingIsWaitedForAsLongAsIsSaid() throws IOException {
    try (ServerSocket engine = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      URI address = URI.create("tcp://127.0.0.1:" + engine.getLocalPort());
      CountDownLatch impatientIsGone = new CountDownLatch(1);
      answerOnceItIs(engine, impatientIsGone);

      try (DockerClient impatient = Engine.client(address, null, 1, Duration.ofMillis(300))) {
        assertThatThrownBy(() -> impatient.pingCmd().exec()).hasMessageContaining("timed out");
      }
      impatientIsGone.countDown();
      try (DockerClient patient = Engine.client(address, null, 1, Duration.ofMinutes(1))) {
        assertThatCode(() -> patient.pingCmd().exec()).doesNotThrowAnyException();
      }
    }
  }

  /** The log of a container that has nothing to log is no engine that does not answer. */
  @Test
  void whatLastsAsLongAsAContainerIsNotEndedBySilence() throws IOException {
    Duration silence = Duration.ofMillis(300);
    try (ServerSocket engine = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      URI address = URI.create("tcp://127.0.0.1:" + engine.getLocalPort());
      CountDownLatch othersAreTired = new CountDownLatch(1);
      answerOnceItIs(engine, othersAreTired);

      try (NodeApi node = new NodeApi("node", address, null, Engine.API, silence)) {
        CompletableFuture<Void> lasting =
            CompletableFuture.runAsync(() -> node.streams().pingCmd().exec());
        for (int call = 0; call < 3; call++) {
          assertThatThrownBy(() -> node.docker().pingCmd().exec())
              .hasMessageContaining("timed out");
        }
        assertThat(lasting).isNotDone();
        othersAreTired.countDown();
        assertThat(lasting).succeedsWithin(Duration.ofMinutes(1));
      }
    }
  }

  /** Answers from then on, one visitor after the other; a visitor of before that waits. */
  private static void answerOnceItIs(ServerSocket engine, CountDownLatch time) {
    Thread thread =
        new Thread(
            () -> {
              try {
                while (true) {
                  answer(engine.accept(), time);
                }
              } catch (IOException | InterruptedException closed) {
                // The test is over.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private static void answer(Socket visitor, CountDownLatch time)
      throws IOException, InterruptedException {
    try (visitor) {
      time.await(1, TimeUnit.MINUTES);
      visitor
          .getOutputStream()
          .write(
              "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nOK"
                  .getBytes(StandardCharsets.US_ASCII));
    } catch (java.net.SocketException gone) {
      // The impatient one.
    }
  }
}
