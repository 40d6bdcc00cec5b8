package io.rolloutlab.twin.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.testbed.RouteCondition;
import io.rolloutlab.testbed.RouteCondition.Address;
import io.rolloutlab.testbed.RouteCondition.Cookie;
import io.rolloutlab.testbed.RouteCondition.Copied;
import io.rolloutlab.testbed.RouteCondition.Header;
import io.rolloutlab.testbed.RouteCondition.Share;
import io.rolloutlab.testbed.Routes;
import io.rolloutlab.testbed.Routes.Target;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The twin's edge takes the targets that nginx would take by the same routes. */
class RouteConditionsTest {
  private static final Routes ROUTES =
      new Routes(
          List.of(
              target("cookie", new Cookie("canary", "yes")),
              target("header", new Header("X-Canary", "always")),
              target("copy", new Copied()),
              target("address", new Address(List.of("10.77.0.0/28"))),
              target("rest", new Share(100))));

  private static Target target(String service, RouteCondition condition) {
    return new Target(service, 5000, "v1", condition);
  }

  private static String taken(String client, Map<String, String> headers, String canary) {
    UserRequest request =
        new UserRequest(client, 0, headers, canary == null ? Map.of() : Map.of("canary", canary));
    return new RequestRules(ROUTES).of(request).map(Target::service).orElse("rest");
  }

  @Test
  void aRequestThatMeetsNothingIsShared() {
    assertThat(taken("10.77.0.99", Map.of(), null)).isEqualTo("rest");
    assertThat(taken("10.77.0.99", Map.of("X-Canary", "never"), "no")).isEqualTo("rest");
    assertThat(taken("10.77.0.99", Map.of("X-Other", "always"), "")).isEqualTo("rest");
  }

  /** As nginx's map and its variables do. */
  @Test
  void headersAndCookiesAreComparedWhateverTheirCase() {
    assertThat(taken("10.77.0.99", Map.of("x-canary", "Always"), null)).isEqualTo("header");
    assertThat(taken("10.77.0.99", Map.of(), "YES")).isEqualTo("cookie");
  }

  @Test
  void addressesComeFirstThenTheOrderOfTheTargets() {
    assertThat(taken("10.77.0.3", Map.of("X-Canary", "always"), "yes")).isEqualTo("address");
    assertThat(taken("10.77.0.99", Map.of("X-Canary", "always"), "yes")).isEqualTo("cookie");
  }

  @Test
  void theHistoryKeepsTheFormOfRoutesWithoutThem() {
    assertThat(ROUTES.toRoutes())
        .extracting(route -> route.service() + " " + route.weight() + " " + route.conditions())
        .containsExactly(
            "cookie 0 [cookie canary=yes]",
            "header 0 [header X-Canary: always]",
            "address 0 []",
            "rest 100 []");
    assertThat(ROUTES.mirror()).get().extracting(Target::service).isEqualTo("copy");
  }
}
