package io.rolloutlab.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.rolloutlab.analysis.SampleFindings;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultFilesTest {
  /** Knows the largest piece that it was given at once. */
  private static final class Pieces extends StringWriter {
    private int largest;

    @Override
    public void write(char[] buffer, int offset, int length) {
      largest = Math.max(largest, length);
      super.write(buffer, offset, length);
    }

    @Override
    public void write(String text) {
      largest = Math.max(largest, text.length());
      super.write(text);
    }

    @Override
    public void write(String text, int offset, int length) {
      largest = Math.max(largest, length);
      super.write(text, offset, length);
    }
  }

  @Test
  void resultsAreWrittenAsTheyAreMadeAndNotHeldAsAWhole() throws IOException {
    Pieces pieces = new Pieces();

    ResultFiles.json(Runs.of(SampleFindings.all(1)), List.of(), pieces);

    String text = pieces.toString();
    assertThat(text).hasSizeGreaterThan(200_000).endsWith("}\n");
    assertThat(pieces.largest).isLessThan(20_000);
    assertThat(new JsonMapper().readTree(text).path("runs").size()).isGreaterThan(3);
  }
}
