package io.rolloutlab.load;

import io.rolloutlab.history.Request;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A running load, in a process of its own. It goes on until {@link #stop}, the plan's limit, or the
 * end of this process, whatever comes first. Safe for use by many threads.
 */
public final class LoadProcess implements AutoCloseable {
  /** The Gatling that sends the requests. */
  public static final String GATLING_VERSION = SimulationLog.SUPPORTED;

  /** Beyond what the child allows itself, for a busy machine. */
  private static final Duration STOP_SLACK = Duration.ofSeconds(5);

  private static final int LINES_SHOWN = 20;

  private final LoadJob job;
  private final LoadFolder folder;
  private final Process process;
  private final CompletableFuture<Boolean> started;
  private final RecordingTail tail;
  private final LiveTally tally = new LiveTally();

  private LoadProcess(LoadJob job, LoadFolder folder, Process process) {
    this.job = job;
    this.folder = folder;
    this.process = process;
    started = CompletableFuture.supplyAsync(this::hearsStarted, this::runAside);
    tail = new RecordingTail(folder.recording());
  }

  /**
   * Forks the process and returns at once; {@link #awaitStarted} tells when requests flow.
   *
   * @throws LoadException when the folder is in use or cannot be written, or the fork fails
   */
  public static LoadProcess start(LoadJob job) {
    LoadFolder folder = new LoadFolder(job.folder());
    if (Files.exists(folder.recording())) {
      throw new LoadException(job.folder() + " holds another load; choose an empty folder");
    }
    try {
      Files.createDirectories(folder.path());
      folder.write(job);
      Process process =
          new ProcessBuilder(LoadCommand.of(folder, job.plan()))
              .directory(folder.path().toFile())
              .redirectError(folder.errors().toFile())
              .start();
      return new LoadProcess(job, folder, process);
    } catch (IOException failed) {
      throw new LoadException("The load process cannot be started: " + failed.getMessage(), failed);
    }
  }

  /**
   * Waits until the first request is sent.
   *
   * @throws LoadException with the last lines the child logged when it ends before, or the limit
   *     passes
   */
  public void awaitStarted(Duration limit) {
    boolean flows;
    try {
      flows = started.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw new LoadException(
          "Gatling has sent no request within %s s%s".formatted(limit.toSeconds(), lastLines()));
    } catch (ExecutionException broken) {
      throw new LoadException("Gatling failed to start" + lastLines(), broken.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new LoadException("Interrupted while waiting for the load", interrupted);
    }
    if (!flows) {
      throw new LoadException(
          "Gatling failed to start (exit code %s)%s"
              .formatted(process.onExit().join().exitValue(), lastLines()));
    }
  }

  /** Counts so far; reads only what the child has recorded since the last call. */
  public synchronized LiveCounts live() {
    tail.forEachNew(tally::add);
    return tally.counts();
  }

  /** Whether the process is there: false after its end, of whatever cause. */
  public boolean alive() {
    return process.isAlive();
  }

  /** The process id, to read its resources. */
  public long pid() {
    return process.pid();
  }

  /**
   * Sends no more requests, gives those in flight up to the request timeout to end, and waits for
   * the end of the process; destroys it when it takes some 15 s longer. Does nothing when it has
   * ended.
   *
   * @return whether it has ended by itself, in order
   */
  public boolean stop() {
    Duration limit = job.plan().requestTimeout().plus(LoadMain.WIND_UP).plus(STOP_SLACK);
    try {
      process.getOutputStream().close();
    } catch (IOException ended) {
      // Nobody listens any more.
    }
    try {
      if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        return process.exitValue() == 0;
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    close();
    return false;
  }

  /** Every request sent, in the order of their ids; those without an end are UNKNOWN. */
  public List<Request> requests() {
    return recording().requests();
  }

  /** The requests, with what could not be read. Complete after {@link #stop}. */
  public LoadRecording recording() {
    return LoadRecording.read(job.folder(), job.plan());
  }

  /** Kills the process at once, where it still runs. What it recorded stays. */
  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }

  private boolean hearsStarted() {
    // Not closed: closing it would make the child's later words, if any, fail.
    BufferedReader words = process.inputReader();
    try {
      return ParentLink.STARTED.equals(words.readLine());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void runAside(Runnable listening) {
    Thread thread = new Thread(listening, "load-started-" + process.pid());
    thread.setDaemon(true);
    thread.start();
  }

  private String lastLines() {
    return lastLines(folder.log()) + lastLines(folder.errors());
  }

  private static String lastLines(Path file) {
    try {
      List<String> lines =
          Files.readAllLines(file).stream().filter(line -> !line.startsWith("\tat ")).toList();
      int from = Math.max(0, lines.size() - LINES_SHOWN);
      String shown = String.join("\n  ", lines.subList(from, lines.size()));
      return shown.isEmpty() ? "" : "\n%s:\n  %s".formatted(file, shown);
    } catch (IOException none) {
      return "";
    }
  }
}
