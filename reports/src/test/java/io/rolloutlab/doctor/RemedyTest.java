package io.rolloutlab.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.stack.Stack;
import io.rolloutlab.stack.read.StackChange;
import io.rolloutlab.stack.read.StackReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a rule says that helps is a setting with which it is silent. */
class RemedyTest {
  private static final Doctor DOCTOR = Doctor.withAllRules();

  @ParameterizedTest
  @ValueSource(strings = {"shop.yaml", "vote.yaml", "edge.yaml", "jobs.yaml"})
  void withItsChangeAFindingIsGone(String name) {
    Path file = Patients.delivered(name);
    StackReader reader = new StackReader(Map.of());
    Diagnosis found = Patients.diagnosed(file);

    int tried = 0;
    for (Finding finding : found.findings()) {
      Remedy remedy = DOCTOR.remedy(finding, found.stack()).orElse(null);
      if (remedy != null) {
        Stack changed =
            reader.changed(List.of(file), new StackChange(finding.service(), remedy.byKey()));
        assertThat(same(DOCTOR.diagnose(changed), finding))
            .as("%s with %s", finding, remedy.print())
            .isLessThan(same(found, finding));
        tried++;
      }
    }
    assertThat(tried).isPositive();
  }

  private static long same(Diagnosis diagnosis, Finding finding) {
    return diagnosis.findings().stream()
        .filter(one -> one.rule().equals(finding.rule()))
        .filter(one -> one.service().equals(finding.service()))
        .count();
  }

  @Test
  void whatTheFileAloneCannotSettleHasNone() {
    Diagnosis edge = Patients.diagnosed(Patients.delivered("edge.yaml"));

    assertThat(edge.findings())
        .filteredOn(one -> List.of("proxy-learns-late", "sticky-tasks").contains(one.rule()))
        .hasSize(2)
        .allSatisfy(one -> assertThat(DOCTOR.remedy(one, edge.stack())).isEmpty());
  }
}
