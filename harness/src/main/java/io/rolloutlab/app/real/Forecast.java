package io.rolloutlab.app.real;

import io.rolloutlab.app.choice.Choice;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.check.Durations;
import io.rolloutlab.scenario.cluster.Pace;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * What a call would make, told in place of making it.
 *
 * @param runs in the order in which they are told
 */
public record Forecast(List<Row> runs) {
  private static final String NOTHING_MADE = "This was a dry run: nothing was made.";

  /**
   * A run.
   *
   * @param name by which it can be asked for
   * @param finished whether it is there already, so that it is not made again
   */
  public record Row(String name, Scenario scenario, boolean finished) {
    private String strategy() {
      return scenario.strategy().fileName();
    }

    private Duration expected(Pace pace) {
      return Expected.of(scenario, pace);
    }
  }

  public Forecast {
    runs = List.copyOf(runs);
  }

  /** Of runs none of which is there yet. */
  public static Forecast of(List<Choice.Run> runs) {
    return new Forecast(
        runs.stream().map(run -> new Row(run.name(), run.scenario(), false)).toList());
  }

  /**
   * Tells of real ones.
   *
   * @param atOnce how many are made at once, at most
   * @param pace of the machine on which they are made
   */
  public void tellReal(PrintStream out, int atOnce, Pace pace) {
    table(out, pace);
    List<Row> made = runs.stream().filter(run -> !run.finished()).toList();
    Waves<Row> waves = Waves.of(made, atOnce, Row::scenario);
    waves.doubt(Runtime.getRuntime().availableProcessors()).ifPresent(out::println);
    Duration takes = waves.expected(Row::scenario, pace);
    String order = atOnce == 1 ? "one after the other" : "%s at once".formatted(atOnce);
    long finished = runs.stream().filter(Row::finished).count();
    String open =
        finished == 0
            ? ""
            : ", %s of them finished already, %s to be made"
                .formatted(finished, runs.size() - finished);
    out.printf(
        "%s%s, %s: some %s. %s%n",
        count(runs.size(), "real run"), open, order, words(takes), NOTHING_MADE);
  }

  /**
   * Tells of simulated ones, of which none is ever kept.
   *
   * @param each how many there are of each, with a seed each
   */
  public void tellSimulated(PrintStream out, int each) {
    table(out, Pace.USUAL);
    Duration all =
        runs.stream().map(run -> run.expected(Pace.USUAL)).reduce(Duration.ZERO, Duration::plus);
    out.printf(
        "%s, of together some %s of rollouts, which take a fraction of that time. %s%n",
        count(runs.size() * each, "simulated run"), words(all.multipliedBy(each)), NOTHING_MADE);
  }

  private void table(PrintStream out, Pace pace) {
    String row = "%%-%ss  %%-%ss  %%7s%%s%%n".formatted(width(Row::name), width(Row::strategy));
    for (Row run : runs) {
      out.printf(
          row,
          run.name(),
          run.strategy(),
          words(run.expected(pace)),
          run.finished() ? "  finished already" : "");
    }
  }

  private int width(Function<Row, String> column) {
    return runs.stream().map(column).mapToInt(String::length).max().orElse(1);
  }

  private static String count(int number, String what) {
    return "%s %s%s".formatted(number, what, number == 1 ? "" : "s");
  }

  private static String words(Duration time) {
    return Durations.print(Duration.ofSeconds(time.toSeconds()));
  }
}
