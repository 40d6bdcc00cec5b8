package io.rolloutlab.twin.manager;

import io.rolloutlab.scenario.cluster.NodeLabel;
import io.rolloutlab.twin.clock.Chance;
import io.rolloutlab.twin.model.Node;
import io.rolloutlab.twin.model.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * Gives tasks of one make which wait together their nodes, the best first: fewest wanted tasks of
 * the service, then fewest wanted tasks at all; nodes on which this make has failed five times in
 * five minutes come last (swarmkit {@code scheduler.go}: nodeLess). Ties are a matter of chance,
 * here evenly; in Swarm the order is that of a Go map, which starts anywhere but then goes round.
 *
 * <p>Where tasks are to be spread over labels, branches of nodes are made even first, and nodes
 * within a branch after that (scheduleNTasksOnSubtree). Before swarmkit 2.0.0 (May 2025) the
 * manager could loop there for ever, when a branch within a branch had more than its part and all
 * others were full; here it stops, as it does since.
 */
public final class Placement {
  /** From so many failures in five minutes on a node is shunned by the make (maxFailures). */
  private static final int FAILURES = 5;

  private static final Filter[] FILTERS = Filter.values();

  private final Task model;
  private final List<Node> all;
  private final long nowMicros;
  private final Chance chance;

  /** In the order in which they are asked; the first that refuses counts (pipeline.go). */
  private enum Filter {
    // A node that is down is no candidate; one that is lost still is.
    READY("%s node%s not available for new tasks"),
    RESOURCES("insufficient resources on %s node%s"),
    CONSTRAINTS("scheduling constraints not satisfied on %s node%s"),
    HOST_PORT("host-mode port already in use on %s node%s"),
    MAX_REPLICAS("max replicas per node limit exceed");

    /** As filter.go has them. */
    private final String words;

    Filter(String words) {
      this.words = words;
    }

    boolean passes(Task task, Node node) {
      Integer most = task.rules().maxPerNode();
      return switch (this) {
        case READY -> node.isOpen();
        case RESOURCES -> node.free().cover(task.reserved());
        case CONSTRAINTS -> task.constraints().met(node);
        case HOST_PORT -> !node.hasTaken(task.rules().hostPort());
        // Tasks of any version count, but not those that are told to stop.
        case MAX_REPLICAS -> most == null || node.wanted(task.service()) < most;
      };
    }

    String explain(int nodes) {
      return words.formatted(nodes, nodes == 1 ? "" : "s");
    }
  }

  /**
   * @param model one of the tasks
   */
  public Placement(Task model, List<Node> all, long nowMicros, Chance chance) {
    this.model = model;
    this.all = all;
    this.nowMicros = nowMicros;
    this.chance = chance;
  }

  /** Why a task cannot be on one node, in Swarm's words; empty when it can (taskFitNode). */
  static String refusal(Task task, Node node) {
    return refusing(task, node).map(filter -> filter.explain(1)).orElse("");
  }

  private static Optional<Filter> refusing(Task task, Node node) {
    for (Filter filter : FILTERS) {
      if (!filter.passes(task, node)) {
        return Optional.of(filter);
      }
    }
    return Optional.empty();
  }

  /** Whether two tasks are of one make: of one order, not only of equal ones. */
  static boolean sameMake(Task one, Task other) {
    return one.service() == other.service() && one.spec() == other.spec();
  }

  /**
   * Gives nodes to as many as it can.
   *
   * @param waiting of one make; who is given a node is taken out
   * @param give a task to a node, which bears it from then on
   */
  public void place(Deque<Task> waiting, BiConsumer<Task, Node> give) {
    List<String> labels = model.rules().spread().stream().map(NodeLabel::name).toList();
    Branch root = Branch.root(all, labels, model.service());
    new Wave(waiting, give).spread(waiting.size(), root);
  }

  /** Why there is no node, in Swarm's words: what refuses most nodes comes first. */
  public String explanation() {
    int[] refused = new int[FILTERS.length];
    for (Node node : all) {
      refusing(model, node).ifPresent(filter -> refused[filter.ordinal()]++);
    }
    String why =
        Arrays.stream(FILTERS)
            .filter(filter -> refused[filter.ordinal()] > 0)
            .sorted(Comparator.comparingInt(filter -> -refused[filter.ordinal()]))
            .map(filter -> filter.explain(refused[filter.ordinal()]))
            .collect(Collectors.joining("; "));
    return why.isEmpty() ? "no suitable node" : "no suitable node (%s)".formatted(why);
  }

  private boolean passes(Node node) {
    return refusing(model, node).isEmpty();
  }

  /**
   * What it bears, the heaviest first: failures of the make, where they are many; wanted tasks of
   * the service; wanted tasks of any (scheduler.go: nodeLess).
   */
  private long load(Node node) {
    int failures = node.failures(model.spec(), nowMicros);
    long shunned = failures < FAILURES ? 0 : Math.min(failures, Short.MAX_VALUE);
    return shunned << 48 | (long) node.wanted(model.service()) << 24 | node.wanted();
  }

  /** One look at the tasks that wait together. */
  private final class Wave {
    private final Deque<Task> waiting;
    private final BiConsumer<Task, Node> give;

    /** No more nodes of a leaf are looked at than may be needed. */
    private final int most;

    Wave(Deque<Task> waiting, BiConsumer<Task, Node> give) {
      this.waiting = waiting;
      this.give = give;
      most = waiting.size();
    }

    /**
     * Makes branches even, until all tasks have a node or no branch has room. What a branch gets is
     * worked out from what it bore before; it may be more than was asked for here, and is then too
     * much (all as in Swarm).
     *
     * @return how many tasks were given a node
     */
    int spread(int wanted, Branch tree) {
      if (tree.isLeaf()) {
        return fill(wanted, ordered(tree));
      }
      Set<Branch> noRoom = new HashSet<>();
      int placed = 0;
      int borne = tree.tasks();
      boolean converging = true;
      while (placed != wanted && noRoom.size() != tree.next().size() && converging) {
        int open = tree.next().size() - noRoom.size();
        int each = (borne + wanted - placed) / open;
        int rest = (borne + wanted - placed) % open;
        converging = false;
        for (Branch branch : shuffled(tree.next())) {
          boolean due = branch.tasks() < each || branch.tasks() == each && rest > 0;
          if (due && !noRoom.contains(branch)) {
            converging = true;
            int part = each - branch.tasks() + (rest > 0 ? 1 : 0);
            int given = spread(part, branch);
            if (given < part) {
              noRoom.add(branch);
              borne -= branch.tasks();
            } else if (rest > 0) {
              rest--;
            }
            placed += given;
          }
        }
      }
      return placed;
    }

    private List<Branch> shuffled(Iterable<Branch> branches) {
      List<Branch> list = new ArrayList<>();
      branches.forEach(list::add);
      chance.shuffle(list);
      return list;
    }

    private List<Node> ordered(Branch leaf) {
      List<Node> open =
          new ArrayList<>(leaf.nodes().stream().filter(Placement.this::passes).toList());
      chance.shuffle(open);
      open.sort(Comparator.comparingLong(Placement.this::load));
      List<Node> best = open.subList(0, Math.min(most, open.size()));
      leaf.nodes().clear();
      leaf.nodes().addAll(best);
      return best;
    }

    /**
     * The nodes are put in order once. In the first round a node is filled until the next one bears
     * strictly less, so where they bear unequal numbers the lightest ends up with most: nodes with
     * two, two and one task get one, one and three of five more. In later rounds each takes one
     * task in turn (scheduleNTasksOnNodes).
     */
    private int fill(int wanted, List<Node> nodes) {
      Set<Node> full = new HashSet<>();
      int turn = 0;
      int placed = 0;
      while (placed < wanted && full.size() < nodes.size() && !waiting.isEmpty()) {
        give.accept(waiting.poll(), nodes.get(turn % nodes.size()));
        placed++;
        boolean firstRound = turn + 1 < nodes.size();
        if (!firstRound || load(nodes.get(turn + 1)) < load(nodes.get(turn))) {
          turn++;
        }
        while (full.size() < nodes.size() && isFull(nodes.get(turn % nodes.size()), full)) {
          turn++;
        }
      }
      return placed;
    }

    private boolean isFull(Node node, Set<Node> full) {
      if (!full.contains(node) && !passes(node)) {
        full.add(node);
      }
      return full.contains(node);
    }
  }
}
