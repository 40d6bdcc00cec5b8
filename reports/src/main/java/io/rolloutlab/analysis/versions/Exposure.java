package io.rolloutlab.analysis.versions;

import io.rolloutlab.analysis.requests.RequestTable;
import io.rolloutlab.analysis.run.Share;
import io.rolloutlab.analysis.run.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Who got v2 in one pass, and when first. */
public final class Exposure {
  private static final int NEVER = Integer.MAX_VALUE;

  private final RequestTable table;
  private final Passage passage;
  private final int[] firstV2OfUser;
  private final int[] answers;
  private final int[] v2Answers;
  private final int firstSecond;

  Exposure(RequestTable table, Passage passage) {
    this.table = table;
    this.passage = passage;
    firstV2OfUser = new int[table.userSlots()];
    Arrays.fill(firstV2OfUser, NEVER);
    // Answers only come under load; a passage whose times are wrong could be of any length.
    Span load = table.timeline.load();
    long from = Math.max(passage.from(), load.startMillis());
    long last = Math.min(passage.until() - 1, load.endMillis());
    firstSecond = RequestTable.secondOf(from);
    int seconds = Math.max(0, RequestTable.secondOf(last) - firstSecond + 1);
    answers = new int[seconds];
    v2Answers = new int[seconds];
    for (int i = 0; i < table.size; i++) {
      if (table.version(i) != 0 && passage.covers(table.end[i])) {
        count(i);
      }
    }
  }

  private void count(int i) {
    int second = RequestTable.secondOf(table.end[i]) - firstSecond;
    answers[second]++;
    if (table.version(i) == RequestTable.V2) {
      v2Answers[second]++;
      firstV2OfUser[table.user[i]] = Math.min(firstV2OfUser[table.user[i]], table.end[i]);
    }
  }

  Passage passage() {
    return passage;
  }

  /** Users that got a v2 answer in the pass before a moment, over all users of the run. */
  Share usersBefore(long moment) {
    int exposed = 0;
    for (int first : firstV2OfUser) {
      exposed += first != NEVER && first < moment ? 1 : 0;
    }
    return Share.counted(exposed, table.users());
  }

  VersionMix.Pass pass(int number) {
    Share users = usersBefore(passage.until());
    return new VersionMix.Pass(
        number,
        passage.label(),
        new Span(passage.from(), passage.until()),
        users,
        Share.of(Arrays.stream(v2Answers).sum(), Arrays.stream(answers).sum()),
        Share.counted(sawV1Again(), users.count()),
        perSecond());
  }

  private int sawV1Again() {
    BitSet again = new BitSet();
    for (int i = 0; i < table.size; i++) {
      if (table.version(i) == RequestTable.V1
          && passage.covers(table.end[i])
          && table.sent[i] > firstV2OfUser[table.user[i]]) {
        again.set(table.user[i]);
      }
    }
    return again.cardinality();
  }

  private List<VersionMix.Exposure> perSecond() {
    int[] newUsers = new int[answers.length];
    for (int first : firstV2OfUser) {
      if (first != NEVER) {
        newUsers[RequestTable.secondOf(first) - firstSecond]++;
      }
    }
    List<VersionMix.Exposure> seconds = new ArrayList<>(answers.length);
    int users = 0;
    int v2 = 0;
    int all = 0;
    for (int s = 0; s < answers.length; s++) {
      users += newUsers[s];
      v2 += v2Answers[s];
      all += answers[s];
      double share = table.users() == 0 ? 0 : (double) users / table.users();
      seconds.add(new VersionMix.Exposure(firstSecond + s, users, share, v2, all));
    }
    return seconds;
  }
}
