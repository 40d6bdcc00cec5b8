package io.rolloutlab.doctor.proof;

import io.rolloutlab.change.ChangeWords;
import io.rolloutlab.change.MeasureChange;
import io.rolloutlab.change.Telling;
import io.rolloutlab.doctor.Demonstration;
import io.rolloutlab.doctor.Finding;
import io.rolloutlab.doctor.Remedy;
import io.rolloutlab.stack.StackNote;
import java.util.ArrayList;
import java.util.List;

/** What the console says of proofs. */
public final class ProofLines {
  /** When single runs, or two or three of each, are told apart; a sentence. */
  public static final String FEW =
      "Fewer than four runs each do not show how far chance reaches: they are told apart where every"
          + " run of one side is beyond every run of the other, shares of failures by 95 % intervals"
          + " that do not meet, times by more than a second and, unless they are outages, by more than a"
          + " fifth.";

  private ProofLines() {}

  /** What all of them rest on, one after the other, and how many of each there are. */
  public static String of(List<Proof> proofs) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    proofs.forEach(proof -> lines.addAll(lines(proof)));
    lines.addAll(leftOut(proofs));
    if (proofs.stream().anyMatch(proof -> proof.made().few())) {
      lines.add(FEW);
    }
    lines.add(summary(proofs));
    return String.join("\n", lines) + "\n";
  }

  /** What of the services is not in the runs, with file and line. */
  public static List<String> leftOut(List<Proof> proofs) {
    return proofs.stream()
        .flatMap(proof -> proof.plan().notes().stream())
        .map(StackNote::print)
        .distinct()
        .map(note -> "not in the runs: " + note)
        .toList();
  }

  private static List<String> lines(Proof proof) {
    Finding finding = proof.plan().finding();
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s: %s: %s: %s"
            .formatted(
                finding.place().print(), finding.rule(), finding.service(), sentence(proof)));
    proof.numbers().stream()
        .filter(number -> isTold(proof, number))
        .forEach(number -> lines.add("    " + number(proof, number)));
    if (proof.made().each() > 0) {
      lines.add("    " + outcome(proof));
    }
    proof.made().kept().forEach(run -> lines.add("    %s: %s".formatted(run.called(), run.page())));
    proof
        .plan()
        .remedy()
        .flatMap(Remedy::onlyWhere)
        .filter(where -> proof.judged() == Proof.Judged.SHOWN)
        .ifPresent(where -> lines.add("    that helps " + where));
    return lines;
  }

  /** Harm is always told, all else where it has changed; of few runs the sentence has it. */
  private static boolean isTold(Proof proof, MeasureChange number) {
    return !proof.made().few() && isCount(number) || number.telling().isChange();
  }

  private static boolean isCount(MeasureChange number) {
    return Judging.COUNTS.contains(number.measure().key());
  }

  /** What came of the updates, without its full stop. */
  public static String outcome(Proof proof) {
    return "what came of the update: %s without the change, %s with it"
        .formatted(proof.outcomeBefore(), proof.outcomeAfter());
  }

  /** What the runs came to, in a word or two. */
  public static String word(Proof.Judged judged) {
    return switch (judged) {
      case SHOWN -> "shown";
      case WITHDRAWN -> "advice withdrawn";
      case UNKNOWN -> "UNKNOWN";
      case NOT_RUN -> "not shown by a run";
    };
  }

  /** What can be said, without its full stop. */
  public static String sentence(Proof proof) {
    return switch (proof.judged()) {
      case SHOWN ->
          "shown: with \"%s\" %s%s%s (%s)"
              .formatted(
                  proof.plan().change(),
                  gain(proof).words(),
                  proof.made().few() ? bothSides(proof) : ", beyond noise",
                  price(proof),
                  made(proof));
      case WITHDRAWN ->
          "advice withdrawn: with \"%s\" alone it does not show that %s%s (%s)"
              .formatted(
                  proof.plan().change(),
                  gain(proof).words(),
                  proof.made().few() ? bothSides(proof) : "",
                  made(proof));
      case UNKNOWN ->
          proof.trouble().isEmpty()
              ? "UNKNOWN: %s do%s not tell whether with \"%s\" %s%s (%s)"
                  .formatted(
                      each(proof),
                      proof.made().each() == 1 ? "es" : "",
                      proof.plan().change(),
                      gain(proof).words(),
                      bothSides(proof),
                      made(proof))
              : "UNKNOWN: the runs cannot be used: " + proof.trouble();
      case NOT_RUN -> "not shown: " + proof.trouble();
    };
  }

  private static String price(Proof proof) {
    String more = String.join(", ", proof.price().stream().map(ChangeWords::label).toList());
    return more.isEmpty() ? "" : "; its price is more of these: " + more;
  }

  private static Demonstration.Gain gain(Proof proof) {
    return proof.plan().run().gain();
  }

  private static String made(Proof proof) {
    Demonstration run = proof.plan().run();
    return "%s: %s, %s%s"
        .formatted(
            origin(proof.made()),
            proof.made().few()
                ? each(proof)
                : "%1$s runs without it, %1$s with it".formatted(proof.made().each()),
            run.fault().map(fault -> "a v2 that " + fault.words()).orElse("a good v2"),
            run.back() ? ", taken back again" : "");
  }

  private static String each(Proof proof) {
    return proof.made().each() == 1 ? "one run each" : proof.made().each() + " runs each";
  }

  /** A word: real runs and simulated ones are never told of alike. */
  static String origin(Proof.Made made) {
    return made.simulated() ? "simulated" : "live";
  }

  /** What the gain is about, without the change and with it. */
  private static String bothSides(Proof proof) {
    List<String> numbers =
        proof.numbers().stream()
            .filter(number -> isAsked(gain(proof), number))
            .map(number -> values(proof, number))
            .toList();
    return ": " + (numbers.isEmpty() ? outcome(proof) : String.join("; ", numbers));
  }

  private static boolean isAsked(Demonstration.Gain gain, MeasureChange number) {
    return switch (gain) {
      // A share says the same as its count, which people understand sooner.
      case HARM -> isCount(number) || number.telling().isChange() && Judging.isOutage(number);
      case SOONER -> number.measure().key().equals(Judging.SOON);
      case COMPLETES, NOTICED -> false;
    };
  }

  /** A number on both sides: mean, least to most, and whether they are told apart. */
  private static String number(Proof proof, MeasureChange number) {
    return "%s: %s".formatted(values(proof, number), told(number));
  }

  private static String values(Proof proof, MeasureChange number) {
    String of =
        number.measure().key().equals("usersHurt")
            ? " of " + proof.plan().scenarios().get(0).load().users()
            : "";
    return "%s%s: %s%s without, %s%s with"
        .formatted(
            ChangeWords.label(number),
            of,
            ChangeWords.meanOfA(number),
            behind(ChangeWords.spread(number.a(), number)),
            ChangeWords.meanOfB(number),
            behind(ChangeWords.spread(number.b(), number)));
  }

  /** Whether a number is told apart, and by how much. */
  public static String told(MeasureChange number) {
    if (number.telling() == Telling.ONE_SIDE) {
      return number.a().isEmpty()
          ? "only with the change there is such a number"
          : "only without the change there is such a number";
    }
    return isCount(number) && number.telling() == Telling.TOO_FEW_RUNS
        ? "a count says nothing of other runs"
        : ChangeWords.verdict(number);
  }

  private static String behind(String spread) {
    return spread.isEmpty() ? "" : " (%s)".formatted(spread);
  }

  /** How many there are of each, in a sentence. */
  public static String summary(List<Proof> proofs) {
    return "%s shown by %s runs, %s withdrawn, %s unknown, %s that no run shows."
        .formatted(
            count(proofs, Proof.Judged.SHOWN),
            proofs.stream().findFirst().map(one -> origin(one.made())).orElse("the"),
            count(proofs, Proof.Judged.WITHDRAWN),
            count(proofs, Proof.Judged.UNKNOWN),
            count(proofs, Proof.Judged.NOT_RUN));
  }

  private static long count(List<Proof> proofs, Proof.Judged judged) {
    return proofs.stream().filter(proof -> proof.judged() == judged).count();
  }
}
