package io.rolloutlab.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.check.Check;
import io.rolloutlab.scenario.cluster.Balancing;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The conditions of a run.
 *
 * @param format of the history's files; this lab writes and reads {@link #FORMAT}
 * @param runId unique
 * @param origin real or simulated
 * @param scenario with every default filled in
 * @param startedAtMillis milliseconds since 1970
 * @param commit of the lab, or {@code unknown}
 * @param dirty whether the work tree differed from it
 * @param balancing that was used, vip or dnsrr; null where no cluster was reached, so that none
 *     was. Histories of older labs say auto there, which is read as null
 * @param balancingReason why
 * @param outerEngine version of the engine the nodes run on
 * @param innerEngine version of the nodes' engines
 * @param kernel release
 * @param cpus of the machine the nodes run on
 * @param memoryBytes of the machine the nodes run on
 * @param java version of the lab's JVM
 * @param gatling version
 * @param images name → id of all images used
 * @param beside how many other runs the lab made beside it, at the same time and on the same
 *     machine; 0 where it was alone. Histories of older labs do not say it: they made one at a time
 * @param repeatedSince what disturbed the run in whose place this one was made, alone, a clause;
 *     empty where it stands in nobody's. Histories of older labs do not say it
 */
public record Manifest(
    int format,
    String runId,
    Origin origin,
    Scenario scenario,
    long startedAtMillis,
    String commit,
    boolean dirty,
    Balancing balancing,
    String balancingReason,
    String outerEngine,
    String innerEngine,
    String kernel,
    int cpus,
    long memoryBytes,
    String java,
    String gatling,
    Map<String, String> images,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) Integer beside,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) String repeatedSince) {
  /** The version of the files this lab writes; it reads no other. */
  public static final int FORMAT = 1;

  /** Where a history comes from. Results of different origin are never mixed. */
  public enum Origin {
    /** A real Swarm. */
    LIVE,
    /** The simulated one. */
    TWIN
  }

  /**
   * What ran a run.
   *
   * @param commit of the lab, or {@code unknown}
   * @param dirty whether the work tree differed from that commit
   * @param java version of the lab's JVM
   * @param gatling version of the load generator
   */
  public record Software(String commit, boolean dirty, String java, String gatling) {}

  /**
   * What a run stands on.
   *
   * @param outerEngine version of the engine that the nodes run on
   * @param innerEngine version of the nodes' engines
   * @param kernel its release
   * @param cpus how many the machine has that the nodes run on
   * @param memoryBytes how many bytes of memory that machine has
   */
  public record Ground(
      String outerEngine, String innerEngine, String kernel, int cpus, long memoryBytes) {
    /** Where nobody asked for it. */
    public static final Ground UNKNOWN = new Ground("unknown", "unknown", "unknown", 0, 0);
  }

  /**
   * In parts, by which nothing can be taken for something else; the files have them in one row. Of
   * a run that was alone.
   */
  public Manifest(
      String runId,
      Origin origin,
      Scenario scenario,
      long startedAtMillis,
      Software software,
      Balancing balancing,
      String balancingReason,
      Ground ground,
      Map<String, String> images) {
    this(
        FORMAT,
        runId,
        origin,
        scenario,
        startedAtMillis,
        software.commit(),
        software.dirty(),
        balancing,
        balancingReason,
        ground.outerEngine(),
        ground.innerEngine(),
        ground.kernel(),
        ground.cpus(),
        ground.memoryBytes(),
        software.java(),
        software.gatling(),
        images,
        0,
        "");
  }

  public Manifest {
    balancing = balancing == Balancing.AUTO ? null : balancing;
    images = Collections.unmodifiableMap(new TreeMap<>(images));
    beside = Check.orElse(beside, 0);
    repeatedSince = Check.orElse(repeatedSince, "");
  }

  /** The same of a run that so many others were made beside. */
  public Manifest besideOthers(int others) {
    return with(scenario, others, repeatedSince);
  }

  /** The same of a run in whose place one was made before, which that had disturbed; a clause. */
  public Manifest madeAgainSince(String disturbance) {
    return with(scenario, beside, disturbance);
  }

  /** The same run under the question and the expectations of another file. */
  Manifest judgedAs(Scenario asked) {
    return with(scenario.judgedAs(asked), beside, repeatedSince);
  }

  private Manifest with(Scenario its, int others, String disturbance) {
    return new Manifest(
        format,
        runId,
        origin,
        its,
        startedAtMillis,
        commit,
        dirty,
        balancing,
        balancingReason,
        outerEngine,
        innerEngine,
        kernel,
        cpus,
        memoryBytes,
        java,
        gatling,
        images,
        others,
        disturbance);
  }

  /** The balancing that was used, as a word: vip, dnsrr or unknown. */
  public String balancedBy() {
    return balancing == null ? "unknown" : balancing.name().toLowerCase(Locale.ROOT);
  }

  /** The lab's commit, for people. */
  public String labInWords() {
    return commit + (dirty ? " with uncommitted changes" : "");
  }
}
