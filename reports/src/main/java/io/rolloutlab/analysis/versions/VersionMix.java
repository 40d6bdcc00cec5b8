package io.rolloutlab.analysis.versions;

import io.rolloutlab.analysis.run.Share;
import io.rolloutlab.analysis.run.Span;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Which version answered whom. An answer is one whose version is known, by the address of its task
 * or by its header, whatever its status.
 *
 * @param firstV2Millis end of the first v2 answer in the run; empty without one
 * @param lastV1Millis end of the last v1 answer of the first rollout, before it is rolled back or
 *     reset; empty without a rollout or without such an answer
 * @param mixedWindow from the first v2 answer to the last v1 answer of the first rollout; empty
 *     when no v1 answer came after a v2 answer
 * @param closestMillis the shortest time between the ends of answers of different versions, over
 *     the whole run; empty when one version alone answered
 * @param mixed whether both versions answered within one second at some time ({@code closestMillis}
 *     ≤ 1000); a clean switch under load does so too, for a moment
 * @param secondsWithBoth seconds in which both versions answered a request sent in them
 * @param passes what users saw in each pass, from a rollout to the rollback or reset that ends it
 * @param perSecond of the whole load
 * @param others answers of neither version, most frequent first; empty when all is well: then alone
 *     can the numbers of the run be trusted
 */
public record VersionMix(
    OptionalLong firstV2Millis,
    OptionalLong lastV1Millis,
    Optional<Span> mixedWindow,
    OptionalLong closestMillis,
    boolean mixed,
    int secondsWithBoth,
    List<Pass> passes,
    List<Second> perSecond,
    List<Other> others) {
  private static final int MOST_QUOTED = 5;

  public VersionMix {
    others = List.copyOf(others);
    passes = List.copyOf(passes);
    perSecond = List.copyOf(perSecond);
  }

  /**
   * Requests sent in one second.
   *
   * @param second after x = 0
   * @param v1 succeeded, answered by v1
   * @param v2 succeeded, answered by v2
   * @param other succeeded, version not known
   * @param failed whichever version or none answered
   */
  public record Second(int second, int v1, int v2, int other, int failed) {}

  /**
   * What users saw between the start of a rollout and the rollback or reset that ends it (or the
   * end of the load).
   *
   * @param number from 1
   * @param label of the rollout's first phase
   * @param exposedUsers users that got a v2 answer, over all users with a request in the run
   * @param exposedRequests v2 answers over all answers
   * @param sawV1Again users that sent a request after their first v2 answer and had it answered by
   *     v1, over the exposed ones
   * @param perSecond cumulative within the pass, a second of the pass each
   */
  public record Pass(
      int number,
      String label,
      Span span,
      Share exposedUsers,
      Share exposedRequests,
      Share sawV1Again,
      List<Exposure> perSecond) {
    public Pass {
      perSecond = List.copyOf(perSecond);
    }
  }

  /**
   * Exposure to v2 from the start of the pass to the end of a second; answers count when they
   * ended.
   *
   * @param second after x = 0
   * @param exposedUsers users that got a v2 answer
   * @param exposedShare of all users with a request in the run, 0 to 1
   * @param v2Answers answers by v2
   * @param answers by either version
   */
  public record Exposure(
      int second, int exposedUsers, double exposedShare, int v2Answers, int answers) {}

  /**
   * Answers that are known neither as v1's nor as v2's.
   *
   * @param held what the header {@code X-App-Version} held, cut off where it is very long; empty
   *     without one (then of a status below 500: an error page of the edge names no version); not
   *     escaped
   * @param answers how many, in the whole run
   */
  public record Other(String held, int answers) {
    private String inWords() {
      String what = held.isEmpty() ? "no such header" : "\"" + held + "\"";
      return String.format(Locale.ROOT, "%s in %,d", what, answers);
    }
  }

  /** Why answers of neither version spoil the run, for people; empty when there are none. */
  public Optional<String> strangers() {
    if (others.isEmpty()) {
      return Optional.empty();
    }
    String held =
        others.stream().limit(MOST_QUOTED).map(Other::inWords).collect(Collectors.joining(", "));
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%,d answers were of neither version. X-App-Version must name v1 or v2; it may be missing"
                + " only where the task is known, by its own address (dnsrr) or by its host name in"
                + " X-App-Host (vip). It held: %s%s",
            others.stream().mapToInt(Other::answers).sum(),
            held,
            others.size() > MOST_QUOTED ? ", ..." : ""));
  }
}
