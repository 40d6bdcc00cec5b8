package io.rolloutlab.benchmark;

import io.rolloutlab.analysis.SampleFindings;
import io.rolloutlab.history.AppHeaders;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.History;
import io.rolloutlab.history.HistoryWriter;
import io.rolloutlab.history.Hit;
import io.rolloutlab.history.Request;
import io.rolloutlab.history.ResourceSample;
import io.rolloutlab.history.TaskRef;
import io.rolloutlab.scenario.Strategy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The sample run of the canary with many more requests: 400 a second, and all its times stretched
 * so that the run lasts as long as they take. Row by row, so that it needs next to no memory.
 */
final class LongRun {
  private static final double GAP_MILLIS = 2.5;
  private static final double SAMPLE_GAP_MILLIS = 25;

  private final History sample = SampleFindings.history(Strategy.CANARY, 1);
  private final long origin = sample.manifest().startedAtMillis();
  private final int requests;
  private final double stretch;

  private LongRun(int requests) {
    this.requests = requests;
    stretch = requests * GAP_MILLIS / (sample.requests().size() * SAMPLE_GAP_MILLIS);
  }

  /** Writes a run folder with so many requests, and the hits of all that reached nginx. */
  static void write(Path folder, int requests) {
    LongRun run = new LongRun(requests);
    try (HistoryWriter writer = new HistoryWriter(folder, run.sample.manifest())) {
      run.sample.events().forEach(event -> writer.event(run.stretched(event)));
      run.writeTraffic(writer);
      run.sample.resources().forEach(look -> run.writeLooks(look, writer));
    }
  }

  private void writeTraffic(HistoryWriter writer) {
    Map<Long, List<Hit>> hits = sample.hits().stream().collect(Collectors.groupingBy(Hit::id));
    int model = 0;
    int copy = 0;
    for (int id = 1; id <= requests; id++) {
      int next = (int) ((long) (id - 1) * sample.requests().size() / requests);
      copy = next == model ? copy + 1 : 0;
      model = next;
      Request one = sample.requests().get(model);
      long moved = stretched(one.actualAtMillis()) + (long) (copy * GAP_MILLIS);
      moved -= one.actualAtMillis();
      writer.request(moved(one, id, moved));
      for (Hit hit : hits.getOrDefault(one.id(), List.of())) {
        writer.hit(moved(hit, id, moved));
      }
    }
  }

  /** Looks are taken once a second, however long the run. */
  private void writeLooks(ResourceSample s, HistoryWriter writer) {
    long copies = Math.max(1, Math.round(stretch));
    for (int copy = 0; copy < copies; copy++) {
      writer.resource(
          new ResourceSample(
              stretched(s.atMillis()) + (long) (copy * 1000 * stretch / copies),
              new ResourceSample.Of(s.kind(), s.name(), s.service(), s.version(), s.node()),
              new ResourceSample.Use(
                  s.cpuSeconds() * stretch, s.memoryBytes(), s.receivedBytes(), s.sentBytes())));
    }
  }

  private long stretched(long atMillis) {
    return origin + (long) ((atMillis - origin) * stretch);
  }

  private Event stretched(Event event) {
    long at = stretched(event.atMillis());
    if (event instanceof Event.PhaseStarted e) {
      return new Event.PhaseStarted(at, e.phase(), e.label());
    } else if (event instanceof Event.Step e) {
      return new Event.Step(at, e.label(), e.commands(), e.edgeConfig());
    } else if (event instanceof Event.TaskChange e) {
      return new Event.TaskChange(
          at,
          stretched(e.seenAtMillis()),
          new TaskRef(e.task(), e.service(), e.slot(), e.node(), e.version()),
          e.state(),
          e.desired(),
          e.message());
    } else if (event instanceof Event.EdgeChange e) {
      return new Event.EdgeChange(at, stretched(e.doneAtMillis()), e.routes(), e.mirror());
    } else if (event instanceof Event.ShareHeld e) {
      return new Event.ShareHeld(
          at, stretched(e.untilMillis()), e.canaryPercent(), e.label(), e.splitBy());
    } else if (event instanceof Event.RunEnded e) {
      return new Event.RunEnded(at, e.end(), e.cause());
    }
    throw new IllegalStateException("the sample run had no such event: " + event);
  }

  private static Request moved(Request r, long id, long millis) {
    return new Request(
        id,
        r.user(),
        r.population(),
        new Request.Times(r.intendedAtMillis() + millis, r.actualAtMillis() + millis),
        new Request.End(r.latencyMillis(), r.outcome(), r.error(), r.status()),
        new AppHeaders(r.version(), r.replica()));
  }

  private static Hit moved(Hit h, long id, long millis) {
    return new Hit(
        h.atMillis() + millis,
        id,
        h.client(),
        new Hit.Answer(h.status(), h.latencyMillis()),
        new Hit.Tries(h.upstream(), h.upstreamStatus()),
        new AppHeaders(h.version(), h.replica()),
        new Hit.Connection(h.edge(), h.worker(), h.connection(), h.connectionRequest()));
  }
}
