package io.rolloutlab.analysis.versions;

import io.rolloutlab.analysis.run.RunTimeline;
import io.rolloutlab.history.PhaseKind;
import java.util.ArrayList;
import java.util.List;

/**
 * A stretch of phases in which one version takes over: see {@link Transition}.
 *
 * @param until where it stops being watched; not part of it
 */
public record Passage(PhaseKind kind, String label, long from, long until) {
  boolean covers(long at) {
    return from <= at && at < until;
  }

  boolean isRollout() {
    return kind == PhaseKind.ROLLOUT;
  }

  public static List<Passage> of(RunTimeline timeline) {
    List<Passage> found = new ArrayList<>();
    RunTimeline.Phase open = null;
    for (RunTimeline.Phase phase : timeline.phases()) {
      boolean begins = phase.kind() == PhaseKind.ROLLOUT || phase.kind() == PhaseKind.ROLLBACK;
      boolean goesOn =
          phase.kind() == PhaseKind.HOLD
              || phase.kind() == PhaseKind.COOL_DOWN
              || open != null && phase.kind() == open.kind();
      if (open != null && !goesOn) {
        found.add(new Passage(open.kind(), open.label(), open.startMillis(), phase.startMillis()));
        open = null;
      }
      open = open == null && begins ? phase : open;
    }
    if (open != null) {
      // An answer that comes in the very last moment is still part of it.
      long end = Math.max(open.startMillis(), timeline.measured().endMillis() + 1);
      found.add(new Passage(open.kind(), open.label(), open.startMillis(), end));
    }
    return found;
  }
}
