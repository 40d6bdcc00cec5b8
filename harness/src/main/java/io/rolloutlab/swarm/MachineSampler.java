package io.rolloutlab.swarm;

import io.rolloutlab.history.Event;
import io.rolloutlab.history.ResourceSample;
import io.rolloutlab.testbed.Recorder;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Samples how busy the machine is, and how much of that is the lab's own doing outside the nodes: a
 * measured latency is the system's only while the machine has time to spare. Reads Linux's {@code
 * /proc}; where there is none (a Mac, say, whose engine works in a virtual machine), it samples
 * nothing.
 */
final class MachineSampler {
  /**
   * Of what {@code /proc/stat} counts in: USER_HZ, 100 on all of Linux's usual machines (proc(5)).
   */
  private static final double TICKS_PER_SECOND = 100;

  /** Columns of the first line of {@code /proc/stat}, after its name, as proc_stat(5) has them. */
  private static final int IDLE = 3;

  private static final int IO_WAIT = 4;

  /** Steal; the two after it, of guests, are part of the first two. */
  private static final int LAST = 7;

  /** As {@code /proc} gives them: cut after 15 characters. */
  private static final Set<String> ENGINE =
      Set.of("dockerd", "containerd", "containerd-shim", "docker-proxy");

  private static final Path PROC = Path.of("/proc");

  private final LongSupplier clock;
  private final Consumer<ResourceSample> sink;
  private final Recorder recorder;
  private final boolean readable;
  private final List<ProcessHandle> engine;
  private final Map<ProcessHandle, Duration> engineUsed = new HashMap<>();
  private volatile ProcessHandle load;
  private boolean broken;

  /**
   * Looks for the engine's processes, once: those that hold the nodes are there before the run and
   * until its end.
   *
   * @param sameMachine whether the engine works on the machine of this process
   * @param clock gives milliseconds since 1970
   * @param recorder is told when the machine cannot be read any more
   */
  MachineSampler(
      boolean sameMachine, LongSupplier clock, Consumer<ResourceSample> sink, Recorder recorder) {
    this.clock = clock;
    this.sink = sink;
    this.recorder = recorder;
    readable = sameMachine && Files.isReadable(PROC.resolve("stat"));
    engine = readable ? engineProcesses() : List.of();
  }

  /** From now on the users are played by this process. */
  void load(long pid) {
    load = ProcessHandle.of(pid).orElse(null);
  }

  /** Takes one sample of everything. */
  void sample() {
    if (!readable || broken) {
      return;
    }
    long now = clock.getAsLong();
    if (sampleMachine(now)) {
      sampleLab(now);
    }
  }

  /** Whether it could. */
  private boolean sampleMachine(long now) {
    try {
      Ticks ticks = ticks(Files.readString(PROC.resolve("stat")));
      keep(now, ResourceSample.Kind.MACHINE, "busy", ticks.busy() / TICKS_PER_SECOND);
      keep(now, ResourceSample.Kind.MACHINE, "idle", ticks.idle() / TICKS_PER_SECOND);
      return true;
    } catch (ClosedByInterruptException over) {
      // Whoever interrupts the watchers has no use for samples any more.
      return false;
    } catch (IOException | IllegalArgumentException failed) {
      broken = true;
      recordBreak(now, failed);
      return false;
    }
  }

  private void recordBreak(long now, Exception why) {
    recorder.event(
        new Event.Fault(
            now,
            "the machine is not watched any more",
            "/proc/stat cannot be read: %s; how busy the machine was is unknown from here on"
                .formatted(why.getMessage()),
            false));
  }

  private void sampleLab(long now) {
    used(ProcessHandle.current()).ifPresent(used -> keep(now, "harness", used));
    Optional.ofNullable(load)
        .flatMap(MachineSampler::used)
        .ifPresent(used -> keep(now, "load", used));
    if (!engine.isEmpty()) {
      // What a process had used stays used when it has ended.
      engine.forEach(one -> used(one).ifPresent(used -> engineUsed.put(one, used)));
      keep(now, "engine", engineUsed.values().stream().reduce(Duration.ZERO, Duration::plus));
    }
  }

  /**
   * What all processors together have done.
   *
   * @param busy with anything, and not to be had because another virtual machine ran (steal)
   * @param idle with nothing to do, or waiting for a disk
   */
  record Ticks(long busy, long idle) {}

  /**
   * Reads {@code /proc/stat}.
   *
   * @throws IllegalArgumentException when it does not start as Linux's does
   */
  static Ticks ticks(String stat) {
    String[] columns = stat.lines().findFirst().orElse("").split(" +");
    if (!columns[0].equals("cpu") || columns.length <= LAST + 1) {
      throw new IllegalArgumentException("its first line is \"" + String.join(" ", columns) + "\"");
    }
    long busy = 0;
    long idle = 0;
    for (int column = 0; column <= LAST; column++) {
      long ticks = Long.parseLong(columns[column + 1]);
      if (column == IDLE || column == IO_WAIT) {
        idle += ticks;
      } else {
        busy += ticks;
      }
    }
    return new Ticks(busy, idle);
  }

  /**
   * The engines' processes that this process can see, without those inside nodes: a process in a
   * namespace of its own has a number there as well (NSpid in {@code /proc/PID/status}).
   */
  private static List<ProcessHandle> engineProcesses() {
    List<ProcessHandle> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path entry : entries) {
        if (isEngine(entry)) {
          ProcessHandle.of(Long.parseLong(entry.getFileName().toString())).ifPresent(found::add);
        }
      }
    } catch (IOException hidden) {
      // Their share stays unknown then: there is no sample of that name.
      return List.of();
    }
    return found;
  }

  private static boolean isEngine(Path process) {
    try {
      return isEngine(Files.readString(process.resolve("status")));
    } catch (IOException ended) {
      return false;
    }
  }

  /** Whether a process's status is that of an engine outside the nodes. */
  static boolean isEngine(String status) {
    String name = "";
    int numbers = 0;
    for (String line : status.lines().toList()) {
      String[] words = line.split("\\s+");
      if (words[0].equals("Name:") && words.length == 2) {
        name = words[1];
      } else if (words[0].equals("NSpid:")) {
        numbers = words.length - 1;
      }
    }
    return ENGINE.contains(name) && numbers == 1;
  }

  private static Optional<Duration> used(ProcessHandle process) {
    return process.info().totalCpuDuration();
  }

  private void keep(long now, String name, Duration used) {
    keep(now, ResourceSample.Kind.LAB, name, used.toNanos() / 1e9);
  }

  private void keep(long now, ResourceSample.Kind kind, String name, double cpuSeconds) {
    sink.accept(
        new ResourceSample(
            now, new ResourceSample.Of(kind, name), ResourceSample.Use.ofCpu(cpuSeconds)));
  }
}
