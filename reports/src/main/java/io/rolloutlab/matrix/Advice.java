package io.rolloutlab.matrix;

import java.util.List;
import java.util.Optional;

/**
 * What to choose, as far as numbers say it.
 *
 * @param about the situation; empty for all of them together
 * @param sentences made by rules out of the numbers, each of which can come out otherwise
 * @param cells that they rest on
 * @param next what the next hurts more than the best; empty where no interval of that is known
 */
public record Advice(
    String about, List<String> sentences, List<MatrixCell> cells, Optional<MoreHurt> next) {
  public Advice {
    sentences = List.copyOf(sentences);
    cells = List.copyOf(cells);
  }

  /** One that has no interval. */
  public Advice(String about, List<String> sentences, List<MatrixCell> cells) {
    this(about, sentences, cells, Optional.empty());
  }

  /** As one text. */
  public String text() {
    return String.join(" ", sentences);
  }
}
