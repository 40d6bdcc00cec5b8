package io.rolloutlab.benchmark;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the benchmarks of the lab's own code; that of the cluster's start has its own main. Ends
 * with 1 when one of them fails (a million requests that do not fit, for example), the time of
 * reading or analysing grows faster than the requests do, or the twin is too slow or does not
 * scale. Where the system property lab.quick is true, everything is run in short on small sizes,
 * and nothing is judged by the clock: only that it works.
 */
public final class Benchmarks {
  private Benchmarks() {}

  /** Where results and what is measured on are written: the system property lab.benchmarks. */
  public static Path folder() {
    return Path.of(System.getProperty("lab.benchmarks", "target/benchmarks"));
  }

  /** Whether it is only to be seen that everything works: the system property lab.quick. */
  public static boolean quick() {
    return Boolean.getBoolean("lab.quick");
  }

  public static void main(String[] args) throws IOException, RunnerException {
    delete(folder());
    Files.createDirectories(folder());
    Path log = folder().resolve("jmh.log");
    System.out.printf(
        "Benchmarks of the lab's code, some %s minutes; progress is in %s%n", quick() ? 2 : 7, log);
    Collection<RunResult> results = new Runner(options(log)).run();
    ResultFormatFactory.getInstance(ResultFormatType.TEXT, System.out).writeOut(results);
    List<Growth> growths = List.of(Growth.of("read", results), Growth.of("analyse", results));
    SpeedUp twin = SpeedUp.of(results);
    BigRun big = BigRun.of(results);
    CostCurve curve = quick() ? CostCurve.glimpse() : CostCurve.measure();
    String judged =
        String.join("\n", growths.stream().map(Growth::print).toList())
            + String.join("\n", "", twin.print(), big.print(), curve.print());
    Files.writeString(folder().resolve("growth.txt"), judged);
    if (quick()) {
      System.out.println("\nEverything ran; in short, so nothing is judged by the clock.");
      System.exit(0);
    }
    System.out.println("\n" + judged);
    boolean scales = growths.stream().allMatch(Growth::isLinear) && curve.isFlat();
    System.exit(scales && twin.isEnough() && big.isFastEnough() ? 0 : 1);
  }

  private static Options options(Path log) {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("io\\.rolloutlab\\..*Benchmark")
            .addProfiler(CpuTime.class)
            .shouldFailOnError(true)
            .output(log.toString())
            .result(folder().resolve("jmh.json").toString())
            .resultFormat(ResultFormatType.JSON);
    if (quick()) {
      options
          .warmupIterations(0)
          .measurementIterations(1)
          .measurementTime(TimeValue.milliseconds(200))
          .param("requests", "20000", "40000")
          .param(BigClusterBenchmark.NODES, "50");
    }
    return options.build();
  }

  /** Removes a folder and all in it; nothing where there is none. */
  public static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
      }
    }
  }
}
