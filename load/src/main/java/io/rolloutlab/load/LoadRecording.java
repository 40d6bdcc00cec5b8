package io.rolloutlab.load;

import io.rolloutlab.history.AppHeaders;
import io.rolloutlab.history.Outcome;
import io.rolloutlab.history.Population;
import io.rolloutlab.history.Request;
import io.rolloutlab.load.RecordingLine.Answered;
import io.rolloutlab.load.RecordingLine.Failed;
import io.rolloutlab.load.RecordingLine.Sent;
import io.rolloutlab.scenario.LoadPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a load process recorded, complete or not.
 *
 * @param requests every request that was sent, in the order of their ids
 * @param damage what could not be read or does not fit, one sentence each; empty when all is well
 */
public record LoadRecording(List<Request> requests, List<String> damage) {

  public LoadRecording {
    requests = List.copyOf(requests);
    damage = List.copyOf(damage);
  }

  /**
   * Reads the folder of a load, while it runs or after its end. Where simulation.log is incomplete
   * (the process runs, or was killed), the class of a failure may be {@code other}.
   *
   * @param plan the one the load followed
   * @throws LoadException when Gatling's log is of another version
   */
  public static LoadRecording read(Path folder, LoadPlan plan) {
    try {
      return new Join(plan).read(new LoadFolder(folder));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Puts together, by id, what was recorded of each request. */
  private static final class Join {
    private final Map<Population, ArrivalSchedule> schedules = new EnumMap<>(Population.class);
    private final Map<Long, Sent> sent = new TreeMap<>();
    private final Map<Long, Answered> answers = new HashMap<>();
    private final Map<Long, Failed> failures = new HashMap<>();
    private final Map<Long, SimulationLog.Entry> logged = new HashMap<>();
    private final List<String> damage = new ArrayList<>();

    Join(LoadPlan plan) {
      for (Population population : Population.values()) {
        schedules.put(population, ArrivalSchedule.of(plan, population));
      }
    }

    LoadRecording read(LoadFolder folder) throws IOException {
      readRecording(folder);
      try {
        readLog(folder);
      } catch (LoadException unreadable) {
        // The recording alone knows every request; only causes of transport failures are lost.
        damage.add(unreadable.getMessage());
      }
      long start = startMillis();
      List<Request> requests = sent.values().stream().map(one -> request(one, start)).toList();
      return new LoadRecording(requests, damage);
    }

    private void readRecording(LoadFolder folder) {
      RecordingTail tail = new RecordingTail(folder.recording());
      tail.forEachNew(this::take);
      if (tail.torn()) {
        damage.add("recording.tsv: the last line is incomplete");
      }
      if (tail.unreadable() > 0) {
        damage.add("recording.tsv: " + tail.unreadable() + " lines cannot be read");
      }
    }

    private void take(RecordingLine line) {
      if (line instanceof Sent one) {
        sent.put(one.id(), one);
      } else if (line instanceof Answered answer) {
        answers.put(answer.id(), answer);
      } else if (line instanceof Failed failure) {
        failures.put(failure.id(), failure);
      }
    }

    private void readLog(LoadFolder folder) throws IOException {
      Optional<Path> file = folder.simulationLog();
      if (file.isEmpty()) {
        damage.add("simulation.log: missing");
        return;
      }
      SimulationLog log = SimulationLog.read(file.get());
      for (SimulationLog.Entry entry : log.entries()) {
        logged.put(Long.parseLong(entry.name().substring(1)), entry);
      }
      if (log.torn()) {
        damage.add("simulation.log: incomplete, ends after " + logged.size() + " requests");
      }
      reconcile();
    }

    private void reconcile() {
      long strange = logged.keySet().stream().filter(id -> !sent.containsKey(id)).count();
      if (strange > 0) {
        damage.add("simulation.log has " + strange + " requests that recording.tsv lacks");
      }
      long lacking =
          Stream.concat(answers.keySet().stream(), failures.keySet().stream())
              .filter(id -> !logged.containsKey(id))
              .count();
      if (lacking > 0) {
        damage.add("simulation.log lacks " + lacking + " requests that ended");
      }
    }

    /**
     * Gatling does not say when its schedule began. No request is sent before it is due, and some
     * are sent on time: the start is where the most punctual one puts it. So no intended time is
     * later than the actual one. Assets have no place in the schedule.
     */
    private long startMillis() {
      return sent.values().stream()
          .filter(one -> !one.arrival().isAsset())
          .mapToLong(one -> actualAtMillis(one) - offsetMillis(one.arrival()))
          .min()
          .orElse(0);
    }

    /** An asset is wanted when it is sent: when the answer before it has come. */
    private long intendedAtMillis(Sent one, long startMillis) {
      return one.arrival().isAsset()
          ? actualAtMillis(one)
          : startMillis + offsetMillis(one.arrival());
    }

    private long offsetMillis(Arrival arrival) {
      return schedules.get(arrival.population()).offsetMillis(arrival.index());
    }

    private long actualAtMillis(Sent one) {
      if (answers.containsKey(one.id())) {
        return answers.get(one.id()).startAtMillis();
      }
      return logged.containsKey(one.id()) ? logged.get(one.id()).startAtMillis() : one.atMillis();
    }

    private Request request(Sent one, long startMillis) {
      Answered answer = answers.get(one.id());
      if (answer != null) {
        String error = answer.error();
        Outcome outcome = error.isEmpty() ? Outcome.OK : Outcome.FAILED;
        return request(one, startMillis, answer.endAtMillis(), outcome, error, answer);
      }
      Answered none = new Answered(one.id(), 0, 0, 0, "", "");
      SimulationLog.Entry entry = logged.get(one.id());
      if (entry != null) {
        String error = ErrorClass.of(entry.message());
        return request(one, startMillis, entry.endAtMillis(), Outcome.FAILED, error, none);
      }
      Failed failure = failures.get(one.id());
      return failure == null
          ? request(one, startMillis, -1, Outcome.UNKNOWN, "", none)
          : request(one, startMillis, failure.atMillis(), Outcome.FAILED, ErrorClass.OTHER, none);
    }

    private Request request(
        Sent one,
        long startMillis,
        long endMillis,
        Outcome outcome,
        String error,
        Answered answer) {
      Arrival arrival = one.arrival();
      long actual = actualAtMillis(one);
      return new Request(
          arrival.id(),
          arrival.user(),
          arrival.population(),
          new Request.Times(intendedAtMillis(one, startMillis), actual),
          new Request.End(
              outcome == Outcome.UNKNOWN ? -1 : (int) Math.max(0, endMillis - actual),
              outcome,
              error,
              answer.status()),
          new AppHeaders(answer.version(), answer.replica()),
          new Request.Listed(arrival.request(), answer.wrong(), arrival.visit()));
    }
  }
}
