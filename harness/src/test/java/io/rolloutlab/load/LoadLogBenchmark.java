package io.rolloutlab.load;

import io.rolloutlab.benchmark.Benchmarks;
import io.rolloutlab.history.Population;
import io.rolloutlab.load.RecordingLine.Answered;
import io.rolloutlab.load.RecordingLine.Failed;
import io.rolloutlab.load.RecordingLine.Sent;
import io.rolloutlab.scenario.LoadPlan;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Reading what a load process leaves after 15 minutes at the default rate: 36,000 requests, one in
 * a hundred of them failed.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class LoadLogBenchmark {
  private static final LoadPlan PLAN = LoadPlan.DEFAULT;
  private static final int REQUESTS = 36_000;
  private static final long START = 1_800_000_000_000L;

  private final Path folder = Benchmarks.folder().resolve("load");
  private Path log;

  @Setup
  public void write() throws IOException {
    Benchmarks.delete(folder);
    log = folder.resolve("gatling").resolve("run").resolve("simulation.log");
    Files.createDirectories(log.getParent());
    try (RecordingWriter recording = new RecordingWriter(new LoadFolder(folder).recording());
        DataOutputStream out =
            new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(log)))) {
      writeRun(out);
      for (int id = 1; id <= REQUESTS; id++) {
        record(recording, id);
        writeRequest(out, id);
      }
    }
    LoadRecording read = LoadRecording.read(folder, PLAN);
    if (read.requests().size() != REQUESTS || !read.damage().isEmpty()) {
      throw new IllegalStateException("not a whole recording: " + read.damage());
    }
  }

  /** Recording and log, joined request by request. */
  @Benchmark
  public LoadRecording readRecording() {
    return LoadRecording.read(folder, PLAN);
  }

  /** Gatling's binary log alone. */
  @Benchmark
  public Object readSimulationLog() throws IOException {
    return SimulationLog.read(log);
  }

  private static void record(RecordingWriter recording, int id) {
    Population population = id % 2 == 1 ? Population.NEW : Population.REUSED;
    long at = START + id * 25L;
    recording.write(new Sent(new Arrival(id, id % 200, population, (id - 1) / 2), at));
    recording.write(
        failed(id)
            ? new Failed(id, at + 12)
            : new Answered(id, at, at + 12, 200, "v1", "3f2a9c01b7de"));
  }

  private static boolean failed(int id) {
    return id % 100 == 0;
  }

  // What follows is the format that SimulationLog reads; texts are numbered, from 1.

  private static void writeRun(DataOutputStream out) throws IOException {
    out.writeByte(0);
    writeText(out, SimulationLog.SUPPORTED);
    writeText(out, LoadSimulation.class.getName());
    out.writeLong(START);
    writeText(out, "");
    out.writeInt(1);
    writeText(out, "load");
    out.writeInt(0);
  }

  private static void writeRequest(DataOutputStream out, int id) throws IOException {
    writeUser(out, true, id);
    out.writeByte(1);
    out.writeInt(0);
    out.writeInt(id + 2);
    writeText(out, "n" + id);
    out.writeInt(id * 25);
    out.writeInt(id * 25 + 12);
    out.writeBoolean(!failed(id));
    int message = failed(id) ? 2 : 1;
    boolean isFirst = id == 1 || id == 100;
    out.writeInt(isFirst ? message : -message);
    if (isFirst) {
      writeText(out, failed(id) ? "j.i.IOException: Premature close" : "");
    }
    writeUser(out, false, id);
  }

  private static void writeUser(DataOutputStream out, boolean start, int id) throws IOException {
    out.writeByte(2);
    out.writeInt(0);
    out.writeBoolean(start);
    out.writeInt(id * 25);
  }

  private static void writeText(DataOutputStream out, String text) throws IOException {
    out.writeInt(text.length());
    if (!text.isEmpty()) {
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
      out.writeByte(0);
    }
  }
}
