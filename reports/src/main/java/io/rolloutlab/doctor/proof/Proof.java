package io.rolloutlab.doctor.proof;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.change.ChangeWords;
import io.rolloutlab.change.Changes;
import io.rolloutlab.change.MeasureChange;
import io.rolloutlab.change.ScenarioChange;
import io.rolloutlab.change.Side;
import io.rolloutlab.change.Telling;
import io.rolloutlab.doctor.Demonstration;
import io.rolloutlab.doctor.Remedy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What came of the runs that were to show a finding.
 *
 * @param numbers those of {@link #SHOWN} that the runs have; A is the service as it is, B with the
 *     change
 * @param outcomeBefore what came of its update, with how many of each
 * @param outcomeAfter the same with the change
 * @param runs of each of the two
 * @param trouble why the numbers cannot be used, a sentence without its full stop; empty where they
 *     can
 */
public record Proof(
    ProofPlan plan,
    Judged judged,
    List<MeasureChange> numbers,
    String outcomeBefore,
    String outcomeAfter,
    int runs,
    String trouble) {
  /** What can be said of the change. */
  public enum Judged {
    /** The runs with it are better, beyond noise. */
    SHOWN,
    /** They are not: the advice does not hold for this service. */
    WITHDRAWN,
    /** The runs cannot be used. */
    UNKNOWN,
    /** There is no run that could show it. */
    NOT_RUN
  }

  /** Harm, then how long it takes, then what it costs. */
  static final List<String> SHOWN =
      List.of(
          "usersHurt",
          "failedRequests",
          "longestOutageSeconds",
          "servedAgainSeconds",
          "completedSeconds",
          "extraTasks",
          "missingTaskSeconds");

  private static final Set<String> HARM =
      Set.of("usersHurt", "failedRequests", "longestOutageSeconds");
  private static final String SOON = "completedSeconds";

  /** As {@link ScenarioChange#outcomesOfA} says it. */
  private static final String COMPLETED = "completed";

  public Proof {
    numbers = List.copyOf(numbers);
  }

  /** Of a finding that no run shows. */
  public static Proof notRun(ProofPlan plan) {
    return new Proof(plan, Judged.NOT_RUN, List.of(), "", "", 0, plan.whyNot());
  }

  /**
   * Of runs that were made.
   *
   * @param before of the service as it is, at least one
   * @param after of the same with the change, as many
   */
  public static Proof of(ProofPlan plan, List<Findings> before, List<Findings> after) {
    ScenarioChange change =
        Changes.between(
                new Side(Side.A, "without the change", before), new Side(Side.B, "with it", after))
            .scenarios()
            .get(0);
    String trouble = String.join("; ", change.leftOut());
    List<MeasureChange> numbers =
        SHOWN.stream()
            .flatMap(
                key -> change.measures().stream().filter(one -> one.measure().key().equals(key)))
            .toList();
    return new Proof(
        plan,
        trouble.isEmpty() ? judged(plan, change) : Judged.UNKNOWN,
        numbers,
        ChangeWords.counted(change.outcomesOfA()),
        ChangeWords.counted(change.outcomesOfB()),
        before.size(),
        trouble);
  }

  private static Judged judged(ProofPlan plan, ScenarioChange change) {
    Demonstration.Gain gain =
        plan.remedy().flatMap(Remedy::shownBy).map(Demonstration::gain).orElseThrow();
    boolean more = tells(change, HARM, Telling.HIGHER);
    boolean all = only(change.outcomesOfB()) && none(change.outcomesOfA());
    boolean better =
        switch (gain) {
          case HARM -> tells(change, HARM, Telling.LOWER) && !more;
          case SOONER -> (tells(change, Set.of(SOON), Telling.LOWER) || all) && !more;
          case COMPLETES -> all;
          case NOTICED -> only(change.outcomesOfA()) && none(change.outcomesOfB());
        };
    return better ? Judged.SHOWN : Judged.WITHDRAWN;
  }

  private static boolean tells(ScenarioChange change, Set<String> keys, Telling telling) {
    return change.measures().stream()
        .filter(one -> keys.contains(one.measure().key()))
        .anyMatch(one -> one.telling() == telling);
  }

  /** Whether no run's update was completed. */
  private static boolean none(Map<String, Integer> outcomes) {
    return !outcomes.containsKey(COMPLETED);
  }

  /** Whether every run's update was completed. */
  private static boolean only(Map<String, Integer> outcomes) {
    return outcomes.keySet().equals(Set.of(COMPLETED));
  }

  /** By what users fare worse with the change, whatever else it gains. */
  List<MeasureChange> price() {
    return numbers.stream()
        .filter(one -> HARM.contains(one.measure().key()))
        .filter(one -> one.telling() == Telling.HIGHER)
        .toList();
  }

  /** Why the change is not to be made, a clause; empty where nothing speaks against it. */
  public Optional<String> againstIt() {
    return switch (judged) {
      case WITHDRAWN -> Optional.of("the runs have shown that the change is of no use here");
      case UNKNOWN ->
          Optional.of("the runs cannot be used, so it is not known what it is good for");
      case SHOWN, NOT_RUN -> Optional.empty();
    };
  }

  /** Whether the runs without the change hurt users, and those with it fewer of them. */
  public boolean showsHarm() {
    return judged == Judged.SHOWN
        && numbers.stream()
            .filter(one -> HARM.contains(one.measure().key()))
            .anyMatch(one -> one.telling() == Telling.LOWER);
  }
}
