package io.rolloutlab.html.matrix;

import java.util.List;

/**
 * What the colours of a table say. Only harm done to users looks like harm: what a rollout costs,
 * or how it ended, is more or less of something, and none of it is bad by itself.
 */
public enum Colours {
  /** Harm, by its share of all users, or of all requests. */
  HARM_BY_SHARE("sev-", "Coloured by the share: below 1 %, 10 %, 50 %, and above.", 1, 10, 50),
  /** Harm without a whole. */
  HARM(
      "sev-",
      "Coloured beside the largest number of this table: below a quarter of it, a half, three"
          + " quarters, and above.",
      25,
      50,
      75),
  /** An amount. */
  AMOUNT(
      "amount-",
      "Shaded beside the largest number of this table, by quarters: the shade says how much it is,"
          + " not how bad.",
      25,
      50,
      75),
  /** How it ended. */
  OUTCOME("amount-", "Shaded where the rollout did not get to its end, which may be for the best.");

  private static final List<String> WORDS = List.of("none", "little", "some", "much", "most");

  private final String css;
  private final String sentence;
  private final double[] from;

  Colours(String css, String sentence, double... from) {
    this.css = css;
    this.sentence = sentence;
    this.from = from;
  }

  /**
   * An entry of the legend.
   *
   * @param css class of its swatch
   * @param words what it stands for
   */
  public record Key(String css, String words) {}

  /** How the colours are given, a sentence. */
  public String sentence() {
    return sentence;
  }

  /** The legend. */
  public List<Key> keys() {
    if (this == OUTCOME) {
      return List.of(new Key(ended(false), "did not get to its end"));
    }
    int none = this == AMOUNT ? 1 : 0;
    return WORDS.subList(none, WORDS.size()).stream()
        .map(word -> new Key(css + WORDS.indexOf(word), word))
        .toList();
  }

  /** The class of a box by how its rollouts ended; empty for no colour. */
  static String ended(boolean done) {
    return done ? "" : "amount-2";
  }

  /**
   * The class of a box; empty for no colour.
   *
   * @param value not a number where it is not known
   * @param percent of the whole, or of the largest number in the table
   */
  String of(double value, double percent) {
    if (Double.isNaN(value) || this == AMOUNT && value <= 0) {
      return "";
    }
    int step = value <= 0 ? 0 : 1;
    for (double least : from) {
      step += value > 0 && percent >= least ? 1 : 0;
    }
    return css + step;
  }
}
