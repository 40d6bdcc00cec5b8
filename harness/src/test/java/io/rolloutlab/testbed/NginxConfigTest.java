package io.rolloutlab.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rolloutlab.scenario.Balancing;
import io.rolloutlab.scenario.CanaryIpPlan;
import io.rolloutlab.scenario.EdgePlan;
import io.rolloutlab.testbed.Routes.Target;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

public class NginxConfigTest {
  public static final Routes SPLIT =
      new Routes(
          List.of(
              new Target("pyapp", 5000, "v1", 90, List.of()),
              new Target("canary-pyapp", 5000, "v2", 10, List.of())));
  public static final Routes BY_ADDRESS =
      new Routes(
          List.of(
              new Target("pyapp", 5000, "v1", 100, List.of()),
              new Target("canary-pyapp", 5000, "v2", 0, List.of("10.77.0.0/28", "10.77.0.100"))));
  public static final Routes MIRRORED =
      new Routes(SPLIT.targets(), new Routes.Mirror("green-pyapp", 5001));
  private final NginxConfig vip = new NginxConfig(Balancing.VIP, EdgePlan.DEFAULT);
  private final NginxConfig dnsrr = new NginxConfig(Balancing.DNSRR, EdgePlan.DEFAULT);

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
                new Target("pyapp", 65534, "v1", 100, List.of()),
                new Target("canary-pyapp", 65534, "v2", 0, longest)));

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
  void retriesCanBeSwitchedOff() {
    EdgePlan plan = new EdgePlan(null, null, null, null, null, false);

    assertThat(dnsrr.render(SPLIT)).contains("proxy_next_upstream error timeout;");
    assertThat(new NginxConfig(Balancing.DNSRR, plan).render(SPLIT))
        .doesNotContain("proxy_next_upstream error timeout;");
  }

  @Test
  void weightsThatDoNotAddUpAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Routes(List.of(new Target("a", 1, "v1", 90, List.of()))))
        .withMessage("weights must add up to 100, but make 90");
  }
}
