package io.rolloutlab.app;

import io.rolloutlab.history.History;
import io.rolloutlab.history.HistoryReader;
import io.rolloutlab.swarm.cluster.Engine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs the lab as its users do, on a Swarm of two nodes with short scenarios. */
final class LabRuns {
  /** One manager with the edge, one worker, two replicas, 20 requests/s for some seconds. */
  static final String SMALL =
      """
      cluster: {managers: 1, workers: 1}
      edge: {constraints: [node.role == manager]}
      load: {ratePerSecond: 20, users: 40, warmUp: 4s, coolDown: 3s, requestTimeout: 5s}
      """;

  private LabRuns() {}

  /** What a call gave. */
  record Call(int exitCode, String output) {}

  static void scenario(Path folder, String name, String strategy, String rest) {
    file(folder, name, "strategy: %s\n%s%s".formatted(strategy, SMALL, rest));
  }

  /**
   * Writes a scenario's file.
   *
   * @param lines all of it but name and question
   */
  static Path file(Path folder, String name, String lines) {
    try {
      Files.createDirectories(folder);
      return Files.writeString(
          folder.resolve(name + ".yaml"),
          "name: %s\nquestion: Does it work?\n%s".formatted(name, lines));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Calls the lab in this JVM. */
  static Call call(String... arguments) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (PrintStream both = new PrintStream(text, true, StandardCharsets.UTF_8)) {
      System.setOut(both);
      System.setErr(both);
      int code = Lab.execute(arguments);
      return new Call(code, text.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
      out.print(text.toString(StandardCharsets.UTF_8));
    }
  }

  /** Starts the lab in a process of its own; its output goes to a file. */
  static Process fork(Path output, String... arguments) throws IOException {
    return start(output, command(List.of(), arguments));
  }

  /** The same with options of the JVM. */
  static Process fork(Path output, List<String> jvm, String... arguments) throws IOException {
    return start(output, command(jvm, arguments));
  }

  /** The same with variables of the environment. */
  static Process fork(Path output, Map<String, String> environment, String... arguments)
      throws IOException {
    ProcessBuilder builder = builder(output, command(List.of(), arguments));
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** Starts another main class with the lab's class path. */
  static Process forkClass(Path output, Class<?> main) throws IOException {
    List<String> command = command(List.of());
    command.set(command.size() - 1, main.getName());
    return start(output, command);
  }

  /** Starts the lab at a terminal of its own, so that a byte 3 written to the process is Ctrl-C. */
  static Process forkAtTerminal(Path output, String... arguments) throws IOException {
    // A build in the background hands down that Ctrl-C is ignored; at a terminal it never is.
    String line = "env --default-signal=INT " + String.join(" ", command(List.of(), arguments));
    return start(output, List.of("script", "--quiet", "--return", "--command", line, "/dev/null"));
  }

  private static Process start(Path output, List<String> command) throws IOException {
    return builder(output, command).start();
  }

  private static ProcessBuilder builder(Path output, List<String> command) {
    return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
  }

  private static List<String> command(List<String> jvm, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dlab.home=" + Engine.home(),
                "-classpath",
                // Surefire's own class path is a jar with nothing but a manifest.
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "io.rolloutlab.app.Lab"));
    command.addAll(1, jvm);
    command.addAll(List.of(arguments));
    return command;
  }

  /** The history of a scenario's only run below a folder. */
  static History history(Path into, String name) {
    return HistoryReader.read(run(into, name));
  }

  /**
   * Keeps a simulated run as a real one, of which only its manifest says so.
   *
   * @param from run folder
   * @param to run folder
   * @param id of the real run
   */
  static Path asReal(Path from, Path to, String id) {
    try {
      Files.createDirectories(to);
      for (String name :
          List.of("manifest.json", "events.jsonl", "requests.csv", "hits.csv", "resources.csv")) {
        Files.writeString(
            to.resolve(name),
            Files.readString(from.resolve(name))
                .replaceFirst("\"twin-[^\"]*\"", "\"" + id + "\"")
                .replace("\"origin\" : \"twin\"", "\"origin\" : \"live\""));
      }
      return to;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** The folder of a scenario's only run below a folder. */
  static Path run(Path into, String name) {
    try (Stream<Path> files = Files.walk(into.resolve("runs"))) {
      return files
          .filter(path -> path.getFileName().toString().equals(name))
          .filter(HistoryReader::isRun)
          .findFirst()
          .orElseThrow(() -> new AssertionError("no run of " + name + " below " + into));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
