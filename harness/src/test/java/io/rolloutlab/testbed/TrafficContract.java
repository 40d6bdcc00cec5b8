package io.rolloutlab.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rolloutlab.analysis.Analysis;
import io.rolloutlab.analysis.requests.Reconciliation;
import io.rolloutlab.history.Hit;
import io.rolloutlab.history.Outcome;
import io.rolloutlab.history.Population;
import io.rolloutlab.history.Request;
import io.rolloutlab.scenario.LoadPlan;
import io.rolloutlab.testbed.Traffic.Counts;
import io.rolloutlab.testbed.UnderLoad.Part;
import io.rolloutlab.testbed.UnderLoad.Span;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What {@link Traffic} promises, whatever stands behind it. */
public abstract class TrafficContract {
  private static final LoadPlan PLAN = Bench.SCENARIO.load();

  protected abstract Bench bench();

  private UnderLoad course() {
    return bench().underLoad();
  }

  private List<Request> requests() {
    return course().history().requests();
  }

  @Test
  void nothingIsCountedBeforeTheStartAndAStopThenChangesNothing() {
    assertThat(course().beforeStart()).isEqualTo(Counts.NONE);
    assertThat(requests()).isNotEmpty();
  }

  @Test
  void startReturnsWhenTheFirstRequestWasSent() {
    assertThat(course().atStart().sent()).isPositive();
  }

  @Test
  void aSecondStartIsRefused() {
    assertThat(course().secondStart()).isNotNull();
  }

  @Test
  void countsSayWhatHasComeOfItSoFar() {
    Counts onV1 = course().onV1();
    Counts atEnd = course().atEnd();

    assertThat(onV1.sent()).isGreaterThan(course().atStart().sent()).isLessThan(atEnd.sent());
    assertThat(onV1.recentV1()).as("answers in a second or so").isBetween(10L, 60L);
    assertThat(onV1.recentV2()).isZero();
    assertThat(atEnd.sent()).isEqualTo(requests().size());
    assertThat(atEnd.failed())
        .isEqualTo(requests().stream().filter(r -> r.outcome() == Outcome.FAILED).count());
  }

  /** An open model: they arrive at their rate, whatever the answers take. */
  @Test
  void requestsArriveAtTheirRate() {
    Span whole =
        new Span(
            course().span(Part.ALL_V1).fromMillis(), course().span(Part.UNMIRRORED).untilMillis());
    double seconds = (whole.untilMillis() - whole.fromMillis()) / 1000.0;

    assertThat(sentIn(whole) / seconds).isCloseTo(PLAN.ratePerSecond(), within(1.5));
  }

  private long sentIn(Span span) {
    return requests().stream()
        .mapToLong(Request::actualAtMillis)
        .filter(at -> at >= span.fromMillis() && at < span.untilMillis())
        .count();
  }

  @Test
  void halfOfThemOpenAConnectionOfTheirOwn() {
    Map<Long, Hit> hits =
        course().history().hits().stream()
            .filter(hit -> hit.id() != 0)
            .collect(Collectors.toMap(Hit::id, Function.identity(), (first, again) -> again));
    List<Request> answered =
        requests().stream().filter(request -> hits.containsKey(request.id())).toList();
    List<Hit> fresh = of(Population.NEW, answered, hits);
    List<Hit> reused = of(Population.REUSED, answered, hits);

    assertThat((double) fresh.size() / answered.size()).isCloseTo(0.5, within(0.02));
    assertThat(fresh).allMatch(hit -> hit.connectionRequest() == 1);
    assertThat(reused.stream().filter(hit -> hit.connectionRequest() > 1).count())
        .isGreaterThan(reused.size() / 2);
  }

  private static List<Hit> of(Population population, List<Request> requests, Map<Long, Hit> hits) {
    return requests.stream()
        .filter(request -> request.population() == population)
        .map(request -> hits.get(request.id()))
        .toList();
  }

  /** What an alarm sees is what is recorded. */
  @Test
  void whoWatchesTheEdgeIsToldOfEveryRequestThatItLogs() {
    assertThat(course().watched().stream().map(Hit::id).filter(id -> id != 0))
        .containsExactlyInAnyOrderElementsOf(
            course().history().hits().stream().map(Hit::id).filter(id -> id != 0).toList());
  }

  /** So that two runs with one seed differ by what is rolled out, not by who asks. */
  @Test
  void theSeedAloneSaysWhoSendsWhichRequest() {
    SplittableRandom users = new SplittableRandom(Bench.SCENARIO.seed());

    assertThat(requests())
        .extracting(Request::user)
        .containsExactlyElementsOf(users.ints(requests().size(), 0, PLAN.users()).boxed().toList());
  }

  @Test
  void theEdgeKnowsUsersByTheirAddress() {
    Map<Long, Integer> users =
        requests().stream().collect(Collectors.toMap(Request::id, Request::user));

    assertThat(course().history().hits())
        .filteredOn(hit -> hit.id() != 0)
        .allSatisfy(
            hit -> assertThat(hit.client()).isEqualTo(LoadPlan.addressOf(users.get(hit.id()))));
  }

  @Test
  void everyRequestIsRecordedOnceWithOneEnd() {
    assertThat(requests())
        .extracting(Request::id)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, requests().size()).boxed().toList());
    assertThat(requests()).noneMatch(request -> request.outcome() == Outcome.UNKNOWN);
    assertThat(requests().stream().map(Request::intendedAtMillis).collect(Collectors.toSet()))
        .as("they do not come in bundles")
        .hasSizeGreaterThan(requests().size() / 2);
  }

  @Test
  void bothWitnessesAreCompleteWhenTheStopReturns() {
    Reconciliation reconciled =
        Analysis.analyse(course().history()).reconciliation().known().orElseThrow();
    Set<Long> logged = course().history().hits().stream().map(Hit::id).collect(Collectors.toSet());

    assertThat(reconciled.reasons()).isEmpty();
    assertThat(requests())
        .filteredOn(request -> request.status() > 0)
        .allMatch(request -> logged.contains(request.id()));
  }
}
