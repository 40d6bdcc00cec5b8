package io.rolloutlab.matrix;

import java.util.List;

/**
 * What to choose, as far as numbers say it.
 *
 * @param about the situation; empty for all of them together
 * @param sentences made by rules out of the numbers, each of which can come out otherwise
 * @param cells that they rest on
 */
public record Advice(String about, List<String> sentences, List<MatrixCell> cells) {
  public Advice {
    sentences = List.copyOf(sentences);
    cells = List.copyOf(cells);
  }

  /** As one text. */
  public String text() {
    return String.join(" ", sentences);
  }
}
