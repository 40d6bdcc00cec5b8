package io.rolloutlab.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.rolloutlab.edge.EdgeDialects;
import io.rolloutlab.history.Hit;
import io.rolloutlab.history.Outcome;
import io.rolloutlab.history.Population;
import io.rolloutlab.history.Request;
import io.rolloutlab.history.ResourceSample;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.scenario.edge.EdgePlan;
import io.rolloutlab.scenario.users.SplitBy;
import io.rolloutlab.testbed.Swarm.TaskView;
import io.rolloutlab.testbed.UnderLoad.Part;
import io.rolloutlab.testbed.UnderLoad.Span;
import io.rolloutlab.twin.edge.AsSplit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What an {@link Edge} promises, whatever stands behind it. */
public abstract class EdgeContract {
  private static final long SAMPLED_EVERY_MILLIS = 1600;
  private static final List<Part> MIRRORED =
      List.of(Part.MIRRORED_TO_BROKEN, Part.MIRRORED_TO_DEAF, Part.MIRRORED_TO_SLOW);

  protected abstract Bench bench();

  private UnderLoad course() {
    return bench().underLoad();
  }

  private Edge edge() {
    return bench().testbed().edge();
  }

  private List<String> versions(Part part) {
    return course().requests(part).stream().map(Request::version).toList();
  }

  @Test
  void allGoesToTheOneServiceThatHasAllTheWeight() {
    assertThat(versions(Part.ALL_V1)).hasSizeGreaterThan(40).containsOnly("v1");
    assertThat(versions(Part.ALL_V2)).hasSizeGreaterThan(40).containsOnly("v2");
  }

  @Test
  void everyTaskOfAServiceGetsItsPart() {
    assertThat(replicas(Part.ALL_V1)).hasSize(2);
    assertThat(replicas(Part.ALL_V2)).hasSize(2).doesNotContainAnyElementsOf(replicas(Part.ALL_V1));
  }

  private Set<String> replicas(Part part) {
    return course().requests(part).stream().map(Request::replica).collect(Collectors.toSet());
  }

  /** Within four standard deviations of some 170 draws. */
  @Test
  void twoServicesShareByWeight() {
    List<String> versions = versions(Part.SHARED);

    assertThat(versions).hasSizeGreaterThan(120).containsOnly("v1", "v2");
    assertThat((double) versions.stream().filter("v2"::equals).count() / versions.size())
        .isCloseTo(UnderLoad.SHARE_PERCENT / 100.0, within(0.14));
  }

  @Test
  void listedUsersGetTheCanaryAndNobodyElse() {
    assertThat(versions(Part.LISTED)).hasSizeGreaterThan(60).contains("v1", "v2");
    assertThat(course().requests(Part.LISTED)).allMatch(EdgeContract::asListed);
  }

  /** As the twin works it out, user by user: the same hash of the same text. */
  @Test
  void whatIsSplitByUsersGoesWhereTheHashOfTheirTextSays() {
    splitBy(Part.BY_USER, SplitBy.USER);
    splitBy(Part.BY_ADDRESS, SplitBy.ADDRESS);
    splitBy(Part.BY_COOKIE, SplitBy.COOKIE);
  }

  private void splitBy(Part part, SplitBy what) {
    Routes routes = UnderLoad.splitBy(what);
    assertThat(versions(part)).as("%s", part).hasSizeGreaterThan(40).contains("v1", "v2");
    assertThat(course().requests(part))
        .as("%s", part)
        .allSatisfy(
            r ->
                assertThat(r.version())
                    .isEqualTo(
                        AsSplit.version(routes, r.user(), Optional.of(UnderLoad.COOKIE), 0)));
  }

  /** By the edge's own clock, which is looked at as the request is read. */
  @Test
  void whatIsSplitBySecondsGoesOneWayInEach() {
    Routes routes = UnderLoad.splitBy(SplitBy.SECOND);

    assertThat(course().hits(Part.BY_SECOND))
        .filteredOn(hit -> began(hit) % 1000 >= 10 && began(hit) % 1000 < 990)
        .hasSizeGreaterThan(100)
        .allSatisfy(
            hit ->
                assertThat(hit.version())
                    .isEqualTo(AsSplit.version(routes, 0, Optional.empty(), began(hit))));
  }

  private static long began(Hit hit) {
    return hit.atMillis() - hit.latencyMillis();
  }

  @Test
  void whoCarriesAHeaderOrACookieGetsTheCanaryAndNobodyElse() {
    assertThat(versions(Part.MARKED)).hasSizeGreaterThan(60).contains("v1", "v2");
    assertThat(course().requests(Part.MARKED))
        .allSatisfy(
            r ->
                assertThat(r.version())
                    .as("user %s", r.user())
                    .isEqualTo(r.user() < UnderLoad.MARKED_USERS ? "v2" : "v1"));
  }

  private static boolean asListed(Request request) {
    boolean listed = request.user() < 15 || request.user() == 29;
    return request.version().equals(listed ? "v2" : "v1");
  }

  @Test
  void routesItRefusesChangeNothing() {
    assertThat(course().refusal()).isNotNull();
    assertThat(course().refusal()).hasMessageContaining("10.77.0.0/99");
    assertThat(course().requests(Part.REFUSED))
        .hasSizeGreaterThan(40)
        .allMatch(EdgeContract::asListed);
    assertThat(workers(Part.REFUSED)).isEqualTo(workers(Part.LISTED));
  }

  /** nginx resolves the hosts of upstream blocks at load. */
  @Test
  void underVipRoutesToNobodyAreRefused() {
    course();
    assumeThat(bench().testbed().commands().balancing()).isEqualTo(Balancing.VIP);

    assertThatExceptionOfType(StepFailedException.class)
        .isThrownBy(() -> edge().apply(Routes.all(Asked.service("nobody").spec())))
        .withMessageContaining("host not found in upstream \"nobody:5000\"");
  }

  @Test
  void whenApplyReturnsNewWorkersServe() {
    assertThat(workers(Part.ALL_V2)).doesNotContainAnyElementsOf(workers(Part.ALL_V1));
    assertThat(workers(Part.SHARED)).doesNotContainAnyElementsOf(workers(Part.ALL_V2));
    assertThat(workers(Part.LISTED)).doesNotContainAnyElementsOf(workers(Part.SHARED));
  }

  private Set<Integer> workers(Part part) {
    return course().hits(part).stream().map(Hit::worker).collect(Collectors.toSet());
  }

  @Test
  void noUserNoticesAChangeOfRoutes() {
    assertThat(course().history().requests()).allMatch(r -> r.outcome() == Outcome.OK);
  }

  @Test
  void theConfigurationIsTheOneTextForTheseRoutes() {
    Routes routes = Routes.byAddress(UnderLoad.V1, UnderLoad.V2, UnderLoad.LISTED);
    EdgePlan plan = bench().scenario().edge();
    String text =
        EdgeDialects.of(plan).render(routes, plan, bench().testbed().commands().balancing());

    assertThat(edge().configuration(routes)).isEqualTo(text);
    assertThat(text).hasSizeGreaterThan(128 * 1024);
  }

  @Test
  void aProbeSaysWhichTaskAnsweredAndItsVersion() {
    course();
    List<TaskView> tasks = bench().testbed().swarm().view(UnderLoad.V2.name()).tasks();

    Edge.Answer answer = edge().probe(UnderLoad.V2.name(), Asked.PORT);

    assertThat(answer.version()).isEqualTo("v2");
    assertThat(tasks)
        .anySatisfy(
            task -> {
              assertThat(task.container()).startsWith(answer.replica());
              if (bench().testbed().commands().balancing() == Balancing.DNSRR) {
                assertThat(answer.address()).isEqualTo(task.address() + ":" + Asked.PORT);
              }
            });
    assertThat(replicas(Part.ALL_V2)).contains(answer.replica());
  }

  @Test
  void aProbeWithoutAGoodAnswerFailsAndQuotesIt() {
    course();

    probeFails(UnderLoad.BROKEN.name(), "500");
    EdgePlan plan = bench().scenario().edge();
    int nobody = EdgeDialects.of(plan).behaviour(plan).unanswered().nobody();
    probeFails(UnderLoad.DEAF.name(), "" + nobody);
    probeFails("nobody", "");
  }

  private void probeFails(String service, String quoted) {
    assertThatExceptionOfType(StepFailedException.class)
        .isThrownBy(() -> edge().probe(service, Asked.PORT))
        .withMessageContaining(service)
        .withMessageContaining(quoted);
  }

  @Test
  void usersNeverSeeTheAnswersOfAMirror() {
    for (Part part : MIRRORED) {
      assertThat(course().requests(part))
          .as("%s", part)
          .hasSizeGreaterThan(40)
          .allMatch(request -> request.outcome() == Outcome.OK && request.version().equals("v1"));
    }
  }

  /** Its answer would be an error to a user, and its log line a second witness of one request. */
  @Test
  void theCopyOfARequestIsNotLogged() {
    for (Part part : MIRRORED) {
      assertThat(course().hits(part))
          .as("%s", part)
          .allMatch(hit -> hit.status() == 200 && hit.version().equals("v1"))
          .extracting(Hit::id)
          .doesNotHaveDuplicates();
    }
  }

  /** Seen by what its task receives: nothing else ever calls it. */
  @Test
  void aMirrorGetsEveryRequest() {
    Span span = course().span(Part.MIRRORED_TO_BROKEN);
    long before = received(UnderLoad.BROKEN, span.fromMillis());
    long after = received(UnderLoad.BROKEN, span.untilMillis() + SAMPLED_EVERY_MILLIS);
    long requests = course().requests(Part.MIRRORED_TO_BROKEN).size();

    assertThat((after - before) / requests).isBetween(300L, 1500L);
    assertThat(received(UnderLoad.BROKEN, Long.MAX_VALUE) - after)
        .as("without a mirror, nothing comes")
        .isLessThan(20 * 300L);
  }

  private long received(ServiceSpec spec, long untilMillis) {
    return course().history().resources().stream()
        .filter(sample -> sample.service().equals(spec.name()))
        .filter(sample -> sample.atMillis() <= untilMillis)
        .mapToLong(ResourceSample::receivedBytes)
        .max()
        .orElse(0);
  }

  /** nginx reads the next request of a connection when the copy of the last one is answered. */
  @Test
  void aSlowMirrorDelaysUsersWhoKeepTheirConnection() {
    assertThat(slow(Part.MIRRORED_TO_SLOW, Population.REUSED)).isGreaterThan(0.2);
    assertThat(slow(Part.MIRRORED_TO_SLOW, Population.NEW)).isLessThan(0.1);
    assertThat(slow(Part.MIRRORED_TO_BROKEN, Population.REUSED)).isLessThan(0.1);
    assertThat(slow(Part.UNMIRRORED, Population.REUSED)).isLessThan(0.1);
  }

  private double slow(Part part, Population population) {
    List<Request> requests = course().requests(part, population);
    return (double)
            requests.stream()
                .filter(request -> request.latencyMillis() > UnderLoad.SLOW_MILLIS / 4)
                .count()
        / requests.size();
  }

  /** The same: $request_time ends with the copy. */
  @Test
  void theEdgesOwnTimeOfARequestHoldsThatOfItsCopy() {
    assertThat(course().hits(Part.MIRRORED_TO_SLOW))
        .allMatch(hit -> hit.latencyMillis() >= UnderLoad.SLOW_MILLIS);
  }
}
