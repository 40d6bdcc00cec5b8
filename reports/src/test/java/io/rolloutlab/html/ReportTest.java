package io.rolloutlab.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.SampleFindings;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final List<Findings> SAMPLES = SampleFindings.all(1);

  @Test
  void writesAPageForEachRun() {
    Path index = Report.render(SAMPLES, Path.of("target", "sample-report"));
    System.out.println(Report.table(SAMPLES));
    assertThat(index).exists();
  }
}
