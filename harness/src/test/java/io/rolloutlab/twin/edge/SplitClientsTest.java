package io.rolloutlab.twin.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rolloutlab.scenario.users.SplitBy;
import io.rolloutlab.scenario.users.UserMark;
import io.rolloutlab.testbed.RouteCondition.Share;
import io.rolloutlab.testbed.Routes;
import io.rolloutlab.testbed.Routes.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The numbers are those of ngx_murmur_hash2 and of the bounds in ngx_http_split_clients_module.c,
 * worked out by hand; that nginx itself does the same is in {@code EdgeContract}.
 */
class SplitClientsTest {
  private static final Optional<UserMark> VISITORS = Optional.of(UserMark.visitors(60_000));

  /** Midnight in UTC. */
  private static final long NEW_YEAR_2026 = 1_767_225_600_000L;

  private static SplitClients split(SplitBy splitBy, int v2Percent) {
    return new SplitClients(
        new Routes(
            List.of(
                new Target("pyapp", 5000, "v1", new Share(100 - v2Percent, splitBy)),
                new Target("canary-pyapp", 5000, "v2", new Share(v2Percent, splitBy)))));
  }

  private static List<Integer> usersOfV2(SplitBy splitBy, int v2Percent, int users) {
    SplitClients split = split(splitBy, v2Percent);
    return IntStream.range(0, users)
        .filter(user -> split.of(UserRequest.of(user, VISITORS, 0)).version().equals("v2"))
        .boxed()
        .toList();
  }

  @Test
  void usersGoWhereTheHashOfTheirNumberSays() {
    assertThat(usersOfV2(SplitBy.USER, 10, 40)).containsExactly(20);
    assertThat(usersOfV2(SplitBy.USER, 30, 40)).containsExactly(7, 12, 14, 20, 26, 27, 32);
    assertThat(usersOfV2(SplitBy.USER, 50, 40))
        .containsExactly(3, 7, 9, 12, 14, 16, 18, 19, 20, 22, 26, 27, 31, 32, 37, 38);
  }

  @Test
  void addressesAndCookiesAreOtherTextsOfTheSameUsers() {
    assertThat(usersOfV2(SplitBy.ADDRESS, 10, 200)).hasSize(19);
    assertThat(usersOfV2(SplitBy.ADDRESS, 50, 200)).hasSize(96);
    assertThat(usersOfV2(SplitBy.COOKIE, 10, 200)).hasSize(21);
    assertThat(usersOfV2(SplitBy.COOKIE, 50, 200)).hasSize(101);
  }

  /** So nobody is back on v1 while the share of v2 grows. */
  @ParameterizedTest
  @EnumSource(names = {"USER", "ADDRESS", "COOKIE"})
  void whoHasV2AtOneShareHasItAtEveryLargerOne(SplitBy splitBy) {
    List<Integer> before = List.of();
    for (int percent = 1; percent <= 100; percent++) {
      List<Integer> now = usersOfV2(splitBy, percent, 2000);
      assertThat(now).as("%s %%", percent).containsAll(before);
      assertThat(now.size() / 2000.0).isCloseTo(percent / 100.0, within(0.05));
      before = now;
    }
    assertThat(before).hasSize(2000);
  }

  @Test
  void allRequestsOfOneSecondGoOneWay() {
    StringBuilder tens = new StringBuilder();
    SplitClients split = split(SplitBy.SECOND, 10);
    for (int second = 0; second < 40; second++) {
      List<String> versions = new ArrayList<>();
      for (int millis : new int[] {0, 1, 500, 999}) {
        long at = NEW_YEAR_2026 + second * 1000L + millis;
        versions.add(split.of(UserRequest.of(millis % 7, VISITORS, at)).version());
      }
      assertThat(versions).as("second %s", second).containsOnly(versions.get(0));
      tens.append(versions.get(0).equals("v2") ? '2' : '.');
    }
    assertThat(tens).hasToString(".2......2.......2.2.2....2.......2......");
  }

  /** The hash of nothing is 0, and v1 stands first. */
  @Test
  void whoHasNoCookieStaysOnV1() {
    UserRequest stranger = UserRequest.of(20, Optional.empty(), 0);

    assertThat(split(SplitBy.COOKIE, 99).of(stranger).version()).isEqualTo("v1");
    assertThat(split(SplitBy.COOKIE, 100).of(stranger).version()).isEqualTo("v2");
  }

  @Test
  void aHeadersNameIsReadWhateverItsCase() {
    UserRequest request = new UserRequest("10.77.0.1", 0, Map.of("x-user-id", "20"), Map.of());

    assertThat(split(SplitBy.USER, 10).of(request).version()).isEqualTo("v2");
  }
}
