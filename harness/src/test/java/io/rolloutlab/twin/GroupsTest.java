package io.rolloutlab.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rolloutlab.analysis.Analysis;
import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.run.Verdict;
import io.rolloutlab.analysis.versions.UserRule;
import io.rolloutlab.history.AppHeaders;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.History;
import io.rolloutlab.history.Hit;
import io.rolloutlab.history.Request;
import io.rolloutlab.html.Report;
import io.rolloutlab.scenario.Strategy;
import io.rolloutlab.scenario.read.InvalidScenarioException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A group of users whom their requests name: by a header, or by a cookie. */
class GroupsTest {
  private static final String EXPECT = "expect: {onlyListedUsersSeeV2: true, errorShareAtMost: 0}";

  @TempDir Path folder;

  private static UserRule rule(Findings findings) {
    List<UserRule> rules = findings.userRules().orThrow();
    assertThat(rules).hasSize(1);
    return rules.get(0);
  }

  @ParameterizedTest
  @CsvSource({
    "ab-header, dnsrr, header X-Group: b",
    "ab-header, vip, header X-Group: b",
    "ab-cookie, dnsrr, cookie group=b",
    "ab-cookie, vip, cookie group=b"
  })
  void theGroupGetsV2AndNobodyElse(String strategy, String balancing, String condition) {
    TwinRun run = TwinRun.of(folder, "strategy: " + strategy, "balancing: " + balancing, EXPECT);

    assertThat(run.findings().reasons()).isEmpty();
    assertThat(run.findings().verdict()).isEqualTo(Verdict.PASS);
    UserRule rule = rule(run.findings());
    assertThat(rule.conditions()).containsExactly(condition);
    assertThat(rule.addresses()).isEmpty();
    assertThat(rule.listedUsers()).isEqualTo(20);
    assertThat(rule.unlistedUsers()).isGreaterThan(150);
    assertThat(run.history().requests())
        .filteredOn(request -> request.version().equals("v2"))
        .isNotEmpty()
        .allMatch(request -> request.user() < 20);
    assertThat(run.history().events(Event.Step.class).map(Event.Step::label))
        .contains("create variant-pyapp with v2", "the group to v2", "abort");
  }

  @Test
  void nameValueAndSizeOfTheGroupAreAsked() {
    TwinRun run =
        TwinRun.of(
            folder,
            "strategy: ab-cookie",
            "load: {users: 40}",
            "abCookie: {name: beta_tester, value: \"Yes\", users: 25 %, replicas: 2, hold: 10s}",
            EXPECT);

    assertThat(rule(run.findings()).conditions()).containsExactly("cookie beta_tester=Yes");
    assertThat(rule(run.findings()).listedUsers()).isEqualTo(10);
    assertThat(run.started("v2")).hasSize(2);
    assertThat(run.findings().verdict()).isEqualTo(Verdict.PASS);
  }

  /**
   * Under vip an answer that names no container is known by its version alone, so one can be made
   * to lie.
   */
  @Test
  void oneAnswerOfTheWrongVersionBreaksTheRule() {
    TwinRun run = TwinRun.of(folder, "strategy: ab-header", "balancing: vip", EXPECT);

    Findings ofGroup = Analysis.analyse(lying(run, 3, "v1"));
    Findings ofOthers = Analysis.analyse(lying(run, 20, "v2"));

    assertThat(rule(ofGroup).listedThatGotV1()).containsExactly(3);
    assertThat(rule(ofOthers).unlistedThatGotV2()).containsExactly(20);
    assertThat(ofGroup.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(ofOthers.verdict()).isEqualTo(Verdict.FAIL);
  }

  /** A user's first answer while the rule is in force is of another version. */
  private static History lying(TwinRun run, int user, String version) {
    long zero = run.findings().timeline().zeroAtEpochMillis();
    long from = zero + rule(run.findings()).inForce().startMillis();
    Request chosen =
        run.history().requests().stream()
            .filter(r -> r.user() == user && r.actualAtMillis() >= from)
            .findFirst()
            .orElseThrow();
    AppHeaders lie = new AppHeaders(version, "");
    List<Request> requests =
        run.history().requests().stream().map(r -> r == chosen ? saying(r, lie) : r).toList();
    List<Hit> hits =
        run.history().hits().stream().map(h -> h.id() == chosen.id() ? saying(h, lie) : h).toList();
    History all = run.history();
    return new History(all.manifest(), all.events(), requests, hits, all.resources(), all.damage());
  }

  private static Request saying(Request its, AppHeaders headers) {
    return new Request(
        its.id(),
        its.user(),
        its.population(),
        new Request.Times(its.intendedAtMillis(), its.actualAtMillis()),
        new Request.End(its.latencyMillis(), its.outcome(), its.error(), its.status()),
        headers);
  }

  private static Hit saying(Hit its, AppHeaders headers) {
    return new Hit(
        its.atMillis(),
        its.id(),
        its.client(),
        new Hit.Answer(its.status(), its.latencyMillis(), its.bytes()),
        new Hit.Tries(its.upstream(), its.upstreamStatus(), its.connectMillis()),
        headers,
        new Hit.Connection(its.edge(), its.worker(), its.connection(), its.connectionRequest()));
  }

  @Test
  void thePageNamesTheGroup() throws IOException {
    TwinRun run = TwinRun.of(folder, "strategy: ab-header", EXPECT);

    Path index = Report.render(List.of(run.findings()), folder.resolve("report"));

    assertThat(Files.readString(index.resolveSibling("test.html")))
        .contains("Who got the canary?", "<code>header X-Group: b</code>", "whom the rule names");
  }

  @Test
  void bothAreKnownByTheirNames() {
    assertThat(Strategy.known()).extracting(Strategy::fileName).contains("ab-header", "ab-cookie");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ab-header | abHeader: {name: X_Group} | scenario.yaml:4: abHeader.name: must be letters, digits and hyphens, 40 at most, with a letter first, but is "X_Group"
          ab-header | abHeader: {name: host} | scenario.yaml:4: abHeader.name: is host, which every request has for another use
          ab-header | abHeader: {name: x-user-id} | abHeader.name: is x-user-id, which every request has for another use
          ab-header | abHeader: {value: default} | abHeader.value: must be letters, digits, dots, hyphens and underscores, 40 at most, and none of default, hostnames, include, volatile, but is "default"
          ab-cookie | abCookie: {value: "a b"} | abCookie.value: must be letters
          ab-cookie | abCookie: {name: Group} | abCookie.name: must be lower-case letters, digits and underscores
          ab-cookie | abCookie: {users: 10} | abCookie.users: "10" is no share: write it in percent
          ab-cookie | abCookie: {users: 0 %} | abCookie.users: must be from 0.01 % to 99 %, but is 0 %
          ab-cookie | {load: {users: 20}, abCookie: {users: 1 %}} | abCookie.users: makes none of the 20 users of load.users
          ab-header | {load: {users: 2}, abHeader: {users: 90 %}} | abHeader.users: makes all of the 2 users of load.users
          ab-header | abHeader: {replicas: 0} | abHeader.replicas: must be from 1 to 10000, but is 0
          ab-header | abHeader: {hold: 0s} | abHeader.hold: must be from 1s to 1h, but is 0s
          ab-header | app: {mode: global} | app.mode: is global, but ab-header gives its second service a size of its own (abHeader.replicas)
          ab-header | {app: {replicas: 3, maxPerNode: 1}, abHeader: {replicas: 5}} | 3 of the 5 tasks of abHeader.replicas
          ab-header | abCookie: {users: 10 %} | abCookie: has settings, but the strategy is ab-header
          """)
  void whatCannotWorkIsRefused(String strategy, String keys, String complaint) {
    String flat = keys.startsWith("{") ? keys.substring(1, keys.length() - 1) : keys;
    String[] lines = flat.split("(?<=}), ");

    assertThatExceptionOfType(InvalidScenarioException.class)
        .isThrownBy(
            () ->
                TwinRun.of(
                    folder, ("strategy: %s\n%s").formatted(strategy, String.join("\n", lines))))
        .withMessageContaining(complaint);
  }
}
