package io.rolloutlab.analysis.measure;

import io.rolloutlab.analysis.run.Evidence;
import io.rolloutlab.analysis.run.Part;
import io.rolloutlab.analysis.run.RunTimeline;
import io.rolloutlab.analysis.run.Share;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.SettledNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One number of a run. It is made of a {@link Heading}, which says how it is called and read; what
 * else there is to say of it is added by the methods that return a measure.
 *
 * @param reads how it is read off a run
 * @param ranks when a run is better by it than another
 * @param tables where it is shown; everywhere unless said otherwise
 * @param applies to runs of which scenarios it applies at all; to all unless said otherwise
 */
public record Measure(
    Heading heading, Reads reads, Ranks ranks, Set<Table> tables, Predicate<Scenario> applies) {
  private static final String NONE =
      "there is no such number of this run: what it measures did not happen, or too little was seen";

  public Measure {
    tables = Set.copyOf(tables);
  }

  /** A number of one phase, by its index in the timeline; empty where there is none. */
  public interface InPhase {
    Part<OptionalDouble> of(Evidence run, int phase);
  }

  /**
   * How a measure is read.
   *
   * @param number of the whole run, or of the time since x = 0
   * @param could what else it may be, where some of what it is made of is not known: if all that
   *     had gone right, and if all of it had gone wrong
   * @param beyond where there is no number: what is proven to be less than it would be, in the
   *     measure's unit; empty where there is one, or nothing is proven
   * @param inPhase the same of one phase; empty where it cannot be read per phase
   */
  public record Reads(
      Function<Evidence, Part<OptionalDouble>> number,
      Function<Evidence, List<Double>> could,
      Function<Evidence, OptionalDouble> beyond,
      Optional<InPhase> inPhase) {}

  /**
   * When a run is better than another.
   *
   * @param best which value is
   * @param apart when two runs are told apart by it
   * @param settledBy as what the settings of a strategy may make it, so that it is no merit
   * @param harm whether an outage makes it worse; every other number looks better for one, or says
   *     nothing about it
   */
  public record Ranks(Best best, Apart apart, Optional<SettledNumber> settledBy, boolean harm) {}

  static Measure of(Heading heading, Function<Evidence, Part<OptionalDouble>> number) {
    return new Measure(
        heading,
        new Reads(number, run -> List.of(), run -> OptionalDouble.empty(), Optional.empty()),
        new Ranks(Best.NONE, Apart.NEVER, Optional.empty(), false),
        Set.of(Table.values()),
        scenario -> true);
  }

  /** It ranks runs: low values are good. */
  public Measure lowestIsBest(Function<Function<Evidence, OptionalDouble>, Apart> apart) {
    return ranked(Best.LOWEST, apart.apply(this::value));
  }

  /** It ranks runs: high values are good. */
  public Measure highestIsBest(Function<Function<Evidence, OptionalDouble>, Apart> apart) {
    return ranked(Best.HIGHEST, apart.apply(this::value));
  }

  /** It ranks runs: low shares are good. */
  Measure lowestShareIsBest(Function<Evidence, Optional<Share>> share) {
    return ranked(Best.LOWEST, Apart.shares(share));
  }

  private Measure ranked(Best best, Apart apart) {
    return with(new Ranks(best, apart, ranks.settledBy(), ranks.harm()));
  }

  /** It is no merit of runs whose settings make it. */
  public Measure settledBy(SettledNumber number) {
    return with(new Ranks(ranks.best(), ranks.apart(), Optional.of(number), ranks.harm()));
  }

  /** An outage makes it worse. */
  public Measure isHarm() {
    return with(new Ranks(ranks.best(), ranks.apart(), ranks.settledBy(), true));
  }

  /** What else it may be, since some of what it is made of is not known. */
  public Measure orElseOneOf(Function<Evidence, List<Double>> could) {
    return with(new Reads(reads.number(), could, reads.beyond(), reads.inPhase()));
  }

  /** Where there is no number it may be proven that it is beyond one. */
  public Measure orBeyond(Function<Evidence, OptionalDouble> beyond) {
    return with(new Reads(reads.number(), reads.could(), beyond, reads.inPhase()));
  }

  /** It can be read per phase, too. */
  public Measure perPhase(InPhase number) {
    return with(new Reads(reads.number(), reads.could(), reads.beyond(), Optional.of(number)));
  }

  /** It is shown in these tables only. */
  public Measure only(Table... those) {
    return new Measure(heading, reads, ranks, Set.of(those), applies);
  }

  /**
   * It applies to runs of these scenarios only: a table of others says nothing of it. That a run
   * which it applies to has no such number is another matter, and shown.
   */
  public Measure onlyWhere(Predicate<Scenario> asked) {
    return new Measure(heading, reads, ranks, tables, asked);
  }

  private Measure with(Reads other) {
    return new Measure(heading, other, ranks, tables, applies);
  }

  private Measure with(Ranks other) {
    return new Measure(heading, reads, other, tables, applies);
  }

  /** {@link Heading#key}. */
  public String key() {
    return heading.key();
  }

  /** Its value; unknown with the cause where there is none. A reading that throws is unknown. */
  public Part<Double> of(Evidence run) {
    return number(() -> reads.number().apply(run), NONE);
  }

  /** Its value; empty where there is none, whatever the cause. */
  public OptionalDouble value(Evidence run) {
    return of(run).known().map(OptionalDouble::of).orElse(OptionalDouble.empty());
  }

  /**
   * Its values in the phases of a kind, in their order; unknown with the cause where the run has no
   * such phase, where one of them has no value, and where it cannot be read per phase.
   */
  public Part<List<Double>> in(Evidence run, PhaseKind kind) {
    if (reads.inPhase().isEmpty()) {
      return Part.unknown(key() + " cannot be read per phase");
    }
    List<Double> values = new ArrayList<>();
    for (RunTimeline.Phase phase : run.timeline().phases()) {
      if (phase.kind() == kind) {
        Part<Double> value = in(run, phase);
        if (value.known().isEmpty()) {
          return Part.unknown(value.cause());
        }
        values.add(value.orThrow());
      }
    }
    return values.isEmpty()
        ? Part.unknown("the run had no phase of this kind")
        : Part.known(List.copyOf(values));
  }

  private Part<Double> in(Evidence run, RunTimeline.Phase phase) {
    return number(
        () -> reads.inPhase().orElseThrow().of(run, phase.index()),
        "the phase \"%s\" has no such number".formatted(phase.label()));
  }

  private static Part<Double> number(Callable<Part<OptionalDouble>> reading, String none) {
    Part<OptionalDouble> read = Part.of(() -> reading.call().orThrow());
    return read.known().isPresent() && read.orThrow().isEmpty()
        ? Part.unknown(none)
        : read.map(OptionalDouble::getAsDouble);
  }
}
