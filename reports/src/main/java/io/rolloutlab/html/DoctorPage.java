package io.rolloutlab.html;

import io.rolloutlab.doctor.Diagnosis;
import io.rolloutlab.doctor.proof.Proof;
import io.rolloutlab.html.doctor.DoctorView;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What was found in stack files, as a page. */
public final class DoctorPage {
  private DoctorPage() {}

  /**
   * The page: each finding with the lines around it and, where runs were made, what they show.
   *
   * @param proofs of the findings; none where no runs were made
   * @param page where it is to stand, since it leads to pages of runs
   */
  public static String of(List<Diagnosis> diagnoses, List<Proof> proofs, Path page) {
    return Pages.fill("doctor.ftlh", Map.of("view", DoctorView.of(diagnoses, proofs, page)));
  }
}
