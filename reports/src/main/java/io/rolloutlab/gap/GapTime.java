package io.rolloutlab.gap;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.run.UpdateOutcome;
import io.rolloutlab.analysis.versions.Transition;
import io.rolloutlab.scenario.update.UpdateEnd;
import io.rolloutlab.text.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * How long the ways there and back took, in real and in simulated runs.
 *
 * <p>A rollout is over when v2 serves everybody. Where Swarm gave the update up, or v2 never served
 * everybody, there is no such moment: what stretch without a failure happens to be the last one
 * before the next command is chance. There the moment of Swarm's decision is compared.
 */
final class GapTime {
  private GapTime() {}

  /** In seconds; without those that no run came to the end of. */
  static List<GapRow> rows(List<Findings> live, List<Findings> twins) {
    List<GapRow> rows = new ArrayList<>();
    decided(live, twins).ifPresent(rows::add);
    List<Transition> all = transitions(live.get(0));
    for (int i = 0; i < all.size(); i++) {
      String label = all.get(i).label();
      rows.add(took(label + ", s", i, live, twins, Transition::servedAfterMillis));
      rows.add(
          took(label + ", tasks replaced, s", i, live, twins, Transition::tasksReplacedMillis));
    }
    rows.removeIf(row -> row.live().isEmpty() && row.twin().isEmpty());
    return rows;
  }

  /** Of the first rollout. */
  static Goal goal(List<Findings> live, List<Findings> twins) {
    Optional<GapRow> served = rollout(live, twins);
    Optional<GapRow> decided = decided(live, twins);
    boolean givenUp =
        live.stream().allMatch(run -> end(run).filter(e -> e != UpdateEnd.COMPLETED).isPresent());
    boolean never = served.filter(row -> !row.live().isEmpty()).isEmpty();
    if (decided.isPresent() && (givenUp || never)) {
      List<Optional<UpdateEnd>> ends =
          Stream.concat(live.stream(), twins.stream()).map(GapTime::end).distinct().toList();
      String first = Figures.FIGURES.word(end(live.get(0)).orElseThrow());
      return Goal.decision(decided.get(), ends.size() == 1, first);
    }
    return served.map(Goal::time).orElseGet(Goal::noRollout);
  }

  private static Optional<UpdateOutcome> update(Findings run) {
    return run.outcomes().known().flatMap(UpdateOutcome::ofUpdate);
  }

  private static Optional<UpdateEnd> end(Findings run) {
    return update(run).map(UpdateOutcome::end);
  }

  private static Optional<GapRow> decided(List<Findings> live, List<Findings> twins) {
    if (live.stream().allMatch(run -> update(run).isEmpty())) {
      return Optional.empty();
    }
    return Optional.of(
        Gap.row(
            "Swarm's decision on the update, s",
            live,
            twins,
            run ->
                update(run)
                    .map(outcome -> seconds(outcome.decidedAtMillis(), outcome.orderedAtMillis()))
                    .orElse(OptionalDouble.empty())));
  }

  private static Optional<GapRow> rollout(List<Findings> live, List<Findings> twins) {
    List<Transition> all = transitions(live.get(0));
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).kind() == Transition.Kind.ROLLOUT) {
        return Optional.of(
            took(all.get(i).label() + ", s", i, live, twins, Transition::servedAfterMillis));
      }
    }
    return Optional.empty();
  }

  private static List<Transition> transitions(Findings run) {
    return run.transitions().known().orElse(List.of());
  }

  private static GapRow took(
      String measure,
      int index,
      List<Findings> live,
      List<Findings> twins,
      Function<Transition, OptionalLong> millis) {
    return Gap.row(
        measure,
        live,
        twins,
        run -> {
          List<Transition> found = transitions(run);
          return index < found.size()
              ? seconds(millis.apply(found.get(index)), 0)
              : OptionalDouble.empty();
        });
  }

  private static OptionalDouble seconds(OptionalLong millis, long since) {
    return millis.isPresent()
        ? OptionalDouble.of((millis.getAsLong() - since) / 1e3)
        : OptionalDouble.empty();
  }
}
