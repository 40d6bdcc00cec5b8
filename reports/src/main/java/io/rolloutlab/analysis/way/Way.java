package io.rolloutlab.analysis.way;

import io.rolloutlab.analysis.requests.TaskWitness;
import java.util.List;

/**
 * Which way the requests of a run took, in the whole run and as far as its record says it.
 *
 * @param load what users sent
 * @param entrance how they reach the edge
 * @param logged what the edge logged of it
 * @param asked whether the tasks' addresses, or their containers, tell who answered
 * @param behind who was behind the edge: services in the order in which the routes named them
 *     first; where the edge asks virtual addresses, one element for each of these
 * @param unnamed answers whose address, or container, names no one task; 0 where nothing can name
 *     one
 * @param stops tasks that were told to stop
 */
public record Way(
    Load load,
    Entrance entrance,
    Logged logged,
    TaskWitness.Asked asked,
    List<Behind> behind,
    int unnamed,
    Stops stops) {
  public Way {
    behind = List.copyOf(behind);
  }

  /**
   * What the load process recorded.
   *
   * @param requests each id once
   * @param users that sent them
   */
  public record Load(int requests, int users) {}

  /** How the edge's port for users is published. */
  public enum Publishing {
    /** On the nodes that run a task of the edge, and it leads to that task. */
    HOST,
    /** On every node, by the routing mesh, which leads to any task of the edge. */
    INGRESS,
    /** No recorded command says it. */
    NOT_RECORDED
  }

  /**
   * How users reach the edge, by the recorded command that creates its service.
   *
   * @param port that is published for users; 0 where it was not recorded
   * @param nodes on which tasks of the edge ran at some time, by name; empty where none was seen
   */
  public record Entrance(Publishing publishing, int port, List<String> nodes) {
    public Entrance {
      nodes = List.copyOf(nodes);
    }
  }

  /**
   * A container of the edge.
   *
   * @param id its short id
   * @param requests that it logged
   */
  public record Container(String id, int requests) {}

  /**
   * What the edge logged of the recorded requests; one that was sent again counts once.
   *
   * @param containers in the order of their first requests
   * @param requests in the log of any of them
   * @param ofTheirUser of these, for which the log names the address of the user who sent it
   * @param overKept of these, that came over a connection which had brought one before
   * @param triedAgain of these, for which the edge made more than one try
   * @param triedAgainWell of those, that were answered well
   * @param inVain of all requests, which the edge answered itself since nobody else did, or not in
   *     time
   */
  public record Logged(
      List<Container> containers,
      int requests,
      int ofTheirUser,
      int overKept,
      int triedAgain,
      int triedAgainWell,
      int inVain) {
    public Logged {
      containers = List.copyOf(containers);
    }
  }

  /**
   * A service behind the edge, or a virtual address.
   *
   * @param service name; empty where the record does not tell which one it is
   * @param address virtual address, without a port; empty where the edge asks tasks, or where none
   *     of them is known to have answered
   * @param copies whether it got copies of requests, whose answers nobody logs
   * @param answerers its tasks, by the time of their addresses; where tasks are not known, one
   *     element for each version
   */
  public record Behind(String service, String address, boolean copies, List<Answerer> answerers) {
    public Behind {
      answerers = List.copyOf(answerers);
    }

    /** How many answers came from there. */
    public int answers() {
      return answerers.stream().mapToInt(Answerer::answers).sum();
    }
  }

  /**
   * Who answered.
   *
   * @param task which task of its service it is, for example {@code pyapp.2}; empty where that is
   *     not known
   * @param version {@code v1} or {@code v2}; empty where that is not known
   * @param node host name; empty where the task is not known
   * @param address without a port; empty where the task is not known
   * @param answers how many, whatever their status
   */
  public record Answerer(String task, String version, String node, String address, int answers) {
    /** Whether it is known which task it was. */
    public boolean known() {
      return !task.isEmpty();
    }
  }

  /**
   * Tasks that were told to stop.
   *
   * @param tasks of the app that ran, were told to stop by Swarm and ended
   * @param answersAfter answers of tasks that had been told to stop before the edge had the
   *     request; 0 where tasks are not known
   */
  public record Stops(int tasks, int answersAfter) {}

  /** How many answers are known to come from behind the edge. */
  public int answers() {
    return behind.stream().mapToInt(Behind::answers).sum();
  }
}
