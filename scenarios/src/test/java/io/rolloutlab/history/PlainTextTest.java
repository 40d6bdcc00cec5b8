package io.rolloutlab.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.scenario.update.UpdateEnd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainTextTest {
  private static final String ESC = "\u001B";

  @ParameterizedTest
  @CsvSource({
    "~[31mred~[0m, red",
    "~[2J~[1;1Hhome, home",
    "~]0;title\u0007text, text",
    "~]8;;http://x~\\link~]8;;~\\, link",
    "~Pdevice~\\text, text",
    "~(Bascii, ascii",
    "~cafter a reset, after a reset"
  })
  void escapeSequencesGoWhole(String text, String rest) {
    assertThat(PlainText.of(text.replace("~", ESC))).isEqualTo(rest);
  }

  @Test
  void controlCharactersGoAndLinesStay() {
    assertThat(PlainText.of("a\u0000b\u0007c\u007F\u009B31md\u202Ee\te\r\nnext\rlast\n"))
        .isEqualTo("abcde\te\nnext\nlast\n");
  }

  @Test
  void otherTextIsLeftAlone() {
    String text = "naïve – „Grüße\" 世界 [31m\n\ttab";
    assertThat(PlainText.of(text)).isEqualTo(text);
  }

  @Test
  void whatSwarmSaysInEventsIsPlain() {
    String coloured = ESC + "[31mexit 1";
    assertThat(new Event.Fault(1, "task failed", coloured, false).detail()).isEqualTo("exit 1");
    assertThat(new Event.RunEnded(1, Event.End.FAILED, coloured).cause()).isEqualTo("exit 1");
    assertThat(new Event.UpdateChange(1, "s", "paused", coloured).message()).isEqualTo("exit 1");
    assertThat(new Event.UpdateEnded(1, 1, "s", false, UpdateEnd.NEVER_ENDED, coloured).message())
        .isEqualTo("exit 1");
    assertThat(
            new Event.TaskChange(
                    1, 1, new TaskRef("t", "s", 1, "n", "v1"), "failed", "shutdown", coloured)
                .message())
        .isEqualTo("exit 1");
  }
}
