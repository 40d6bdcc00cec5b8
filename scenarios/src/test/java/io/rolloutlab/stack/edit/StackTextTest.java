package io.rolloutlab.stack.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** A setting is changed where it stands, and nothing else; what is not certain is refused. */
class StackTextTest {
  private static final String FILE =
      """
      # of the shop
      x-common: &common
        update_config: {parallelism: 2}
      services:
        web:   # the front
          image: "shop/wéb😀:1"
          deploy:
            # as ops asked for
            replicas: 3
            update_config:
              # two at a time
              parallelism: '2'  # was 1
              delay: 10s
        short: {image: a, deploy: {update_config: {delay: 1s}, rollback_config: {}}}
        bare:
          image: b
        merged:
          image: c
          deploy:
            <<: *common
            replicas: 2
        aliased:
          image: d
          deploy: *common
        anchored:
          image: e
          healthcheck: &check
            interval: ${EVERY}
        free:
          image: f
          healthcheck:
            interval: ${EVERY}
            timeout:
      """;

  private static String with(String service, String key, String value) {
    return new StackText(FILE).with(service, key, value).text();
  }

  @Test
  void aWordIsReplacedAndItsCommentStays() {
    assertThat(with("web", "deploy.update_config.parallelism", "1"))
        .isEqualTo(FILE.replace("parallelism: '2'  # was 1", "parallelism: 1  # was 1"));
    assertThat(with("short", "deploy.update_config.delay", "20s"))
        .isEqualTo(FILE.replace("{delay: 1s}", "{delay: 20s}"));
  }

  @Test
  void aKeyThatIsMissingIsPutBelowTheKeyOfItsBlockBeforeTheCommentsOfOthers() {
    assertThat(with("web", "deploy.update_config.order", "start-first"))
        .isEqualTo(
            FILE.replace(
                "      update_config:\n", "      update_config:\n        order: start-first\n"));
    assertThat(with("web", "healthcheck.start_period", "2m"))
        .isEqualTo(
            FILE.replace(
                "  web:   # the front\n",
                "  web:   # the front\n    healthcheck:\n      start_period: 2m\n"));
    assertThat(with("bare", "deploy.update_config.order", "start-first"))
        .isEqualTo(
            FILE.replace(
                "  bare:\n",
                "  bare:\n    deploy:\n      update_config:\n        order: start-first\n"));
  }

  @Test
  void inBracesItIsPutBehindTheBrace() {
    assertThat(with("short", "deploy.update_config.order", "start-first"))
        .isEqualTo(FILE.replace("{delay: 1s}", "{order: start-first, delay: 1s}"));
    assertThat(with("short", "deploy.rollback_config.order", "start-first"))
        .isEqualTo(FILE.replace("rollback_config: {}", "rollback_config: {order: start-first}"));
    assertThat(with("short", "healthcheck.interval", "5s"))
        .isEqualTo(FILE.replace("{image: a,", "{healthcheck: {interval: 5s}, image: a,"));
  }

  @Test
  void linesEndAsTheOthersDo() {
    String windows = "services:\r\n  web:\r\n    image: a\r\n";

    assertThat(new StackText(windows).with("web", "stop_grace_period", "5s").text())
        .isEqualTo("services:\r\n  web:\r\n    stop_grace_period: 5s\r\n    image: a\r\n");
  }

  @Test
  void whatOthersShareIsRefusedWithItsLine() {
    assertThatThrownBy(() -> with("merged", "deploy.update_config.order", "start-first"))
        .isInstanceOf(UncertainEditException.class)
        .hasMessageContaining("merged here (<<)");
    assertThatThrownBy(() -> with("aliased", "deploy.update_config.order", "start-first"))
        .hasMessageContaining("deploy holds no block of its own")
        .satisfies(refused -> assertThat(((UncertainEditException) refused).line()).isEqualTo(24));
    assertThatThrownBy(() -> with("anchored", "healthcheck.interval", "5s"))
        .hasMessageContaining("&check shares this");
    assertThatThrownBy(() -> with("free", "healthcheck.interval", "5s"))
        .hasMessageContaining("a variable decides it (${EVERY})");
    assertThatThrownBy(() -> with("free", "healthcheck.timeout", "5s"))
        .hasMessageContaining("is empty");
  }

  @Test
  void aPlainWordOverAMergeIsPutThere() {
    assertThat(with("merged", "deploy.endpoint_mode", "dnsrr"))
        .isEqualTo(
            FILE.replace(
                "    deploy:\n      <<:", "    deploy:\n      endpoint_mode: dnsrr\n      <<:"));
  }
}
