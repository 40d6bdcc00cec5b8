package io.rolloutlab.analysis.versions;

import io.rolloutlab.analysis.run.Share;

/**
 * Who got v2 in the first time after its first answer: those who suffer when v2 is bad and it takes
 * so long to notice.
 *
 * @param users that got a v2 answer, over all users with a request in the run
 * @param requests v2 answers over all answers in that time
 */
public record Feedback(Share users, Share requests) {
  /** How long it takes to notice, the same for every strategy. */
  public static final int SECONDS = 15;

  /**
   * Of the first pass of a run; exact to a second.
   *
   * @throws IllegalStateException when v2 never answered in it
   */
  public static Feedback of(VersionMix versions) {
    VersionMix.Exposure before = null;
    VersionMix.Exposure last = null;
    int from = 0;
    for (VersionMix.Exposure second : versions.passes().get(0).perSecond()) {
      if (last == null && second.v2Answers() == 0) {
        before = second;
      } else if (last == null || second.second() < from + SECONDS) {
        from = last == null ? second.second() : from;
        last = second;
      }
    }
    if (last == null) {
      throw new IllegalStateException("v2 never answered in the first pass");
    }
    int answers = last.answers() - (before == null ? 0 : before.answers());
    int users = versions.passes().get(0).exposedUsers().total();
    return new Feedback(
        Share.counted(last.exposedUsers(), users), Share.of(last.v2Answers(), answers));
  }
}
