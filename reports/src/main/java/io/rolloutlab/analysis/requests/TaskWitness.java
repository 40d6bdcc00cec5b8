package io.rolloutlab.analysis.requests;

import java.util.List;
import java.util.Locale;

/**
 * What the third witness, the tasks of the Swarm, says of the answers: the edge's log names the
 * address that answered, and the recorded addresses name its task, and so the version and the node.
 *
 * @param asked whether it can say anything
 * @param answers requests that an app answered, whatever the status; what the edge answers itself
 *     is none
 * @param named of them, whose address names one task
 * @param unclear of them, whose address went from one task to another meanwhile
 * @param nobodys of them, whose address no task had then
 * @param strangers those of {@code nobodys} that are quoted, the first few
 * @param contradictions answers that name another version than their task has, or another container
 *     than the earlier answers of their task; each makes the run UNKNOWN
 * @param tasks that answered, in the order of their first answers
 */
public record TaskWitness(
    Asked asked,
    int answers,
    int named,
    int unclear,
    int nobodys,
    List<String> strangers,
    int contradictions,
    List<ByTask> tasks) {
  /** Whether the tasks' addresses can be asked who answered. */
  public enum Asked {
    /** The edge speaks to the tasks themselves, and their addresses were recorded. */
    YES,
    /** The history holds no addresses: an older lab made it. */
    NOT_RECORDED,
    /** The edge speaks to one address a service, behind which the kernel chooses a task (vip). */
    VIRTUAL
  }

  /**
   * A task that answered.
   *
   * @param task id
   * @param name which task of its service it is, for example {@code pyapp.2}
   * @param version {@code v1} or {@code v2}
   * @param node host name
   * @param answers how many, in the whole run
   */
  public record ByTask(String task, String name, String version, String node, int answers) {}

  public TaskWitness {
    strangers = List.copyOf(strangers);
    tasks = List.copyOf(tasks);
  }

  /** It says nothing of any answer. */
  public static TaskWitness silent(Asked why) {
    return new TaskWitness(why, 0, 0, 0, 0, List.of(), 0, List.of());
  }

  /** How far it was heard, for people. */
  public String sentence() {
    return switch (asked) {
      case NOT_RECORDED ->
          "The addresses of the tasks were not recorded in this run, so the versions are those that"
              + " the answers named in X-App-Version.";
      case VIRTUAL ->
          "The edge spoke to virtual addresses (vip), which name a service and no task, so the versions"
              + " are those that the answers named in X-App-Version.";
      case YES -> heard();
    };
  }

  private String heard() {
    String gaps =
        (unclear == 0
                ? ""
                : String.format(
                    Locale.ROOT,
                    " The address of %,d went from one task to another meanwhile.",
                    unclear))
            + (nobodys == 0
                ? ""
                : String.format(
                    Locale.ROOT,
                    " The address of %,d was no task's at that time: %s%s.",
                    nobodys,
                    String.join(", ", strangers),
                    nobodys > strangers.size() ? ", ..." : ""));
    long nodes = tasks.stream().map(ByTask::node).distinct().count();
    return String.format(
        Locale.ROOT,
        "%,d of %,d answers are known by the address of the task that gave them: %s on %s."
            + " Contradictions: %,d.%s",
        named,
        answers,
        count(tasks.size(), "task"),
        count(nodes, "node"),
        contradictions,
        gaps);
  }

  private static String count(long number, String of) {
    return String.format(Locale.ROOT, "%,d %s%s", number, of, number == 1 ? "" : "s");
  }
}
