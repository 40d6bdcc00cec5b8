package io.rolloutlab.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SequenceWriter;
import io.rolloutlab.scenario.check.Secrets;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes a run folder as things happen. Events reach the file at once, rows when {@link #flush} is
 * called or some thousands have come. Safe for use by many threads.
 *
 * <p>Every method throws {@link HistoryException} when the file cannot be written (a full disk, for
 * example); what was flushed before stays readable.
 */
public final class HistoryWriter implements Closeable {
  private final Path folder;
  private final Writer events;
  private final Rows<Request> requests;
  private final Rows<Hit> hits;
  private final Rows<ResourceSample> resources;

  /**
   * Starts a run folder: makes it where needed, writes the manifest, in which the values of secret
   * variables ({@link Secrets}) are masked.
   *
   * @param folder empty or not there yet
   */
  public HistoryWriter(Path folder, Manifest manifest) {
    this.folder = folder;
    try {
      Files.createDirectories(folder);
      HistoryFiles.JSON
          .writerWithDefaultPrettyPrinter()
          .writeValue(folder.resolve(HistoryFiles.MANIFEST).toFile(), withoutSecrets(manifest));
      events = Files.newBufferedWriter(folder.resolve(HistoryFiles.EVENTS));
      requests = new Rows<>(folder.resolve(HistoryFiles.REQUESTS), Request.class);
      hits = new Rows<>(folder.resolve(HistoryFiles.HITS), Hit.class);
      resources = new Rows<>(folder.resolve(HistoryFiles.RESOURCES), ResourceSample.class);
    } catch (IOException failed) {
      throw failure(folder, failed);
    }
  }

  /** The run folder. */
  public Path folder() {
    return folder;
  }

  /** Records an event. */
  public synchronized void event(Event event) {
    try {
      // The declared type makes Jackson write the "type" of the event.
      events.write(HistoryFiles.JSON.writerFor(Event.class).writeValueAsString(event));
      events.write('\n');
      events.flush();
    } catch (IOException failed) {
      throw failure(folder.resolve(HistoryFiles.EVENTS), failed);
    }
  }

  /** Records a request. */
  public void request(Request request) {
    requests.write(request);
  }

  /** Records a line of the edge's log. */
  public void hit(Hit hit) {
    hits.write(hit);
  }

  /** Records a look at resources. */
  public void resource(ResourceSample sample) {
    resources.write(sample);
  }

  /** Brings all rows to their files. */
  public void flush() {
    requests.flush();
    hits.flush();
    resources.flush();
  }

  /** Flushes and closes every file, also when closing one of them fails. */
  @Override
  public void close() {
    try (events;
        requests;
        hits;
        resources) {
      flush();
    } catch (IOException failed) {
      throw failure(folder, failed);
    }
  }

  private static JsonNode withoutSecrets(Manifest manifest) {
    JsonNode tree = HistoryFiles.JSON.valueToTree(manifest);
    Secrets.mask(tree);
    return tree;
  }

  private static HistoryException failure(Path where, IOException cause) {
    return new HistoryException(
        "%s: cannot be written: %s. What was recorded before is kept; make room or choose another"
                .formatted(where, cause.getMessage())
            + " folder, and run again",
        cause);
  }

  /** One CSV file with its header. */
  private static final class Rows<R> implements Closeable {
    private final Path file;
    private final BufferedWriter out;
    private final SequenceWriter rows;

    Rows(Path file, Class<R> type) throws IOException {
      this.file = file;
      out = Files.newBufferedWriter(file);
      rows = HistoryFiles.rowWriter(type, true).writeValues(out);
    }

    synchronized void write(R row) {
      try {
        rows.write(row);
      } catch (IOException failed) {
        throw failure(file, failed);
      }
    }

    synchronized void flush() {
      try {
        rows.flush();
        out.flush();
      } catch (IOException failed) {
        throw failure(file, failed);
      }
    }

    @Override
    public synchronized void close() throws IOException {
      rows.close();
      out.close();
    }
  }
}
