package io.rolloutlab.html;

import io.rolloutlab.analysis.Analysis;
import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.SampleFindings;
import io.rolloutlab.analysis.requests.Harm;
import io.rolloutlab.analysis.run.Evidence;
import io.rolloutlab.analysis.run.Journal;
import io.rolloutlab.analysis.run.Part;
import io.rolloutlab.analysis.run.RunTimeline;
import io.rolloutlab.analysis.run.Share;
import io.rolloutlab.analysis.run.UpdateOutcome;
import io.rolloutlab.analysis.run.Verdict;
import io.rolloutlab.analysis.verdict.ExpectationResult;
import io.rolloutlab.analysis.verdict.Judgement;
import io.rolloutlab.analysis.verdict.LatencyDoubt;
import io.rolloutlab.analysis.verdict.Violation;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.History;
import io.rolloutlab.history.Manifest;
import io.rolloutlab.history.ResourceSample;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.update.UpdateEnd;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Runs that are not as they should be. */
final class Odd {
  /** What somebody could put into a label, a message or a name. */
  static final String HOSTILE =
      "=1+1</title><script>alert(1)</script> \"quoted\" 'single' | `code` ${x} <#if x> \n\n# head"
          + " &amp; \u0000\u0007 ]]> <svg onload=x> [a](javascript:b) \ud800 ünï 漢字 🙂";

  private static final Map<Strategy, History> HISTORIES = new HashMap<>();

  private Odd() {}

  private static History history(Strategy strategy) {
    return HISTORIES.computeIfAbsent(strategy, s -> SampleFindings.history(s, 1));
  }

  /** A run from the simulated Swarm. */
  static Findings twin(Strategy strategy) {
    return Analysis.analyse(as(history(strategy), Manifest.Origin.TWIN, ""));
  }

  static Findings withoutRequests(Strategy strategy) {
    History h = history(strategy);
    return Analysis.analyse(
        new History(h.manifest(), h.events(), List.of(), List.of(), h.resources(), List.of()));
  }

  static Findings withoutResources(Strategy strategy) {
    History h = history(strategy);
    return Analysis.analyse(
        new History(h.manifest(), h.events(), h.requests(), h.hits(), List.of(), List.of()));
  }

  /** Somebody pressed Ctrl-C twenty seconds into the rollout. */
  static Findings interrupted(Strategy strategy) {
    History h = history(strategy);
    long zero = Analysis.analyse(h).timeline().zeroAtEpochMillis();
    long until = zero + 20_000;
    List<Event> events =
        new java.util.ArrayList<>(h.events().stream().filter(e -> e.atMillis() < until).toList());
    events.add(new Event.RunEnded(until, Event.End.INTERRUPTED, "SIGINT"));
    return Analysis.analyse(
        new History(
            h.manifest(),
            events,
            h.requests().stream().filter(r -> r.actualAtMillis() < until - 200).toList(),
            h.hits().stream().filter(r -> r.atMillis() < until).toList(),
            h.resources().stream().filter(r -> r.atMillis() < until).toList(),
            List.of("requests.csv: the last line is cut off")));
  }

  /** The lab was killed before anything happened. */
  static Findings nothingAtAll(Strategy strategy) {
    Manifest manifest = history(strategy).manifest();
    return Analysis.analyse(
        new History(manifest, List.of(), List.of(), List.of(), List.of(), List.of()));
  }

  /** Every text that comes from outside is {@link #HOSTILE}. */
  static Findings hostile(Strategy strategy) {
    return hostile(strategy, Manifest.Origin.LIVE);
  }

  static Findings hostile(Strategy strategy, Manifest.Origin origin) {
    History history = history(strategy);
    Findings f = Analysis.analyse(as(history, origin, HOSTILE));
    Evidence evidence =
        new Evidence(
                f.manifest(),
                List.of(HOSTILE),
                hostile(f.timeline()),
                hostile(f.journal()),
                f.evidence().parts())
            .with("latency", Part.unknown(HOSTILE))
            .with(
                "outcomes",
                Part.known(
                    List.of(
                        new UpdateOutcome(
                            HOSTILE,
                            false,
                            1,
                            UpdateEnd.NEVER_ENDED,
                            OptionalLong.empty(),
                            OptionalLong.empty(),
                            HOSTILE))))
            .with(
                "harm",
                Part.known(
                    new Harm(
                        Share.of(1, 2),
                        List.of(new Harm.ByVersion("v1", Share.of(1, 2), Optional.empty())),
                        List.of(new Harm.Setting(HOSTILE, HOSTILE, HOSTILE)),
                        Optional.of(HOSTILE),
                        List.of(new Harm.PhaseBlend(f.timeline().phases().get(0), HOSTILE)),
                        HOSTILE)))
            .with("violations", Part.known(List.of(new Violation(HOSTILE, 3, HOSTILE, true))));
    return new Findings(
        evidence,
        f.end(),
        List.of(new LatencyDoubt(LatencyDoubt.ALL, HOSTILE)),
        List.of(new ExpectationResult(HOSTILE, Verdict.FAIL, HOSTILE, HOSTILE, HOSTILE)),
        new Judgement(Verdict.FAIL, List.of(HOSTILE), f.judgement().grounds()));
  }

  private static RunTimeline hostile(RunTimeline t) {
    return new RunTimeline(
        t.zeroAtEpochMillis(),
        t.phases().stream()
            .map(
                p ->
                    new RunTimeline.Phase(
                        p.index(), p.kind(), HOSTILE, p.startMillis(), p.endMillis()))
            .toList(),
        t.load(),
        t.measured());
  }

  private static Journal hostile(Journal journal) {
    return new Journal(
        List.of(new Journal.Step(5, HOSTILE, List.of(HOSTILE, HOSTILE), HOSTILE)),
        List.of(
            new Journal.EdgeChange(
                1,
                2,
                1,
                List.of(new Event.Route(HOSTILE, HOSTILE, 10, List.of(HOSTILE))),
                HOSTILE)),
        List.of(new Journal.UpdateState(1, HOSTILE, HOSTILE, HOSTILE)),
        List.of(new Journal.Fault(7, HOSTILE, HOSTILE)));
  }

  private static History as(History h, Manifest.Origin origin, String text) {
    Manifest m = h.manifest();
    Manifest changed =
        new Manifest(
                text.isEmpty() ? m.runId() : text,
                origin,
                m.scenario(),
                m.startedAtMillis(),
                new Manifest.Software(
                    m.commit() + text, !text.isEmpty(), m.java() + text, m.gatling() + text),
                m.balancing(),
                m.balancingReason() + text,
                new Manifest.Ground(
                    m.outerEngine() + text,
                    m.innerEngine() + text,
                    m.kernel() + text,
                    m.cpus(),
                    m.memoryBytes()),
                text.isEmpty() ? m.images() : Map.of(text, text))
            .madeAgainSince(text);
    // Nobody watches a machine that only simulates.
    List<ResourceSample> resources =
        h.resources().stream()
            .filter(r -> origin == Manifest.Origin.LIVE || ofTheSwarm(r))
            .toList();
    return new History(changed, h.events(), h.requests(), h.hits(), resources, h.damage());
  }

  private static boolean ofTheSwarm(ResourceSample sample) {
    return sample.kind() == ResourceSample.Kind.TASK || sample.kind() == ResourceSample.Kind.NODE;
  }
}
