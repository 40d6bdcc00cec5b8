package io.rolloutlab.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole stack files as people write them: what is found in which line, and nothing else. */
class StackFilesTest {
  static List<Arguments> files() {
    return List.of(
        Arguments.of(
            "shop.yaml",
            List.of(
                "15 late-first-probe front CERTAIN",
                "19 monitor-too-short front CERTAIN",
                "21 failures-behind-delay front CERTAIN",
                "25 rollback-all-at-once front CERTAIN",
                "30 restarts-run-out front CERTAIN")),
        Arguments.of(
            "vote.yaml",
            List.of(
                "3 no-health-check ballot LIKELY",
                "8 all-at-once ballot CERTAIN",
                "10 no-health-check tally LIKELY",
                "11 moving-image tally LIKELY",
                "14 one-task-stops-first tally CERTAIN",
                "16 no-health-check counter LIKELY",
                "21 all-at-once counter CERTAIN",
                "21 failures-ignored counter CERTAIN")),
        Arguments.of(
            "edge.yaml",
            List.of(
                "5 proxy-learns-late proxy LIKELY",
                "18 never-placed proxy CERTAIN",
                "31 sticky-tasks site LIKELY",
                "32 monitor-is-no-bake-time site LIKELY",
                "36 no-health-check admin CERTAIN",
                "36 start-period-alone admin CERTAIN",
                "37 one-task-stops-first admin CERTAIN")),
        Arguments.of(
            "jobs.yaml",
            List.of(
                "9 check-before-start worker POSSIBLE",
                "14 monitor-is-no-bake-time worker LIKELY",
                "14 never-placed worker POSSIBLE",
                "15 never-placed worker POSSIBLE",
                "19 grace-over-minute slow LIKELY",
                "24 check-before-start search POSSIBLE")),
        Arguments.of("good.yaml", List.of()));
  }

  @ParameterizedTest
  @MethodSource("files")
  void eachHasItsFindings(String file, List<String> expected) {
    assertThat(Patients.diagnosed(Patients.delivered(file)).findings())
        .extracting(
            finding ->
                "%s %s %s %s"
                    .formatted(
                        finding.place().line(),
                        finding.rule(),
                        finding.service(),
                        finding.sureness()))
        .containsExactlyElementsOf(expected);
  }
}
