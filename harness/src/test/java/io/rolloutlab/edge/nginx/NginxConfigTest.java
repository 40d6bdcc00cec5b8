package io.rolloutlab.edge.nginx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rolloutlab.scenario.CanaryIpPlan;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.scenario.edge.EdgePlan;
import io.rolloutlab.scenario.edge.NginxPlan;
import io.rolloutlab.scenario.edge.RetryOn;
import io.rolloutlab.scenario.users.SplitBy;
import io.rolloutlab.testbed.RouteCondition.Address;
import io.rolloutlab.testbed.RouteCondition.Cookie;
import io.rolloutlab.testbed.RouteCondition.Copied;
import io.rolloutlab.testbed.RouteCondition.Header;
import io.rolloutlab.testbed.RouteCondition.Share;
import io.rolloutlab.testbed.Routes;
import io.rolloutlab.testbed.Routes.Target;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

public class NginxConfigTest {
  public static final Routes SPLIT =
      new Routes(
          List.of(
              new Target("pyapp", 5000, "v1", new Share(90)),
              new Target("canary-pyapp", 5000, "v2", new Share(10))));
  public static final Routes SPLIT_BY_USER = splitBy(SplitBy.USER);
  public static final Routes SPLIT_BY_SECOND = splitBy(SplitBy.SECOND);
  public static final Routes BY_ADDRESS =
      new Routes(
          List.of(
              new Target("pyapp", 5000, "v1", new Share(100)),
              new Target(
                  "canary-pyapp",
                  5000,
                  "v2",
                  new Address(List.of("10.77.0.0/28", "10.77.0.100")))));
  public static final Routes MIRRORED =
      with(SPLIT, new Target("green-pyapp", 5001, "v2", new Copied()));

  /** One condition of every kind, besides shares. */
  public static final Routes BY_ALL =
      with(
          with(
              with(
                  BY_ADDRESS, new Target("green-pyapp", 5001, "v2", new Header("X-Canary", "yes"))),
              new Target("canary-pyapp", 5000, "v2", new Cookie("lab_group", "B"))),
          new Target("green-pyapp", 5001, "v2", new Copied()));

  /** Everything that can be said to nginx. */
  public static final EdgePlan ALL_SAID =
      saying(
          new NginxPlan(
              16,
              Duration.ofMillis(1500),
              Duration.ofSeconds(5),
              2,
              List.of(RetryOn.ERROR, RetryOn.HTTP_503)));

  private final NginxConfig vip = new NginxConfig(Balancing.VIP, EdgePlan.DEFAULT);
  private final NginxConfig dnsrr = new NginxConfig(Balancing.DNSRR, EdgePlan.DEFAULT);

  private static Routes splitBy(SplitBy splitBy) {
    return new Routes(
        List.of(
            new Target("pyapp", 5000, "v1", new Share(90, splitBy)),
            new Target("canary-pyapp", 5000, "v2", new Share(10, splitBy))));
  }

  private static Routes with(Routes routes, Target more) {
    return new Routes(Stream.concat(routes.targets().stream(), Stream.of(more)).toList());
  }

  @Test
  void underVipWeightsStandInTheExercisesUpstreamBlock() {
    assertThat(vip.render(SPLIT))
        .contains(
            """
            upstream flask_app {
              server pyapp:5000 weight=90 max_fails=2 fail_timeout=10s;
              server canary-pyapp:5000 weight=10 max_fails=2 fail_timeout=10s;
            }
            """);
  }

  @Test
  void underDnsrrWeightsSplitClientsWhateverTheReplicas() {
    assertThat(dnsrr.render(SPLIT))
        .contains("resolver 127.0.0.11 valid=1s")
        .contains(
            """
            split_clients "$request_id" $weighted {
              90% pyapp:5000;
              * canary-pyapp:5000;
            }
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "REQUEST, $request_id",
    "USER, $http_x_user_id",
    "ADDRESS, $remote_addr",
    "COOKIE, $cookie_visitor",
    "SECOND, $time_local"
  })
  void underDnsrrRequestsAreSplitByATextOfTheirs(SplitBy splitBy, String text) {
    assertThat(dnsrr.render(splitBy(splitBy)))
        .isEqualTo(dnsrr.render(SPLIT).replace("$request_id", text));
  }

  /** Weights of servers know nothing of a request. */
  @Test
  void underVipTheTextChoosesAmongUpstreamBlocks() {
    assertThat(vip.render(SPLIT_BY_USER))
        .contains(
            """
            upstream only_pyapp {
              server pyapp:5000 weight=1 max_fails=2 fail_timeout=10s;
            }
            upstream only_canary-pyapp {
              server canary-pyapp:5000 weight=1 max_fails=2 fail_timeout=10s;
            }
            split_clients "$http_x_user_id" $weighted {
              90% only_pyapp;
              * only_canary-pyapp;
            }
            geo $listed {
            """)
        .doesNotContain("flask_app");
    assertThat(vip.render(splitBy(SplitBy.REQUEST))).isEqualTo(vip.render(SPLIT));
  }

  @Test
  void aShareIsSplitByOneThing() {
    List<Target> two =
        List.of(
            new Target("pyapp", 5000, "v1", new Share(90, SplitBy.USER)),
            new Target("canary-pyapp", 5000, "v2", new Share(10, SplitBy.ADDRESS)));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Routes(two))
        .withMessageContaining("split by the same");
  }

  @Test
  void listedAddressesGoToTheCanaryAndNobodyElse() {
    assertThat(dnsrr.render(BY_ADDRESS))
        .contains("  * pyapp:5000;")
        .contains("  10.77.0.0/28 canary-pyapp:5000;\n  10.77.0.100 canary-pyapp:5000;")
        .contains("real_ip_header X-Forwarded-For;");
    assertThat(vip.render(BY_ADDRESS))
        .contains("  10.77.0.0/28 only_canary-pyapp;")
        .doesNotContain("weight=0");
  }

  @Test
  void asManyAddressesAsAScenarioMayListFitIntoOneArgument() {
    List<String> longest = Collections.nCopies(CanaryIpPlan.MOST_ADDRESSES, "255.255.255.255/32");
    Routes most =
        new Routes(
            List.of(
                new Target("pyapp", 65534, "v1", new Share(100)),
                new Target("canary-pyapp", 65534, "v2", new Address(longest))));

    // MAX_ARG_STRLEN of Linux: 32 pages, with the NUL at its end.
    assertThat(dnsrr.render(most)).hasSizeLessThan(128 * 1024);
    assertThat(vip.render(most)).hasSizeLessThan(128 * 1024);
  }

  @Test
  void theExercisesRulesAreKept() {
    assertThat(dnsrr.render(SPLIT))
        .contains("location ~* \\.(html|css|js|png|jpg|jpeg|gif|ico)$")
        .contains("proxy_set_header Host $host;")
        .contains("proxy_set_header X-Real-IP $remote_addr;")
        .contains("proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;")
        .contains("proxy_set_header X-Forwarded-Proto $scheme;");
  }

  @Test
  void aMirrorGetsACopyThatNobodyCanAskFor() {
    assertThat(dnsrr.render(MIRRORED))
        .contains("  location / {\n    mirror /lab-mirror;\n    proxy_set_header Host $host;")
        .contains(
            """
              location = /lab-mirror {
                internal;
                proxy_set_header Host $host;
                proxy_set_header X-Real-IP $remote_addr;
                proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                proxy_set_header X-Forwarded-Proto $scheme;
                proxy_next_upstream off;
                proxy_pass http://green-pyapp:5001$request_uri;
              }
            """);
    assertThat(vip.render(MIRRORED))
        .contains("upstream mirror {\n  server green-pyapp:5001 weight=1 ")
        .contains("proxy_pass http://mirror$request_uri;");
    assertThat(dnsrr.render(SPLIT)).doesNotContain("mirror");
  }

  @Test
  void headersAndCookiesAreAskedInTheirOrderAfterAddresses() {
    assertThat(dnsrr.render(BY_ALL))
        .contains(
            """
            map $cookie_lab_group $rule_2 {
              default $weighted;
              "B" canary-pyapp:5000;
            }
            map $http_x_canary $rule_1 {
              default $rule_2;
              "yes" green-pyapp:5001;
            }
            geo $listed {
              default "";
              10.77.0.0/28 canary-pyapp:5000;
              10.77.0.100 canary-pyapp:5000;
            }
            map $listed $backend {
              "" $rule_1;
              default $listed;
            }
            """)
        .contains("  * pyapp:5000;");
    assertThat(vip.render(BY_ALL))
        .contains("  default $weighted;\n  \"B\" only_canary-pyapp;\n")
        .contains("  default $rule_2;\n  \"yes\" only_green-pyapp;\n")
        .containsOnlyOnce("upstream only_canary-pyapp {")
        .containsOnlyOnce("upstream only_green-pyapp {")
        .containsOnlyOnce("upstream mirror {");
  }

  @Test
  void aHeaderAloneStandsBeforeTheWeights() {
    Routes routes =
        with(
            new Routes(List.of(new Target("pyapp", 5000, "v1", new Share(100)))),
            new Target("canary-pyapp", 5000, "v2", new Header("X-Canary", "always")));

    assertThat(vip.render(routes))
        .contains("upstream flask_app {\n  server pyapp:5000 weight=100 ")
        .contains("upstream only_canary-pyapp {\n  server canary-pyapp:5000 weight=1 ")
        .contains(
            """
            map $http_x_canary $rule_1 {
              default $weighted;
              "always" only_canary-pyapp;
            }
            geo $listed {
              default "";
            }
            map $listed $backend {
              "" $rule_1;
              default $listed;
            }
            """);
  }

  /** What nginx would read as something else than a text to compare with. */
  @ParameterizedTest
  @ValueSource(strings = {"", "default", "volatile", "~a", "a b", "$a", "\"", ";", "ü"})
  void valuesThatNginxWouldReadOtherwiseAreRefused(String value) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Header("X-Canary", value));
    assertThatIllegalArgumentException().isThrownBy(() -> new Cookie("canary", value));
  }

  @Test
  void namesThatNginxHasNoVariableForAreRefused() {
    for (String name : List.of("", "X_Canary", "a b", "1", "a".repeat(41))) {
      assertThatIllegalArgumentException().isThrownBy(() -> new Header(name, "yes"));
    }
    for (String name : List.of("", "Canary", "a-b", "1")) {
      assertThatIllegalArgumentException().isThrownBy(() -> new Cookie(name, "yes"));
    }
  }

  @Test
  void retriesCanBeSwitchedOff() {
    EdgePlan plan = new EdgePlan(null, null, null, null, null, null, false, null);

    assertThat(dnsrr.render(SPLIT)).contains("proxy_next_upstream error timeout;");
    assertThat(new NginxConfig(Balancing.DNSRR, plan).render(SPLIT))
        .doesNotContain("proxy_next_upstream error timeout;");
  }

  private static EdgePlan saying(NginxPlan nginx) {
    return new EdgePlan(null, null, null, null, null, null, null, nginx);
  }

  @Test
  void whatIsSaidToNginxStandsThereAndNothingElse() {
    assertThat(new NginxConfig(Balancing.VIP, ALL_SAID).render(MIRRORED))
        .contains(
            """
                proxy_set_header X-Forwarded-Proto $scheme;
                proxy_http_version 1.1;
                proxy_set_header Connection "";
                proxy_connect_timeout 1s500ms;
                proxy_read_timeout 5s;
                proxy_next_upstream_tries 2;
                proxy_next_upstream error http_503;
                proxy_pass http://$backend;
            """)
        .contains("fail_timeout=10s;\n  keepalive 16;\n}\nupstream mirror {")
        .contains(
            "proxy_read_timeout 5s;\n    proxy_next_upstream off;\n    proxy_pass http://mir");
    assertThat(vip.render(MIRRORED))
        .doesNotContain("keepalive", "proxy_http_version", "_timeout ", "_tries");
  }

  /** Where the address is in a variable there is no upstream block that could keep connections. */
  @Test
  void underDnsrrNoConnectionIsKept() {
    EdgePlan plan = saying(new NginxPlan(16, null, null, null, null));

    assertThat(new NginxConfig(Balancing.DNSRR, plan).render(SPLIT)).isEqualTo(dnsrr.render(SPLIT));
  }

  @Test
  void weightsThatDoNotAddUpAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Routes(List.of(new Target("a", 1, "v1", new Share(90)))))
        .withMessage("weights must add up to 100, but make 90");
  }
}
