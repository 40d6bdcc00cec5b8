package io.rolloutlab.app;

import io.rolloutlab.app.folder.TextFile;
import io.rolloutlab.scenario.seen.LoadFragment;
import io.rolloutlab.scenario.seen.RequestTally;
import io.rolloutlab.scenario.seen.TrafficReader;
import io.rolloutlab.scenario.seen.UnreadableTrafficException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What users of a service really ask for, as a block of a scenario. Nothing is run. */
@Command(
    name = "requests",
    description = {
      "Makes a scenario's load of requests that were seen: how many a second, and a list of them with"
          + " weights. Needs no Docker.",
      "FROM is a HAR file (a browser's recording), or an access log: nginx's format combined, or a JSON"
          + " object a line with method, path or uri, and time or ts, as nginx, Caddy and Traefik write"
          + " them."
    },
    exitCodeList = {
      "0:the list is made",
      "1:the list could not be written",
      "2:the file holds no requests, or what was asked makes no sense",
      "3:the lab itself broke, out of memory for example",
      "130:somebody stopped it"
    })
final class RequestsCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FROM", description = "The file with the requests.")
  private Path from;

  @Option(
      names = "--to",
      paramLabel = "FILE",
      description = "Writes the list into this file. Default: prints it")
  private Path to;

  @Option(
      names = "--query",
      description =
          "Keeps queries, and takes requests that differ in them for different ones. Default: drops"
              + " them")
  private boolean query;

  @Override
  public Integer call() {
    String text;
    try {
      RequestTally tally = new RequestTally(query);
      TrafficReader.Rest rest = TrafficReader.read(from, tally);
      text = LoadFragment.of(from, rest, tally);
    } catch (UnreadableTrafficException bad) {
      System.err.println(bad.getMessage());
      return Lab.BAD_INPUT;
    }
    if (to == null) {
      System.out.print(text);
      return Lab.PASSED;
    }
    try {
      TextFile.write(to, text);
    } catch (IOException unwritten) {
      System.err.printf("--to %s: %s%n", to, TextFile.why(to, unwritten));
      return Lab.NOT_PASSED;
    }
    System.out.printf("written to %s%n", to);
    return Lab.PASSED;
  }
}
