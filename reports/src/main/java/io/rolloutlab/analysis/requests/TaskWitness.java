package io.rolloutlab.analysis.requests;

import java.util.List;
import java.util.Locale;

/**
 * What the third witness, the tasks of the Swarm, says of the answers: the edge's log names the
 * address that answered, and the recorded addresses name its task, and so the version and the node.
 * Where that address is a whole service's, the answer itself has to name its container.
 *
 * @param asked whether it can say anything, and by what
 * @param answers requests that an app answered, whatever the status; what the edge answers itself
 *     is none
 * @param named of them, whose address, or container, names one task
 * @param unclear of them, whose address went from one task to another meanwhile
 * @param nobodys of them, whose address no task had then, or whose container is no task's
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
    /**
     * The edge speaks to one address a service, behind which the kernel chooses a task (vip), and
     * the tasks' containers were recorded: an answer that names its own has a task.
     */
    CONTAINER,
    /** The same, and no containers were recorded: an older lab made the history. */
    VIRTUAL;

    /** Whether answers have tasks. */
    public boolean tells() {
      return this == YES || this == CONTAINER;
    }
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

  /** Answers that named no container, where they had to. */
  public int nameless() {
    return answers - named - unclear - nobodys;
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
      case YES ->
          heard(
              "by the address of the task that gave them",
              changed() + strange("address", " at that time"));
      case CONTAINER ->
          "The edge spoke to virtual addresses (vip), which name a service and no task. "
              + heard(
                  "by the container that they named in X-App-Host, whose task Swarm knows",
                  unnamed() + strange("container", ""))
              + " A request that no app answered has no task.";
    };
  }

  private String changed() {
    return unclear == 0
        ? ""
        : String.format(
            Locale.ROOT, " The address of %,d went from one task to another meanwhile.", unclear);
  }

  private String unnamed() {
    return nameless() == 0
        ? ""
        : String.format(
            Locale.ROOT,
            " %,d named none, so their version is known where X-App-Version says it.",
            nameless());
  }

  private String strange(String what, String when) {
    return nobodys == 0
        ? ""
        : String.format(
            Locale.ROOT,
            " The %s of %,d was no task's%s: %s%s.",
            what,
            nobodys,
            when,
            String.join(", ", strangers),
            nobodys > strangers.size() ? ", ..." : "");
  }

  private String heard(String how, String gaps) {
    long nodes = tasks.stream().map(ByTask::node).distinct().count();
    return String.format(
        Locale.ROOT,
        "%,d of %,d answers are known %s: %s on %s. Contradictions: %,d.%s",
        named,
        answers,
        how,
        count(tasks.size(), "task"),
        count(nodes, "node"),
        contradictions,
        gaps);
  }

  private static String count(long number, String of) {
    return String.format(Locale.ROOT, "%,d %s%s", number, of, number == 1 ? "" : "s");
  }
}
