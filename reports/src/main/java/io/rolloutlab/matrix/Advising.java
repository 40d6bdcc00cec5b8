package io.rolloutlab.matrix;

import io.rolloutlab.text.Named;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What to choose: rules that make sentences out of a matrix's numbers. Users come first, then how
 * long they are hurt, then what it costs; where numbers do not tell strategies apart, that is what
 * is said.
 */
final class Advising {
  private static final MatrixMeasure USERS = MatrixMeasure.USERS_HURT;
  private static final MatrixMeasure TIME = MatrixMeasure.SERVED_AGAIN;
  private static final MatrixMeasure ROOM = MatrixMeasure.EXTRA_TASKS;
  private static final MatrixMeasure COURSE = MatrixMeasure.COURSE;

  /** A course that is shorter than this share of another one has fewer requests that can fail. */
  private static final double SHORTER = 0.8;

  private final MatrixResult result;

  private Advising(MatrixResult result) {
    this.result = result;
  }

  /** All that is to be said, first over all situations and then of each. */
  static List<Advice> of(MatrixResult result) {
    Advising advising = new Advising(result);
    List<Advice> all = new ArrayList<>();
    advising.overall().or(advising::ofOthersOnly).ifPresent(all::add);
    result.situations().stream()
        .filter(situation -> !advising.tooFewWereAskedFor(situation))
        .forEach(situation -> all.add(advising.in(situation)));
    return all;
  }

  /** Whether it is by choice that nothing can be compared in a situation. */
  private boolean tooFewWereAskedFor(String situation) {
    return !result.leftOut().isEmpty()
        && result.column(situation).stream()
                .filter(MatrixCell::forEverybody)
                .filter(cell -> !cell.isLeftOut())
                .count()
            < 2;
  }

  private Advice in(String situation) {
    List<MatrixCell> compared =
        result.column(situation).stream()
            .filter(MatrixCell::forEverybody)
            .filter(cell -> !cell.isUnmade())
            .toList();
    List<MatrixCell> known =
        compared.stream().filter(cell -> cell.range(USERS).isPresent()).toList();
    if (known.size() < 2) {
      return new Advice(situation, List.of(nothing(known)), known);
    }
    Ranked ranked = Ranked.by(USERS, known);
    Optional<MoreHurt> more = nextAgainstBest(ranked);
    List<String> sentences = new ArrayList<>();
    Set<MatrixCell> cells = new LinkedHashSet<>(ranked.best());
    if (ranked.isTie()) {
      sentences.add(tie(ranked.best()));
    } else {
      cells.add(ranked.next());
      sentences.add(fewest(ranked, more));
      cameTo(ranked.best()).ifPresent(sentences::add);
      shorter(ranked.best(), ranked.next()).ifPresent(sentences::add);
    }
    if (ranked.best().size() > 1) {
      soonest(ranked.best()).ifPresent(sentences::add);
      sentences.add(cheapest(ranked.best()));
    } else {
      sentences.add(price(ranked.first(), ranked.next()));
    }
    unknown(compared, known).ifPresent(sentences::add);
    return new Advice(situation, sentences, List.copyOf(cells), more);
  }

  private static String fewest(Ranked ranked, Optional<MoreHurt> more) {
    return "%s fewest users: %s of %s. The next, %s, hurts %s%s."
        .formatted(
            hurts(ranked.best()),
            ranked.best().size() == 1
                ? MatrixWords.told(ranked.first(), USERS)
                : MatrixWords.span(ranked.best(), USERS),
            ranked.first().users(),
            ranked.next().strategy(),
            MatrixWords.told(ranked.next(), USERS),
            more.map(its -> ", " + its.words()).orElse(""));
  }

  /** Against the nearest of the best for which an interval can be told; empty in a tie as well. */
  private static Optional<MoreHurt> nextAgainstBest(Ranked ranked) {
    return ranked.others().stream()
        .limit(1)
        .flatMap(next -> ranked.best().stream().map(best -> MoreHurt.of(next, best)))
        .flatMap(Optional::stream)
        .reduce((further, nearest) -> nearest);
  }

  private static Optional<String> unknown(List<MatrixCell> all, List<MatrixCell> known) {
    List<MatrixCell> out = all.stream().filter(cell -> !known.contains(cell)).toList();
    return out.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Not compared, for want of numbers that can be trusted: %s."
                .formatted(MatrixWords.strategies(out)));
  }

  private static String nothing(List<MatrixCell> known) {
    return "Nothing can be said: %s left numbers that can be trusted."
        .formatted(known.isEmpty() ? "no strategy" : "only " + known.get(0).strategy());
  }

  private static String hurts(List<MatrixCell> best) {
    return best.size() == 1
        ? best.get(0).strategy() + " hurts the"
        : "%s are not told apart and hurt the".formatted(MatrixWords.strategies(best));
  }

  /** Where those that are kind to users did not bring v2 to them: whose merit that is. */
  private static Optional<String> cameTo(List<MatrixCell> best) {
    List<MatrixCell> ended = best.stream().filter(cell -> !cell.done()).toList();
    return ended.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "v2 did not get to everybody there: %s."
                .formatted(
                    ended.stream()
                        .map(cell -> cell.strategy() + " was " + MatrixWords.outcome(cell))
                        .collect(Collectors.joining(", "))));
  }

  /** Where those that are kind to users were watched for a shorter time than the next. */
  private static Optional<String> shorter(List<MatrixCell> best, MatrixCell next) {
    List<MatrixCell> its =
        best.stream().filter(one -> one.median(COURSE) < SHORTER * next.median(COURSE)).toList();
    return its.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "A longer course has more requests that can fail: with %s it took %s s, with %s %s s."
                .formatted(
                    MatrixWords.strategies(its),
                    MatrixWords.span(its, COURSE),
                    next.strategy(),
                    MatrixWords.told(next, COURSE)));
  }

  /** Where it makes no difference to users which strategy is taken. */
  private static String tie(List<MatrixCell> all) {
    boolean nobody = all.stream().allMatch(cell -> cell.range(USERS).orElseThrow().most() == 0);
    return nobody
        ? "Nobody is hurt, whichever of the %s strategies is taken.".formatted(all.size())
        : "By users hurt the %s strategies are not told apart: %s of %s are, whichever is taken."
            .formatted(all.size(), MatrixWords.span(all, USERS), all.get(0).users());
  }

  /**
   * Which of those that hurt as many users do so for a shorter time; empty where none does, and
   * where one did so as long as it was watched.
   */
  private static Optional<String> soonest(List<MatrixCell> alike) {
    if (alike.stream().anyMatch(cell -> cell.range(TIME).isEmpty() || cell.isOpen(TIME))) {
      return Optional.empty();
    }
    Ranked ranked = Ranked.by(TIME, alike);
    return ranked.isTie()
        ? Optional.empty()
        : Optional.of(
            "Of these, users are served again soonest with %s: after %s s, against %s s."
                .formatted(
                    MatrixWords.strategies(ranked.best()),
                    MatrixWords.span(ranked.best(), TIME),
                    MatrixWords.span(ranked.others(), TIME)));
  }

  /** Which of those that hurt as many users needs the least room. */
  private static String cheapest(List<MatrixCell> alike) {
    if (alike.stream().anyMatch(cell -> cell.range(ROOM).isEmpty())) {
      return "What that costs is not known of all of them.";
    }
    Ranked ranked = Ranked.by(ROOM, alike);
    boolean same = alike.stream().mapToDouble(cell -> cell.median(ROOM)).distinct().count() == 1;
    String alikeInRoom = same ? "They need the same room" : "By room they are not told apart";
    return ranked.isTie()
        ? "%s: %s more at the peak.".formatted(alikeInRoom, tasks(MatrixWords.span(alike, ROOM)))
        : "The least room of them is needed by %s: %s more at the peak, against %s."
            .formatted(
                MatrixWords.strategies(ranked.best()),
                tasks(MatrixWords.span(ranked.best(), ROOM)),
                MatrixWords.span(ranked.others(), ROOM));
  }

  private static String tasks(String number) {
    return number + (number.equals("1") ? " task" : " tasks");
  }

  /** What the best costs against the next best. */
  private static String price(MatrixCell best, MatrixCell next) {
    if (best.range(ROOM).isEmpty() || next.range(ROOM).isEmpty()) {
      return "What that costs is not known.";
    }
    String both =
        "%s at the peak, against %s with %s"
            .formatted(
                tasks(MatrixWords.told(best, ROOM)) + " more",
                MatrixWords.told(next, ROOM),
                next.strategy());
    if (ToldApart.less(next, best, ROOM)) {
      return "That costs room: %s.".formatted(both);
    }
    if (ToldApart.less(best, next, ROOM)) {
      return "It even needs less room: %s.".formatted(both);
    }
    return best.median(ROOM) > next.median(ROOM)
        ? "By room they are not told apart: %s.".formatted(both)
        : "It needs no more room than %s: %s more at the peak."
            .formatted(next.strategy(), tasks(MatrixWords.told(best, ROOM)));
  }

  private Optional<Advice> ofOthersOnly() {
    List<String> sentences = notCompared();
    return sentences.isEmpty()
        ? Optional.empty()
        : Optional.of(new Advice("", sentences, List.of()));
  }

  /** Which strategies are compared nowhere, and where none is, each with why. */
  private List<String> notCompared() {
    List<String> nowhere = result.situations().stream().filter(this::tooFewWereAskedFor).toList();
    return Stream.concat(
            MatrixWords.notCompared(result).stream(),
            Stream.of(nowhere)
                .filter(its -> !its.isEmpty())
                .map(
                    its ->
                        "Nothing is compared in %s: fewer than two strategies that bring v2 to everybody"
                                .formatted(Named.and(its))
                            + " were asked for or run there."))
        .toList();
  }

  /** Over all situations; empty where there is but one of them, or of the strategies. */
  private Optional<Advice> overall() {
    List<List<MatrixCell>> compared =
        result.strategies().stream()
            .map(result::row)
            .filter(row -> row.get(0).forEverybody())
            .filter(row -> row.stream().noneMatch(MatrixCell::isLeftOut))
            .toList();
    List<List<MatrixCell>> rows =
        compared.stream()
            .filter(row -> row.stream().allMatch(cell -> cell.range(USERS).isPresent()))
            .toList();
    if (result.situations().size() < 2 || compared.size() < 2) {
      return Optional.empty();
    }
    if (rows.size() < 2) {
      List<String> nothing = new ArrayList<>();
      nothing.add(
          over()
              + " nothing can be said: fewer than two strategies left numbers that can be trusted in"
              + " each of them.");
      nothing.addAll(notCompared());
      return Optional.of(new Advice("", nothing, List.of()));
    }
    List<MatrixCell> worst = rows.stream().map(Advising::worst).toList();
    Ranked ranked = Ranked.by(USERS, worst);
    List<String> sentences = new ArrayList<>();
    sentences.add(atTheirWorst(ranked));
    cameTo(ranked.best()).ifPresent(sentences::add);
    sentences.add(everywhere(rows));
    unknown(
            compared.stream().map(row -> row.get(0)).toList(),
            rows.stream().map(row -> row.get(0)).toList())
        .ifPresent(sentences::add);
    sentences.addAll(notCompared());
    Set<MatrixCell> cells = new LinkedHashSet<>(ranked.best());
    ranked.others().stream().findFirst().ifPresent(cells::add);
    return Optional.of(new Advice("", sentences, List.copyOf(cells)));
  }

  private String over() {
    return hasAllSituations()
        ? "Over all situations"
        : "Over the %s situations that were asked for or run".formatted(result.situations().size());
  }

  private boolean hasAllSituations() {
    return result.situations().size() == result.matrix().situations().size();
  }

  private static MatrixCell worst(List<MatrixCell> row) {
    return row.stream().max(Comparator.comparingDouble(cell -> cell.median(USERS))).orElseThrow();
  }

  private String atTheirWorst(Ranked ranked) {
    MatrixCell first = ranked.first();
    if (ranked.isTie()) {
      return "%s no strategy is safer than another: at their worst %s of %s users are"
              .formatted(over(), MatrixWords.span(ranked.best(), USERS), first.users())
          + " hurt, and they are not told apart.";
    }
    String next =
        "the next, %s, hurts %s at its worst (%s)"
            .formatted(
                ranked.next().strategy(),
                MatrixWords.told(ranked.next(), USERS),
                ranked.next().situation());
    return ranked.best().size() == 1
        ? "%s %s is the safest: at its worst (%s) it hurts %s of %s users; %s."
            .formatted(
                over(),
                first.strategy(),
                first.situation(),
                MatrixWords.told(first, USERS),
                first.users(),
                next)
        : "%s %s are the safest, and not told apart: at their worst they hurt %s of %s"
                .formatted(
                    over(),
                    MatrixWords.strategies(ranked.best()),
                    MatrixWords.span(ranked.best(), USERS),
                    first.users())
            + " users; %s.".formatted(next);
  }

  /** Whether one strategy is among the best in every situation. */
  private String everywhere(List<List<MatrixCell>> rows) {
    Set<MatrixCell> best =
        result.situations().stream()
            .map(
                situation ->
                    Ranked.by(
                        USERS,
                        rows.stream()
                            .flatMap(Collection::stream)
                            .filter(cell -> cell.situation().equals(situation))
                            .toList()))
            .flatMap(ranked -> ranked.best().stream())
            .collect(Collectors.toSet());
    List<MatrixCell> always =
        rows.stream().filter(best::containsAll).map(row -> row.get(0)).toList();
    String one = hasAllSituations() ? "situation" : "one of them";
    if (always.isEmpty()) {
      return "None is among the best in every %s: which is, hangs on what goes wrong."
          .formatted(one);
    }
    return always.size() == rows.size()
        ? "None is beaten in any %s.".formatted(one)
        : "In every %s %s among those that hurt the fewest."
            .formatted(
                one,
                always.size() == 1
                    ? always.get(0).strategy() + " is"
                    : MatrixWords.strategies(always) + " are");
  }
}
