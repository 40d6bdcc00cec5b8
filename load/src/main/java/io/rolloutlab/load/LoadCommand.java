package io.rolloutlab.load;

import io.rolloutlab.scenario.LoadPlan;
import java.io.File;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The command line of the child process. */
final class LoadCommand {
  private LoadCommand() {}

  static List<String> of(LoadFolder folder, LoadPlan plan) {
    long timeoutMillis = plan.requestTimeout().toMillis();
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx512m",
        "-XX:+ExitOnOutOfMemoryError",
        // No files outside the load's folder.
        "-XX:-UsePerfData",
        "-Djava.util.prefs.userRoot=" + folder.preferences(),
        // Should Gatling learn to call home in yet another way: it finds no home.
        "-Djdk.net.hosts.file=" + folder.hosts(),
        "-Djava.awt.headless=true",
        // Gatling's log writer looks into strings.
        "--add-opens=java.base/java.lang=ALL-UNNAMED",
        "-Dlogback.configurationFile=io/rolloutlab/load/logback.xml",
        "-Dlab.load.log=" + folder.log(),
        "-Dgatling.conf.file=io/rolloutlab/load/gatling.conf",
        "-Dgatling.http.requestTimeout=" + timeoutMillis,
        "-Dgatling.socket.connectTimeout=" + timeoutMillis,
        "-cp",
        classPath(LoadCommand.class.getClassLoader(), System.getProperty("java.class.path")),
        LoadMain.class.getName(),
        folder.path().toString());
  }

  /**
   * What this code was loaded from, with absolute paths. A jar that holds nothing but the class
   * path of a test run in its manifest passes as it is; a class loader of a build tool is asked
   * itself.
   */
  static String classPath(ClassLoader loader, String ofJvm) {
    Stream<String> entries =
        loader instanceof URLClassLoader urls
            ? Arrays.stream(urls.getURLs()).map(LoadCommand::path)
            : Arrays.stream(ofJvm.split(File.pathSeparator)).filter(entry -> !entry.isEmpty());
    return entries
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String path(URL entry) {
    try {
      return Path.of(entry.toURI()).toString();
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException("not a place of classes: " + entry, impossible);
    }
  }
}
