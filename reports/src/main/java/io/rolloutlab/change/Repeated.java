package io.rolloutlab.change;

import io.rolloutlab.analysis.Findings;
import io.rolloutlab.analysis.measure.Best;
import io.rolloutlab.analysis.measure.Measure;
import io.rolloutlab.analysis.measure.Measures;
import io.rolloutlab.analysis.measure.Table;
import io.rolloutlab.analysis.outcome.TurnedRound;
import io.rolloutlab.compare.Asked;
import io.rolloutlab.compare.Differences;
import io.rolloutlab.compare.Situation;
import io.rolloutlab.text.Range;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * The scenarios of a report by all their runs: how far these scatter, and by what two scenarios are
 * told apart beyond that.
 *
 * @param groups runs that differ by chance only, in the order of the report
 * @param numbers one a measure; none where no scenario was run more than once
 */
public record Repeated(List<Group> groups, List<Compared> numbers) {
  public Repeated {
    groups = List.copyOf(groups);
    numbers = List.copyOf(numbers);
  }

  /**
   * Runs of one scenario and the same settings.
   *
   * @param name of the scenario, with a number where others of its name have other settings
   */
  public record Group(String name, List<Findings> runs) {
    public Group {
      runs = List.copyOf(runs);
    }

    boolean isBaseline() {
      return runs.get(0).isBaseline();
    }

    /** Whether it can be better than others: it brings v2 to everybody, and did not give up. */
    boolean ranks() {
      return !isBaseline()
          && runs.get(0).manifest().scenario().settings().forEverybody()
          && runs.stream().noneMatch(run -> TurnedRound.givenUp(run.evidence()).isPresent());
    }
  }

  /**
   * A measure of all groups.
   *
   * @param ranges what the runs of each group say
   * @param first of each group the place of the one with the best mean among those whose v2 is as
   *     bad as its own, to which it is held; −1 where the measure ranks nothing, or fewer than two
   *     of these rollouts have it
   * @param against the others against that one, one a group; empty for itself, for those that are
   *     not ranked, that ran under other conditions, and that have no number
   */
  public record Compared(
      Measure measure,
      List<Range> ranges,
      List<Integer> first,
      List<Optional<MeasureChange>> against) {
    public Compared {
      first = List.copyOf(first);
      ranges = List.copyOf(ranges);
      against = List.copyOf(against);
    }

    /** Whether some rollouts are held against each other by it. */
    public boolean ranks() {
      return first.stream().anyMatch(place -> place >= 0);
    }
  }

  /** Of the runs of a report, in their order. */
  public static Repeated of(List<Findings> runs) {
    List<Group> groups = groups(runs);
    if (groups.stream().allMatch(group -> group.runs().size() == 1)) {
      return new Repeated(groups, List.of());
    }
    Pairwise pairs = new Pairwise(groups, runs, new HashMap<>());
    return new Repeated(
        groups,
        Measures.of(Table.COMPARISON).stream()
            .map(measure -> compared(measure, groups, pairs))
            .filter(one -> one.ranges().stream().anyMatch(range -> !range.isEmpty()))
            .toList());
  }

  /** Whether a scenario was run more than once. */
  public boolean any() {
    return !numbers.isEmpty();
  }

  private static List<Group> groups(List<Findings> runs) {
    Map<String, Integer> named = new HashMap<>();
    List<Group> groups = new ArrayList<>();
    Asked.groups(runs)
        .forEach(
            (asked, all) -> {
              int number = named.merge(asked.name(), 1, Integer::sum);
              groups.add(
                  new Group(
                      number == 1 ? asked.name() : "%s (%s)".formatted(asked.name(), number), all));
            });
    return groups;
  }

  private static Compared compared(Measure measure, List<Group> groups, Pairwise pairs) {
    List<Range> ranges =
        groups.stream().map(group -> Range.of(group.runs(), run -> value(run, measure))).toList();
    List<Integer> first =
        IntStream.range(0, groups.size())
            .mapToObj(group -> first(measure, groups, ranges, group))
            .toList();
    List<Optional<MeasureChange>> against =
        IntStream.range(0, groups.size())
            .mapToObj(
                other ->
                    first.get(other) < 0 || other == first.get(other) || !groups.get(other).ranks()
                        ? Optional.<MeasureChange>empty()
                        : pairs.of(first.get(other), other, measure))
            .toList();
    return new Compared(measure, ranges, first, against);
  }

  private static OptionalDouble value(Findings run, Measure measure) {
    return Comparing.isUsable(run) ? Comparing.value(run, measure) : OptionalDouble.empty();
  }

  private static int first(Measure measure, List<Group> groups, List<Range> ranges, int of) {
    Findings its = groups.get(of).runs().get(0);
    List<Integer> rollouts =
        IntStream.range(0, groups.size())
            .filter(i -> groups.get(i).ranks() && ranges.get(i).isWhole())
            .filter(i -> Situation.isShared(groups.get(i).runs().get(0), its))
            .boxed()
            .toList();
    Best best = measure.ranks().best();
    if (best == Best.NONE || rollouts.size() < 2) {
      return -1;
    }
    Comparator<Integer> byMean = Comparator.comparingDouble(i -> ranges.get(i).mean());
    return rollouts.stream().min(best == Best.LOWEST ? byMean : byMean.reversed()).orElseThrow();
  }

  /** Two groups are held against each other once, by all measures together. */
  private record Pairwise(
      List<Group> groups, List<Findings> runs, Map<List<Integer>, List<MeasureChange>> done) {
    Optional<MeasureChange> of(int first, int other, Measure measure) {
      return done.computeIfAbsent(List.of(first, other), pair -> changes(first, other)).stream()
          .filter(one -> one.measure().key().equals(measure.key()))
          .filter(one -> one.difference().isPresent())
          .findFirst();
    }

    /** None where they ran under different conditions. */
    private List<MeasureChange> changes(int first, int other) {
      List<Findings> best = groups.get(first).runs();
      List<Findings> its = groups.get(other).runs();
      return Differences.between(List.of(best.get(0), its.get(0))).conditions().isEmpty()
          ? Comparing.measures(best, its, runs)
          : List.of();
    }
  }
}
