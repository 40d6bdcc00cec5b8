package io.rolloutlab.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.history.Population;
import io.rolloutlab.scenario.LoadPlan;
import io.rolloutlab.scenario.requests.RequestDraw;
import io.rolloutlab.scenario.requests.RequestPlan;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ArrivalsTest {

  @Test
  void theSameSeedGivesTheSameUsers() {
    assertThat(users(1)).isEqualTo(users(1)).isNotEqualTo(users(2));
    assertThat(users(1)).allMatch(user -> user >= 0 && user < 20);
    assertThat(users(1).stream().distinct().count()).isEqualTo(20);
  }

  @Test
  void idsRunAcrossPopulationsAndIndexesWithin() {
    Arrivals arrivals = new Arrivals(1, 1, nothing(), Duration.ZERO);

    assertThat(arrivals.next(Population.NEW)).contains(new Arrival(1, 0, Population.NEW, 0));
    assertThat(arrivals.next(Population.REUSED)).contains(new Arrival(2, 0, Population.REUSED, 0));
    assertThat(arrivals.next(Population.NEW)).contains(new Arrival(3, 0, Population.NEW, 1));
  }

  /** Nothing is drawn for it. */
  @Test
  void anAssetIsOfItsPagesUserAndChangesNoArrival() {
    Arrivals arrivals = new Arrivals(1, 20, nothing(), Duration.ZERO);
    Arrivals alone = new Arrivals(1, 20, nothing(), Duration.ZERO);
    Arrival page = arrivals.next(Population.REUSED).orElseThrow();

    assertThat(alone.next(Population.REUSED)).contains(page);
    assertThat(arrivals.asset(page))
        .contains(new Arrival(2, page.user(), Population.REUSED, 0, "", 1));
    assertThat(arrivals.next(Population.REUSED).orElseThrow().user())
        .isEqualTo(alone.next(Population.REUSED).orElseThrow().user());
    arrivals.close();
    assertThat(arrivals.asset(page)).isEmpty();
  }

  /** Who asks is drawn apart from what is asked for. */
  @Test
  void theSameSeedGivesTheSameRequestsAndAListChangesNoUser() {
    assertThat(requests(1)).isEqualTo(requests(1)).isNotEqualTo(requests(2));
    assertThat(requests(1)).containsOnly("GET /often", "GET /seldom");
    assertThat(requests(1).stream().filter("GET /often"::equals)).hasSizeBetween(340, 410);
    assertThat(listed(1).map(Arrival::user).toList()).isEqualTo(users(1));
  }

  private static List<String> requests(long seed) {
    return listed(seed).map(Arrival::request).toList();
  }

  private static Stream<Arrival> listed(long seed) {
    List<RequestPlan> plans = List.of(plan("/often", 3), plan("/seldom", 1));
    Arrivals arrivals = new Arrivals(seed, 20, new RequestDraw(plans, seed), Duration.ZERO);
    return IntStream.range(0, 500).mapToObj(i -> arrivals.next(Population.NEW).orElseThrow());
  }

  private static RequestPlan plan(String path, int weight) {
    return new RequestPlan(weight, null, path, null, null, null, null, null);
  }

  private static RequestDraw nothing() {
    return new RequestDraw(List.of(), 1);
  }

  @Test
  void closedItIsDrainedWhenNothingIsInFlight() {
    Arrivals arrivals = new Arrivals(1, 1, nothing(), Duration.ofHours(1));
    arrivals.next(Population.NEW);
    assertThat(arrivals.drained()).isFalse();
    arrivals.close();

    assertThat(arrivals.next(Population.NEW)).isEmpty();
    assertThat(arrivals.drained()).isFalse();
    arrivals.ended();
    assertThat(arrivals.drained()).isTrue();
  }

  @Test
  void closedItDoesNotWaitForEver() {
    Arrivals arrivals = new Arrivals(1, 1, nothing(), Duration.ofNanos(-1));
    arrivals.next(Population.NEW);
    arrivals.close();

    assertThat(arrivals.drained()).isTrue();
  }

  @Test
  void aWholeRateIsEven() {
    assertThat(offsets(plan(40, 0.5), Population.NEW, 41))
        .startsWith(0L, 50L, 100L)
        .endsWith(2000L);
    assertThat(offsets(plan(40, 0.5), Population.REUSED, 3)).containsExactly(25L, 75L, 125L);
  }

  @Test
  void aFractionalRateIsSpreadOverSecondsAsGatlingDoes() {
    // 25 requests in 10 s: 3 in the first second, 2 in the next.
    assertThat(offsets(plan(5, 0.5), Population.NEW, 6))
        .containsExactly(0L, 333L, 666L, 1000L, 1500L, 2000L);
    // One every two seconds.
    assertThat(offsets(plan(1, 0.5), Population.NEW, 3)).containsExactly(0L, 2000L, 4000L);
  }

  @Test
  void aPopulationMayBeMissing() {
    assertThat(ArrivalSchedule.of(plan(40, 1), Population.REUSED).requests()).isZero();
    assertThat(ArrivalSchedule.of(plan(40, 0), Population.NEW).requests()).isZero();
    assertThat(offsets(plan(40, 0), Population.REUSED, 2)).containsExactly(0L, 25L);
  }

  private static LoadPlan plan(double rate, double share) {
    return new LoadPlan(rate, share, null, null, null, null, Duration.ofSeconds(10));
  }

  private static List<Long> offsets(LoadPlan plan, Population population, long count) {
    ArrivalSchedule schedule = ArrivalSchedule.of(plan, population);
    return LongStream.range(0, count).map(schedule::offsetMillis).boxed().toList();
  }

  private static List<Integer> users(long seed) {
    Arrivals arrivals = new Arrivals(seed, 20, nothing(), Duration.ZERO);
    return IntStream.range(0, 500)
        .mapToObj(i -> arrivals.next(Population.NEW).orElseThrow().user())
        .toList();
  }
}
