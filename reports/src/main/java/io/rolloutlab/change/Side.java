package io.rolloutlab.change;

import io.rolloutlab.analysis.Findings;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One of the two lots of runs that are compared.
 *
 * @param letter how it is called everywhere: A or B
 * @param words which runs these are, for people
 * @param runs at least one
 */
public record Side(String letter, String words, List<Findings> runs) {
  /** The one that the other is held against. */
  public static final String A = "A";

  /** The one whose differences from the first are told. */
  public static final String B = "B";

  public Side {
    runs = List.copyOf(runs);
  }

  /** The names of its scenarios, in the order of its runs. */
  List<String> scenarios() {
    return runs.stream().map(Side::scenario).distinct().toList();
  }

  /** Its runs of one scenario. */
  List<Findings> of(String scenario) {
    return runs.stream().filter(run -> scenario(run).equals(scenario)).toList();
  }

  /** The versions of the lab that made its runs, in the order of the runs. */
  public List<String> commits() {
    return runs.stream().map(run -> run.manifest().labInWords()).distinct().toList();
  }

  /** The names of its scenarios in a sentence. */
  String scenariosInWords() {
    return scenarios().stream().collect(Collectors.joining(", "));
  }

  private static String scenario(Findings run) {
    return run.manifest().scenario().name();
  }
}
