package io.rolloutlab.html;

import io.rolloutlab.doctor.Diagnosis;
import io.rolloutlab.doctor.proof.Proof;
import io.rolloutlab.html.doctor.DoctorView;
import java.util.List;
import java.util.Map;

/** What was found in stack files, as a page. */
public final class DoctorPage {
  private DoctorPage() {}

  /**
   * The page: each finding with the lines around it and, where runs were made, what they show.
   *
   * @param proofs of the findings; none where no runs were made
   */
  public static String of(List<Diagnosis> diagnoses, List<Proof> proofs) {
    return Pages.fill("doctor.ftlh", Map.of("view", DoctorView.of(diagnoses, proofs)));
  }
}
