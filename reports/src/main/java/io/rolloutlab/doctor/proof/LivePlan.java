package io.rolloutlab.doctor.proof;

import io.rolloutlab.scenario.app.AppFault;
import io.rolloutlab.scenario.app.AppFaultKind;
import io.rolloutlab.stack.deploy.StackRollout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a finding is to be shown on a real Swarm.
 *
 * @param asked the finding, and why no run can show it where none can
 * @param rollouts of the file as it is, and with the change; none where no run can show it
 */
public record LivePlan(ProofPlan asked, List<StackRollout> rollouts) {
  public LivePlan {
    rollouts = List.copyOf(rollouts);
  }

  /** Of two rollouts. */
  static LivePlan of(ProofPlan asked, StackRollout before, StackRollout after) {
    return new LivePlan(asked, List.of(before, after));
  }

  /** One that no run can show. */
  static LivePlan none(ProofPlan asked) {
    return new LivePlan(asked, List.of());
  }

  /** The same, but it cannot be shown: {@code why} is a sentence without its full stop. */
  public LivePlan without(String why) {
    return none(ProofPlan.none(asked.finding(), asked.remedy(), why));
  }

  /** Whether runs can show it. */
  public boolean isRun() {
    return !rollouts.isEmpty();
  }

  /**
   * All rollouts that show some findings, each once: findings of one service share the one of its
   * file as it is, where they are about the same v2.
   *
   * @return what people call it, by rollout, in the order of the findings
   */
  public static Map<StackRollout, String> distinct(List<LivePlan> plans) {
    Map<StackRollout, String> called = new LinkedHashMap<>();
    for (LivePlan plan : plans) {
      if (plan.isRun()) {
        called.putIfAbsent(plan.rollouts.get(0), plan.called("as its file has it"));
        called.putIfAbsent(plan.rollouts.get(1), plan.called("with " + plan.asked.change()));
      }
    }
    return called;
  }

  private String called(String how) {
    Optional<AppFault> fault = Optional.ofNullable(rollouts.get(0).scenario().app().v2().fault());
    boolean back = asked.run().back();
    return "%s %s, %s%s"
        .formatted(
            asked.finding().service(),
            how,
            fault
                .map(bad -> "bad v2 (%s)".formatted(AppFaultKind.of(bad).word()))
                .orElse("good v2"),
            back ? ", taken back" : "");
  }
}
