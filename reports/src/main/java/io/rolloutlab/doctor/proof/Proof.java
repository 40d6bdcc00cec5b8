package io.rolloutlab.doctor.proof;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.change.ChangeWords;
import io.rolloutlab.change.Changes;
import io.rolloutlab.change.MeasureChange;
import io.rolloutlab.change.ScenarioChange;
import io.rolloutlab.change.Side;
import io.rolloutlab.change.Telling;
import io.rolloutlab.history.Manifest;
import java.util.List;
import java.util.Optional;

/**
 * What came of the runs that were to show a finding.
 *
 * @param numbers of the runs, as {@link Judging#of} has them; A is the service as it is, B with the
 *     change
 * @param outcomeBefore what came of its update, with how many of each
 * @param outcomeAfter the same with the change
 * @param made which runs
 * @param trouble why the numbers cannot be used, or there are none, a sentence without its full
 *     stop; empty where they can, and where they are too few to tell
 */
public record Proof(
    ProofPlan plan,
    Judged judged,
    List<MeasureChange> numbers,
    String outcomeBefore,
    String outcomeAfter,
    Made made,
    String trouble) {
  /** What can be said of the change. */
  public enum Judged {
    /** The runs with it are better, beyond noise. */
    SHOWN,
    /** They are not: the advice does not hold for this service. */
    WITHDRAWN,
    /** The runs cannot be used, or are too few to tell. */
    UNKNOWN,
    /** There is no run that could show it. */
    NOT_RUN
  }

  /**
   * The runs that a proof rests on.
   *
   * @param origin real or simulated; of a finding that no run shows, as the others of the call
   * @param each how many there are of the service as it is, and of it with the change; 0 for none
   * @param few whether that is too few to know how far chance reaches
   * @param kept those that have a page
   */
  public record Made(Manifest.Origin origin, int each, boolean few, List<KeptRun> kept) {
    public Made {
      kept = List.copyOf(kept);
    }

    /** Whether no Docker was used. */
    public boolean simulated() {
      return origin == Manifest.Origin.TWIN;
    }
  }

  public Proof {
    numbers = List.copyOf(numbers);
  }

  /** Of a finding that no run shows. */
  public static Proof notRun(ProofPlan plan, Manifest.Origin origin) {
    Made none = new Made(origin, 0, false, List.of());
    return new Proof(plan, Judged.NOT_RUN, List.of(), "", "", none, plan.whyNot());
  }

  /**
   * Of runs some of which have left nothing that can be read.
   *
   * @param why a sentence without its full stop
   * @param kept those that have a page
   */
  public static Proof lost(ProofPlan plan, Manifest.Origin origin, String why, List<KeptRun> kept) {
    Made made = new Made(origin, 0, false, kept);
    return new Proof(plan, Judged.UNKNOWN, List.of(), "", "", made, why);
  }

  /**
   * Of runs that were made.
   *
   * @param before of the service as it is, at least one
   * @param after of the same with the change, as many
   * @param kept those that have a page
   */
  public static Proof of(
      ProofPlan plan, List<Findings> before, List<Findings> after, List<KeptRun> kept) {
    ScenarioChange change =
        Changes.between(
                new Side(Side.A, "without the change", before), new Side(Side.B, "with it", after))
            .scenarios()
            .get(0);
    String trouble = String.join("; ", change.leftOut());
    Judging judging = Judging.of(plan.run().gain(), change);
    return new Proof(
        plan,
        trouble.isEmpty() ? judging.judged() : Judged.UNKNOWN,
        judging.numbers(),
        ChangeWords.counted(change.outcomesOfA()),
        ChangeWords.counted(change.outcomesOfB()),
        new Made(before.get(0).manifest().origin(), before.size(), !change.hasEnoughRuns(), kept),
        trouble);
  }

  /** Whether no run shows it. */
  public boolean isNotRun() {
    return judged == Judged.NOT_RUN;
  }

  /** By what users fare worse with the change, whatever else it gains. */
  List<MeasureChange> price() {
    return numbers.stream()
        .filter(Judging::isHarm)
        .filter(one -> one.telling() == Telling.HIGHER)
        .toList();
  }

  /** Why the change is not to be made, a clause; empty where nothing speaks against it. */
  public Optional<String> againstIt() {
    return switch (judged) {
      case WITHDRAWN -> Optional.of("the runs have shown that the change is of no use here");
      case UNKNOWN ->
          Optional.of(
              trouble.isEmpty()
                  ? "so few runs do not tell what it is good for"
                  : "the runs cannot be used, so it is not known what it is good for");
      case SHOWN, NOT_RUN -> Optional.empty();
    };
  }

  /** Whether the runs without the change hurt users, and those with it fewer of them. */
  public boolean showsHarm() {
    return judged == Judged.SHOWN
        && numbers.stream().filter(Judging::isHarm).anyMatch(one -> one.telling() == Telling.LOWER);
  }
}
