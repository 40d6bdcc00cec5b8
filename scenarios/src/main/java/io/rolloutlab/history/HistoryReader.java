package io.rolloutlab.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.check.Secrets;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a run folder. A run that was cut off is read as far as it goes: what stands behind the
 * first unreadable line of a file is left out and named in {@link History#damage}.
 */
public final class HistoryReader {
  /** What a scenario says that does not act on its run. */
  private static final List<String> WORDS = List.of("question", "expect");

  private final Map<String, String> texts = new HashMap<>();
  private final List<String> damage = new ArrayList<>();

  private HistoryReader() {}

  /**
   * Reads a run folder.
   *
   * @throws HistoryException when it holds no manifest, or one of another format
   */
  public static History read(Path folder) {
    return new HistoryReader().readFolder(folder);
  }

  /** Whether the folder holds a manifest, so that {@link #read} is worth a try. */
  public static boolean isRun(Path folder) {
    return Files.isRegularFile(folder.resolve(HistoryFiles.MANIFEST));
  }

  /**
   * Reads the manifest alone.
   *
   * @throws HistoryException when the folder holds none, or one of another format
   */
  public static Manifest manifest(Path folder) {
    return readManifest(folder.resolve(HistoryFiles.MANIFEST));
  }

  /**
   * Whether a run would come out of this scenario again: whether all settings that act on it are
   * the same. Its question and what is expected of it may be others ({@link History#judgedAs}); the
   * values of secrets are not compared.
   */
  public static boolean isOf(Scenario scenario, Manifest run) {
    return settings(scenario).equals(settings(run.scenario()));
  }

  private static JsonNode settings(Scenario scenario) {
    ObjectNode tree = HistoryFiles.JSON.valueToTree(scenario);
    tree.remove(WORDS);
    Secrets.mask(tree);
    return tree;
  }

  private History readFolder(Path folder) {
    Manifest manifest = manifest(folder);
    List<Event> events = events(folder.resolve(HistoryFiles.EVENTS));
    List<Request> requests =
        rows(folder.resolve(HistoryFiles.REQUESTS), Request.class, this::shared);
    requests.sort(Comparator.comparingLong(Request::id));
    List<Hit> hits = rows(folder.resolve(HistoryFiles.HITS), Hit.class, this::shared);
    hits.sort(Comparator.comparingLong(Hit::atMillis).thenComparingLong(Hit::id));
    List<ResourceSample> resources =
        rows(folder.resolve(HistoryFiles.RESOURCES), ResourceSample.class, this::shared);
    return new History(manifest, events, requests, hits, resources, damage);
  }

  private static Manifest readManifest(Path file) {
    try {
      JsonNode tree = HistoryFiles.JSON.readTree(file.toFile());
      int format = tree.path("format").asInt(-1);
      if (format != Manifest.FORMAT) {
        throw new HistoryException(
            "%s: format %s is not the one this lab reads (%s); use the lab of the commit it names"
                .formatted(file, format, Manifest.FORMAT),
            null);
      }
      EarlierForms.renew(tree);
      return HistoryFiles.JSON.treeToValue(tree, Manifest.class);
    } catch (IOException failed) {
      throw new HistoryException(
          "%s: no readable manifest, so this is no run folder: %s"
              .formatted(file, failed.getMessage()),
          failed);
    }
  }

  private List<Event> events(Path file) {
    List<Event> events = new ArrayList<>();
    if (missing(file)) {
      return events;
    }
    int number = 0;
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        events.add(EarlierForms.event(line));
      }
    } catch (JsonProcessingException torn) {
      damaged(file, number, torn.getOriginalMessage());
    } catch (IOException failed) {
      damaged(file, number, failed.getMessage());
    }
    return events;
  }

  /** Replaces a row by one that shares its texts with the rows before it. */
  private interface Sharing<R> {
    R share(R row);
  }

  private <R> List<R> rows(Path file, Class<R> type, Sharing<R> sharing) {
    List<R> rows = new ArrayList<>();
    if (missing(file)) {
      return rows;
    }
    try (BufferedReader text = Files.newBufferedReader(file);
        MappingIterator<R> found = HistoryFiles.rowReader(type, columns(file)).readValues(text)) {
      while (found.hasNextValue()) {
        rows.add(sharing.share(found.nextValue()));
      }
    } catch (JsonProcessingException torn) {
      damaged(file, rows.size() + 2, torn.getOriginalMessage());
    } catch (IOException failed) {
      damaged(file, rows.size() + 2, failed.getMessage());
    }
    return rows;
  }

  private static int columns(Path file) throws IOException {
    try (BufferedReader text = Files.newBufferedReader(file)) {
      String header = text.readLine();
      return header == null ? 0 : header.split(",", -1).length;
    }
  }

  private boolean missing(Path file) {
    if (Files.exists(file)) {
      return false;
    }
    damage.add(file.getFileName() + ": missing");
    return true;
  }

  private void damaged(Path file, int line, String why) {
    damage.add("%s:%s: unreadable from here on: %s".formatted(file.getFileName(), line, why));
  }

  private String shared(String text) {
    return texts.computeIfAbsent(text, same -> same);
  }

  private Request shared(Request r) {
    return new Request(
        r.id(),
        r.user(),
        r.population(),
        new Request.Times(r.intendedAtMillis(), r.actualAtMillis()),
        new Request.End(r.latencyMillis(), r.outcome(), shared(r.error()), r.status()),
        new AppHeaders(shared(r.version()), shared(r.replica())),
        new Request.Listed(shared(r.name()), shared(r.wrong()), r.visit()));
  }

  private Hit shared(Hit h) {
    return new Hit(
        h.atMillis(),
        h.id(),
        shared(h.client()),
        new Hit.Answer(h.status(), h.latencyMillis(), h.bytes()),
        new Hit.Tries(
            shared(h.upstream()),
            shared(h.upstreamStatus()),
            shared(h.connectMillis()),
            shared(h.upstreamMillis())),
        new AppHeaders(shared(h.version()), shared(h.replica())),
        new Hit.Connection(shared(h.edge()), h.worker(), h.connection(), h.connectionRequest()));
  }

  private ResourceSample shared(ResourceSample s) {
    return new ResourceSample(
        s.atMillis(),
        new ResourceSample.Of(
            s.kind(), shared(s.name()), shared(s.service()), shared(s.version()), shared(s.node())),
        new ResourceSample.Use(s.cpuSeconds(), s.memoryBytes(), s.receivedBytes(), s.sentBytes()));
  }
}
