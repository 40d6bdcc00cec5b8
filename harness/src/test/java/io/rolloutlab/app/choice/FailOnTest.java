package io.rolloutlab.app.choice;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.doctor.Finding;
import io.rolloutlab.doctor.Sureness;
import io.rolloutlab.doctor.proof.Proof;
import io.rolloutlab.doctor.proof.ProofPlan;
import io.rolloutlab.history.Manifest;
import io.rolloutlab.stack.Place;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When the doctor's command ends with 1. */
class FailOnTest {
  private static final Finding LIKELY =
      new Finding("a-rule", "web", new Place("a.yaml", 1), Sureness.LIKELY, "it does", "change it");
  private static final ProofPlan PLAN =
      new ProofPlan(LIKELY, Optional.empty(), List.of(), "no run shows it", List.of());

  private static Proof proof(Proof.Judged judged) {
    Proof.Made none = new Proof.Made(Manifest.Origin.TWIN, 0, false, List.of());
    return new Proof(PLAN, judged, List.of(), "", "", none, "");
  }

  @Test
  void aFindingIsAsSureAsIsAskedFor() {
    assertThat(FailOn.CERTAIN.isMet(List.of(LIKELY), List.of())).isFalse();
    assertThat(FailOn.LIKELY.isMet(List.of(LIKELY), List.of())).isTrue();
    assertThat(FailOn.POSSIBLE.isMet(List.of(LIKELY), List.of())).isTrue();
    assertThat(FailOn.NEVER.isMet(List.of(LIKELY), List.of())).isFalse();
  }

  /** A gate must not be open since nothing could be measured. */
  @Test
  void runsThatCannotBeUsedArePassedByNobody() {
    assertThat(FailOn.HARM.isMet(List.of(LIKELY), List.of(proof(Proof.Judged.UNKNOWN)))).isTrue();
    assertThat(FailOn.HARM.isMet(List.of(LIKELY), List.of(proof(Proof.Judged.WITHDRAWN))))
        .isFalse();
    assertThat(FailOn.HARM.isMet(List.of(LIKELY), List.of(proof(Proof.Judged.NOT_RUN)))).isFalse();
  }
}
