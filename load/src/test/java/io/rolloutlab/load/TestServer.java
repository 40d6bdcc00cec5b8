package io.rolloutlab.load;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An HTTP server that may misbehave: it hands each request to a {@link Behaviour}. */
final class TestServer implements Closeable {

  /**
   * A request as the server saw it.
   *
   * @param headers by name in lower case
   * @param connection it came over, from 1
   * @param turn on that connection, from 1
   */
  record Hit(
      long id,
      String method,
      String path,
      Map<String, String> headers,
      String body,
      int connection,
      int turn) {
    String header(String name) {
      return headers.get(name.toLowerCase(Locale.ROOT));
    }
  }

  interface Behaviour {
    /** Answers, or does not; an exception closes the connection. */
    void answer(Hit hit, Answer answer) throws Exception;
  }

  /** The server's side of a request. */
  record Answer(OutputStream out) {
    void ok(String version) throws IOException {
      send("200 OK", "X-App-Version: %s\r\nX-App-Host: host-of-%s\r\n".formatted(version, version));
    }

    void send(String status, String headers) throws IOException {
      raw("HTTP/1.1 %s\r\n%sContent-Length: 2\r\n\r\nok".formatted(status, headers));
    }

    void json(String text) throws IOException {
      raw(
          "HTTP/1.1 200 OK\r\nX-App-Version: v1\r\nX-State: ready\r\nContent-Length: %s\r\n\r\n%s"
              .formatted(text.length(), text));
    }

    void raw(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }
  }

  final List<Hit> hits = new CopyOnWriteArrayList<>();
  final AtomicInteger connections = new AtomicInteger();
  private final ServerSocket socket;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Behaviour behaviour;

  TestServer(Behaviour behaviour) {
    this.behaviour = behaviour;
    try {
      socket = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    threads.execute(this::accept);
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  /** How many requests came over a connection that had served one before. */
  long reuses() {
    return hits.stream().filter(hit -> hit.turn() > 1).count();
  }

  /** How many requests came with an id that was there before. */
  int repeats() {
    return hits.size() - (int) hits.stream().mapToLong(Hit::id).distinct().count();
  }

  /** A port that nobody listens on. */
  static URI nobody() {
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return URI.create("http://127.0.0.1:" + closed.getLocalPort());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (Socket one : open) {
      one.close();
    }
    threads.shutdownNow();
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = socket.accept();
        open.add(connection);
        int number = connections.incrementAndGet();
        threads.execute(() -> serve(connection, number));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void serve(Socket connection, int number) {
    try (connection) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
      for (int turn = 1; ; turn++) {
        Hit hit = read(in, number, turn);
        if (hit == null) {
          return;
        }
        hits.add(hit);
        behaviour.answer(hit, new Answer(connection.getOutputStream()));
        if ("close".equals(hit.header("connection"))) {
          return;
        }
      }
    } catch (Exception over) {
      // The connection is closed: the client or the behaviour wants it.
    }
  }

  private static Hit read(BufferedReader in, int connection, int turn) throws IOException {
    String first = in.readLine();
    if (first == null) {
      return null;
    }
    Map<String, String> headers = new TreeMap<>();
    for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
      String[] part = line.split(": *", 2);
      headers.put(part[0].toLowerCase(Locale.ROOT), part[1]);
    }
    char[] body = new char[Integer.parseInt(headers.getOrDefault("content-length", "0"))];
    for (int i = 0; i < body.length; i++) {
      body[i] = (char) in.read();
    }
    long id = Long.parseLong(headers.get("x-request-id"));
    String[] line = first.split(" ");
    return new Hit(id, line[0], line[1], headers, new String(body), connection, turn);
  }
}
