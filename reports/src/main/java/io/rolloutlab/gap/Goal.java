package io.rolloutlab.gap;

import static io.rolloutlab.text.Figures.FIGURES;

import io.rolloutlab.analysis.run.Verdict;
import io.rolloutlab.text.Figures;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How well the twin has to do, and how well it does for one scenario.
 *
 * @param kind which goal
 * @param number what is judged, for people
 * @param verdict PASS: within; FAIL: not within; UNKNOWN: cannot be judged
 * @param because what the number is made of, and why it cannot be judged where it cannot
 */
public record Goal(Kind kind, String number, Verdict verdict, String because) {
  /** What the rollout's time may differ by, in percent of the real one. */
  static final double TIME_PERCENT = 5;

  /** What the area between the version mixes may be, in percent of the whole. */
  static final double MIX_PERCENT = 3;

  /** Floating point's, not the goals'. */
  static final double SLACK = 1e-9;

  /** What the simulated p99 may be of the real one, and the real one of the simulated. */
  static final double LATENCY_FACTOR = 1.5;

  /**
   * Fewer real runs do not say how far errors are spread. Of three the truth itself is outside in
   * one case of four, so a count that is "not within" by a little is no proof of a fault.
   */
  static final int REPEATS = 3;

  /** The goals. */
  public enum Kind {
    TIME(
        "Rollout time",
        "within %s %%".formatted(FIGURES.number(TIME_PERCENT, 0)),
        "The first rollout, from its command until every request was answered well and by v2: the"
            + " mean of the simulated runs against the mean of the real ones. Where Swarm gave an"
            + " update up, or v2 never served everybody in any real run, until Swarm's decision."),
    MIX(
        "Version mix",
        "within %s %% of the whole".formatted(FIGURES.number(MIX_PERCENT, 0)),
        "The area between the mean curve of the real runs and the mean curve of the simulated ones,"
            + " in percent of all that could be between them; seconds without answers do not count."
            + " Of single runs it would mostly be"
            + " chance; what chance alone makes of this number is said beside it."),
    ERRORS(
        "Failed requests",
        "within the real runs' own spread over %s repeats".formatted(REPEATS),
        "Since the rollout began: the mean of the simulated runs, to the whole request, from the"
            + " least to the most of the real ones. Of three real runs the truth itself is outside"
            + " in one case of four."),
    LATENCY(
        "p99",
        "within %s ×".formatted(FIGURES.number(LATENCY_FACTOR, 1)),
        "The 99th percentile of the answers since the rollout began: the mean of the simulated runs"
            + " against the mean of the real ones that no others were made beside.");

    private final String title;
    private final String wanted;
    private final String how;

    Kind(String title, String wanted, String how) {
      this.title = title;
      this.wanted = wanted;
      this.how = how;
    }

    /** What is judged. */
    public String title() {
      return title;
    }

    /** The goal itself. */
    public String wanted() {
      return wanted;
    }

    /** What is compared with what, in sentences. */
    public String how() {
      return how;
    }
  }

  /** The same, not judged, whatever its number says. */
  Goal notJudged(String why) {
    return new Goal(kind, number, Verdict.UNKNOWN, why);
  }

  /** In words: {@code within}, {@code not within}, {@code cannot be judged}. */
  public String word() {
    return switch (verdict) {
      case PASS -> "within";
      case FAIL -> "not within";
      case UNKNOWN, NOTHING_EXPECTED -> "cannot be judged";
    };
  }

  /** Of the first rollout's row. */
  static Goal time(GapRow row) {
    String spread =
        "%s s real, %s s simulated"
            .formatted(FIGURES.range(row.live(), 2), FIGURES.range(row.twin(), 2));
    if (!row.live().isWhole() || !row.twin().isWhole()) {
      return new Goal(
          Kind.TIME,
          Figures.NONE,
          row.verdict(),
          "v2 served everybody in %s of %s real and %s of %s simulated runs"
              .formatted(
                  row.live().values().size(),
                  row.live().runs(),
                  row.twin().values().size(),
                  row.twin().runs()));
    }
    return new Goal(Kind.TIME, FIGURES.signedPercent(row.percent()), row.verdict(), spread);
  }

  /**
   * Of when Swarm decided on the first update.
   *
   * @param same whether it decided the same in all runs, real and simulated
   */
  static Goal decision(GapRow row, boolean same, String decided) {
    String spread =
        "Swarm's decision (%s): %s s real, %s s simulated"
            .formatted(decided, FIGURES.range(row.live(), 2), FIGURES.range(row.twin(), 2));
    String number = row.live().isWhole() ? FIGURES.signedPercent(row.percent()) : Figures.NONE;
    return new Goal(Kind.TIME, number, same ? row.verdict() : Verdict.FAIL, spread);
  }

  /** Of the p99 in milliseconds. */
  static Goal latency(GapRow row) {
    if (!row.live().isWhole() || !row.twin().isWhole()) {
      return new Goal(
          Kind.LATENCY, Figures.NONE, Verdict.UNKNOWN, "not every run has answers since x = 0");
    }
    double factor = row.twin().mean() / row.live().mean();
    boolean within = Math.max(factor, 1 / factor) <= LATENCY_FACTOR + SLACK;
    return new Goal(
        Kind.LATENCY,
        FIGURES.number(factor, 2) + " ×",
        within ? Verdict.PASS : Verdict.FAIL,
        "%s ms real, %s ms simulated"
            .formatted(FIGURES.range(row.live(), 1), FIGURES.range(row.twin(), 1)));
  }

  /** For a run without a rollout. */
  static Goal noRollout() {
    return new Goal(Kind.TIME, Figures.NONE, Verdict.UNKNOWN, "there was no rollout");
  }

  static Goal mix(MixGap mix) {
    String said = ofSingleRuns(mix);
    double area = mix.ofMeans();
    if (Double.isNaN(area)) {
      return new Goal(Kind.MIX, Figures.NONE, Verdict.UNKNOWN, "no second has answers in both");
    }
    String number = FIGURES.number(area, 1) + " %";
    if (area <= MIX_PERCENT + SLACK) {
      return new Goal(Kind.MIX, number, Verdict.PASS, said);
    }
    // So few real runs would be as far from the truth itself; what is farther is no chance.
    boolean chance =
        !mix.chance().isEmpty()
            && mix.chance().mean() > MIX_PERCENT
            && area <= mix.chance().most() + SLACK;
    return chance
        ? new Goal(Kind.MIX, number, Verdict.UNKNOWN, "too few runs for this goal: " + said)
        : new Goal(Kind.MIX, number, Verdict.FAIL, said);
  }

  private static String ofSingleRuns(MixGap mix) {
    return "chance alone: %s; single runs: %s real to simulated, %s real to real"
        .formatted(
            FIGURES.range(mix.chance(), 1),
            FIGURES.range(mix.runToRun(), 1),
            FIGURES.range(mix.amongLive(), 1));
  }

  static Goal errors(GapRow all, List<GapRow> phases) {
    if (!all.live().isWhole() || !all.twin().isWhole()) {
      return new Goal(
          Kind.ERRORS, Figures.NONE, Verdict.UNKNOWN, "the errors of a run are not known");
    }
    String number =
        "%s against %s"
            .formatted(FIGURES.number(all.twin().mean(), 1), FIGURES.range(all.live(), 1));
    int repeats = all.live().runs();
    String few = repeats < REPEATS ? "%s of %s real runs; ".formatted(repeats, REPEATS) : "";
    return new Goal(Kind.ERRORS, number, all.countVerdict(), few + within(all, phases));
  }

  private static String within(GapRow all, List<GapRow> phases) {
    String seeds =
        "%s of %s simulated runs are within"
            .formatted(all.twin().within(all.live()), all.twin().runs());
    String outside =
        phases.stream()
            .filter(phase -> phase.countVerdict() == Verdict.FAIL)
            .map(GapRow::measure)
            .collect(Collectors.joining(", "));
    return outside.isEmpty() ? seeds : seeds + "; the mean is not within in: " + outside;
  }
}
