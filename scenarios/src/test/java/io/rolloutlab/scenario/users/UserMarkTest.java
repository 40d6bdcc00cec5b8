package io.rolloutlab.scenario.users;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UserMarkTest {
  @Test
  void theFirstUsersCarryItAndNobodyElse() {
    UserMark header = new UserMark(UserMark.Kind.HEADER, "X-Group", "b", 20);
    UserMark cookie = new UserMark(UserMark.Kind.COOKIE, "group", "b", 20);

    assertThat(header.header()).isEqualTo("X-Group");
    assertThat(header.headerOf(0)).contains("b");
    assertThat(header.headerOf(19)).contains("b");
    assertThat(header.headerOf(20)).isEmpty();
    assertThat(cookie.header()).isEqualTo("Cookie");
    assertThat(cookie.headerOf(19)).contains("group=b");
    assertThat(cookie.of(19)).contains("b");
    assertThat(cookie.of(20)).isEmpty();
    assertThat(header.inWords()).isEqualTo("header X-Group: b");
    assertThat(cookie.inWords()).isEqualTo("cookie group=b");
  }

  @Test
  void everyVisitorHasACookieOfHisOwn() {
    UserMark visitors = UserMark.visitors(60_000);

    assertThat(visitors.headerOf(17)).contains("visitor=81af1549");
    assertThat(IntStream.range(0, 60_000).mapToObj(visitors::of).flatMap(Optional::stream))
        .doesNotHaveDuplicates()
        .hasSize(60_000);
  }
}
