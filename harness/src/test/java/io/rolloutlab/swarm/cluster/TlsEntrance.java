package io.rolloutlab.swarm.cluster;

import com.github.dockerjava.core.LocalDirectorySSLConfig;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/**
 * A second way in to an engine that listens on a socket file: over mutual TLS, on a port of the
 * loopback address, as to an engine on another machine.
 */
public final class TlsEntrance implements Closeable {
  private static final int BUFFER_BYTES = 65_536;

  private final Path engine;
  private final Path certificates;
  private final SSLServerSocket door;
  private final AtomicInteger visitors = new AtomicInteger();
  private final Set<Closeable> open = ConcurrentHashMap.newKeySet();

  /**
   * Opens it.
   *
   * @param engine socket file
   * @param folder for the certificates of both sides
   */
  public TlsEntrance(Path engine, Path folder) throws IOException {
    this.engine = engine;
    Certificates both = new Certificates();
    Path its = folder.resolve("engine");
    certificates = folder.resolve("client");
    write(its, both, both.nodePem(), both.nodeKeyPem());
    write(certificates, both, Certificates.pem(both.lab), Certificates.pem(both.labKey));
    door =
        (SSLServerSocket)
            new LocalDirectorySSLConfig(its.toString())
                .getSSLContext()
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    door.setNeedClientAuth(true);
    inBackground(this::letIn);
  }

  private static void write(Path folder, Certificates both, String certificate, String key)
      throws IOException {
    Files.createDirectories(folder);
    Map<String, String> files =
        Map.of("ca.pem", both.authorityPem(), "cert.pem", certificate, "key.pem", key);
    for (Map.Entry<String, String> file : files.entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
  }

  /** As in DOCKER_HOST. */
  public URI address() {
    return URI.create("tcp://127.0.0.1:" + door.getLocalPort());
  }

  /** As in DOCKER_CERT_PATH. */
  public Path certificates() {
    return certificates;
  }

  /** How many have come in so far. */
  public int visitors() {
    return visitors.get();
  }

  private void letIn() throws IOException {
    while (!door.isClosed()) {
      SSLSocket visitor = (SSLSocket) door.accept();
      open.add(visitor);
      inBackground(() -> join(visitor));
    }
  }

  /** Until the engine has said all that it has to say. */
  private void join(SSLSocket visitor) throws IOException {
    try (visitor;
        SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(engine))) {
      open.add(channel);
      visitor.startHandshake();
      visitors.incrementAndGet();
      inBackground(() -> toEngine(visitor.getInputStream(), channel));
      fromEngine(channel, visitor.getOutputStream());
    } finally {
      open.remove(visitor);
      open.removeIf(one -> one instanceof SocketChannel channel && !channel.isOpen());
    }
  }

  private static void toEngine(InputStream from, SocketChannel engine) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int length = from.read(buffer); length >= 0; length = from.read(buffer)) {
      ByteBuffer read = ByteBuffer.wrap(buffer, 0, length);
      while (read.hasRemaining()) {
        engine.write(read);
      }
    }
    engine.shutdownOutput();
  }

  /** Without waiting for a full buffer, since a stream may say little for long. */
  private static void fromEngine(SocketChannel engine, OutputStream to) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    while (engine.read(buffer) >= 0) {
      to.write(buffer.array(), 0, buffer.position());
      to.flush();
      buffer.clear();
    }
  }

  /** What may end because the other side has gone. */
  @FunctionalInterface
  private interface Work {
    void run() throws IOException;
  }

  private static void inBackground(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException gone) {
                // One of both sides has closed: so is this way between them.
              }
            },
            "tls-entrance");
    thread.setDaemon(true);
    thread.start();
  }

  /** Nobody comes in any more, and who is in has to leave. */
  @Override
  public void close() throws IOException {
    door.close();
    for (Closeable one : open) {
      one.close();
    }
  }
}
