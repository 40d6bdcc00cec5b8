package io.rolloutlab.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.rolloutlab.history.Hit;
import io.rolloutlab.history.Outcome;
import io.rolloutlab.history.Request;
import io.rolloutlab.rollout.Stage;
import io.rolloutlab.scenario.Balancing;
import io.rolloutlab.testbed.Swarm.TaskView;
import io.rolloutlab.testbed.UnderLoad.Part;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What an {@link Edge} promises, whatever stands behind it. */
public abstract class EdgeContract {
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
    NginxConfig config =
        new NginxConfig(bench().testbed().commands().balancing(), Bench.SCENARIO.edge());
    Routes routes = Routes.byAddress(UnderLoad.V1, UnderLoad.V2, UnderLoad.LISTED);

    assertThat(edge().configuration(routes)).isEqualTo(config.render(routes));
  }

  @Test
  void aProbeSaysWhichTaskAnsweredAndItsVersion() {
    course();
    List<String> containers =
        bench().testbed().swarm().view(UnderLoad.V2.name()).tasks().stream()
            .map(TaskView::container)
            .toList();

    Edge.Answer answer = edge().probe(UnderLoad.V2.name(), Asked.PORT);

    assertThat(answer.version()).isEqualTo("v2");
    assertThat(containers).anyMatch(container -> container.startsWith(answer.replica()));
    assertThat(replicas(Part.ALL_V2)).contains(answer.replica());
  }

  @Test
  void aProbeWithoutAGoodAnswerFailsAndQuotesIt() {
    Stage stage = bench().stage();
    stage.create(Asked.service("errors").env("APP_ERROR_SHARE", "1").spec());
    stage.create(Asked.service("deaf").env("APP_START_DELAY_SECONDS", "3600").spec());

    bench()
        .testbed()
        .timeline()
        .await("errors answers", () -> missing("status 500"), Bench.SCENARIO.app().startLimit());
    assertThatExceptionOfType(StepFailedException.class)
        .isThrownBy(() -> edge().probe("deaf", Asked.PORT))
        .withMessageContaining("deaf")
        .withMessageContaining("502");
    assertThatExceptionOfType(StepFailedException.class)
        .isThrownBy(() -> edge().probe("nobody", Asked.PORT))
        .withMessageContaining("nobody");
    stage.remove("errors");
    stage.remove("deaf");
  }

  /** A task runs, for Swarm, before its app listens: until then the answer is another. */
  private Optional<String> missing(String words) {
    StepFailedException said =
        catchThrowableOfType(StepFailedException.class, () -> edge().probe("errors", Asked.PORT));
    return said != null && said.getMessage().contains(words)
        ? Optional.empty()
        : Optional.of("" + said);
  }
}
