package io.rolloutlab.stack.asked;

import io.rolloutlab.scenario.app.AppFault;
import io.rolloutlab.scenario.check.Durations;
import io.rolloutlab.scenario.check.Patience;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What a service is asked, beside what its file says.
 *
 * @param name of the scenario: lower-case letters, digits and hyphens, at most 40
 * @param fault what is wrong with v2; empty for nothing
 * @param backAgain whether the update is taken back once it has ended and the hold is over
 * @param hold how long nobody does anything once the update has ended, however it did; 0 to 1 h
 * @param fewNodes whether there are no more nodes than hold the tasks, where each takes only so
 *     many of them; else there is room for what an update starts first
 * @param ratePerSecond requests a second, 1 to 10,000
 * @param patience stretches what the lab waits for the service, which its file does not say
 * @param ownImage whether the service's own image runs, and not the lab's app
 */
public record Asking(
    String name,
    Optional<AppFault> fault,
    boolean backAgain,
    Duration hold,
    boolean fewNodes,
    double ratePerSecond,
    Patience patience,
    boolean ownImage) {
  private static final int LONGEST_NAME = 40;
  private static final Duration HOLD = Duration.ofSeconds(10);
  private static final double RATE = 40;

  /**
   * A good v2 takes the place of v1.
   *
   * @param service any text, whose letters and digits make the name
   */
  public static Asking update(String service) {
    return new Asking(
        nameOf(service), Optional.empty(), false, HOLD, false, RATE, Patience.USUAL, false);
  }

  /** The same, and the update is taken back when it is over. */
  public Asking andBack() {
    return new Asking(name, fault, true, hold, fewNodes, ratePerSecond, patience, ownImage);
  }

  /** The same with a v2 that is bad, which nobody does anything about for so long. */
  public Asking withFault(AppFault other, Duration nobodyActs) {
    return new Asking(
        name,
        Optional.of(other),
        backAgain,
        nobodyActs,
        fewNodes,
        ratePerSecond,
        patience,
        ownImage);
  }

  /** The same, with no more nodes than hold the tasks. */
  public Asking onFewNodes() {
    return new Asking(name, fault, backAgain, hold, true, ratePerSecond, patience, ownImage);
  }

  /** The same with so many requests a second. */
  public Asking atRate(double perSecond) {
    return new Asking(name, fault, backAgain, hold, fewNodes, perSecond, patience, ownImage);
  }

  /** The same, waited for as patiently as this. */
  public Asking patiently(Patience other) {
    return new Asking(name, fault, backAgain, hold, fewNodes, ratePerSecond, other, ownImage);
  }

  /** The same of the service's own image. */
  public Asking ofOwnImage() {
    return new Asking(name, fault, backAgain, hold, fewNodes, ratePerSecond, patience, true);
  }

  /** What is asked, as a sentence of a scenario. */
  String question(String service) {
    return "What do users of %s see while %s%s, with the settings of its stack file and %s?"
        .formatted(
            service,
            fault.map(bad -> "a v2 that " + bad.words()).orElse(ownImage ? "v2" : "a good v2")
                + " takes its place",
            backAgain
                ? ", and while it is taken back %s later".formatted(Durations.print(hold))
                : "",
            ownImage ? "its own image" : "the lab's app in place of its image");
  }

  private static String nameOf(String service) {
    String plain =
        service.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-", "");
    String cut = plain.substring(0, Math.min(LONGEST_NAME, plain.length())).replaceAll("-$", "");
    return cut.isEmpty() ? "service" : cut;
  }
}
