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
  private static final List<String> ALWAYS = List.of("usersHurt", "failedRequests");

  private ProofLines() {}

  /** What all of them rest on, one after the other, and how many of each there are. */
  public static String of(List<Proof> proofs) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    proofs.forEach(proof -> lines.addAll(lines(proof)));
    lines.addAll(leftOut(proofs));
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
        .filter(ProofLines::isTold)
        .forEach(number -> lines.add("    " + number(proof, number)));
    if (proof.runs() > 0) {
      lines.add("    " + outcome(proof));
    }
    proof
        .plan()
        .remedy()
        .flatMap(Remedy::onlyWhere)
        .filter(where -> proof.judged() == Proof.Judged.SHOWN)
        .ifPresent(where -> lines.add("    that helps " + where));
    return lines;
  }

  /** Harm is always told, all else where it has changed. */
  private static boolean isTold(MeasureChange number) {
    return ALWAYS.contains(number.measure().key()) || number.telling().isChange();
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
          "shown: with \"%s\" %s, beyond noise%s (%s)"
              .formatted(change(proof), run(proof).gain().words(), price(proof), made(proof));
      case WITHDRAWN ->
          "advice withdrawn: with \"%s\" alone it does not show that %s (%s)"
              .formatted(change(proof), run(proof).gain().words(), made(proof));
      case UNKNOWN -> "UNKNOWN: the runs cannot be used: " + proof.trouble();
      case NOT_RUN -> "not shown: " + proof.trouble();
    };
  }

  private static String price(Proof proof) {
    String more = String.join(", ", proof.price().stream().map(ChangeWords::label).toList());
    return more.isEmpty() ? "" : "; its price is more of these: " + more;
  }

  private static String change(Proof proof) {
    return proof.plan().remedy().map(Remedy::print).orElse("");
  }

  private static Demonstration run(Proof proof) {
    return proof.plan().remedy().flatMap(Remedy::shownBy).orElseThrow();
  }

  private static String made(Proof proof) {
    Demonstration run = run(proof);
    return "simulated: %s runs without it, %s with it, %s%s"
        .formatted(
            proof.runs(),
            proof.runs(),
            run.fault().map(fault -> "a v2 that " + fault.words()).orElse("a good v2"),
            run.back() ? ", taken back again" : "");
  }

  /** A number on both sides: mean, least to most, and whether they are told apart. */
  private static String number(Proof proof, MeasureChange number) {
    String of =
        number.measure().key().equals("usersHurt")
            ? " of " + proof.plan().scenarios().get(0).load().users()
            : "";
    return "%s%s: %s%s without, %s%s with: %s"
        .formatted(
            ChangeWords.label(number),
            of,
            ChangeWords.meanOfA(number),
            behind(ChangeWords.spread(number.a(), number)),
            ChangeWords.meanOfB(number),
            behind(ChangeWords.spread(number.b(), number)),
            told(number));
  }

  /** Whether a number is told apart, and by how much. */
  public static String told(MeasureChange number) {
    if (number.telling() == Telling.ONE_SIDE) {
      return number.a().isEmpty()
          ? "only with the change there is such a number"
          : "only without the change there is such a number";
    }
    return ChangeWords.verdict(number);
  }

  private static String behind(String spread) {
    return spread.isEmpty() ? "" : " (%s)".formatted(spread);
  }

  /** How many there are of each, in a sentence. */
  public static String summary(List<Proof> proofs) {
    return "%s shown by simulated runs, %s withdrawn, %s unknown, %s that no run shows."
        .formatted(
            count(proofs, Proof.Judged.SHOWN),
            count(proofs, Proof.Judged.WITHDRAWN),
            count(proofs, Proof.Judged.UNKNOWN),
            count(proofs, Proof.Judged.NOT_RUN));
  }

  private static long count(List<Proof> proofs, Proof.Judged judged) {
    return proofs.stream().filter(proof -> proof.judged() == judged).count();
  }
}
