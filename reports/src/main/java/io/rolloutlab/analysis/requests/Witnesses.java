package io.rolloutlab.analysis.requests;

import io.rolloutlab.analysis.run.Verdict;
import io.rolloutlab.history.History;
import io.rolloutlab.history.Hit;
import io.rolloutlab.history.Outcome;
import io.rolloutlab.history.Request;
import io.rolloutlab.history.TaskRef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds each request's lines in the edge's log, and the task that answered it. */
public final class Witnesses {
  private static final int QUOTED = 5;
  private static final int NO_HIT = -1;

  /** By id, each id once. */
  final List<Request> requests;

  private final List<Hit> hits;
  private final long[] ids;
  private final int[] firstHit;
  private final int[] hitsOf;
  private final int[] answer;
  private final TaskJoin tasks;
  private final IdList recordedTwice = new IdList();
  private final IdList neverSent = new IdList();
  private int hitsWithId;

  public Witnesses(History history) {
    requests = onceEach(history.requests());
    hits = history.hits();
    ids = requests.stream().mapToLong(Request::id).toArray();
    firstHit = new int[ids.length];
    hitsOf = new int[ids.length];
    Arrays.fill(firstHit, NO_HIT);
    answer = firstHit.clone();
    for (int i = 0; i < hits.size(); i++) {
      long id = hits.get(i).id();
      if (id != 0) {
        match(id, i);
      }
    }
    tasks = new TaskJoin(history, ids.length);
    for (int i = 0; i < ids.length; i++) {
      if (answer[i] != NO_HIT) {
        tasks.join(i, requests.get(i), hits.get(answer[i]));
      }
    }
  }

  /** The version of the task that answered, by Swarm's word; empty where that is not known. */
  Optional<String> versionOfTask(int request) {
    return tasks.versionOf(request);
  }

  /** The task that answered; empty where that is not known. */
  public Optional<TaskRef> task(int request) {
    return tasks.task(request);
  }

  /** A request by its place, each id once, by id. */
  public Request request(int request) {
    return requests.get(request);
  }

  /** The edge's line of the answer that the user had, or its first line; empty without any. */
  public Optional<Hit> hit(int request) {
    return answer(request)
        .or(
            () ->
                firstHit[request] == NO_HIT
                    ? Optional.empty()
                    : Optional.of(hits.get(firstHit[request])));
  }

  /** The edge's line of the answer that the user had; empty where it logged none. */
  public Optional<Hit> answer(int request) {
    return answer[request] == NO_HIT ? Optional.empty() : Optional.of(hits.get(answer[request]));
  }

  /** Whether the request was sent again without the load process saying so. */
  public boolean resent(int request) {
    return hitsOf[request] > 1;
  }

  private List<Request> onceEach(List<Request> recorded) {
    if (ascending(recorded)) {
      return recorded;
    }
    List<Request> once = new ArrayList<>(recorded.size());
    recorded.stream()
        .sorted(Comparator.comparingLong(Request::id))
        .forEach(
            request -> {
              if (!once.isEmpty() && once.get(once.size() - 1).id() == request.id()) {
                recordedTwice.add(request.id());
              } else {
                once.add(request);
              }
            });
    return once;
  }

  private static boolean ascending(List<Request> requests) {
    for (int i = 1; i < requests.size(); i++) {
      if (requests.get(i - 1).id() >= requests.get(i).id()) {
        return false;
      }
    }
    return true;
  }

  private void match(long id, int hit) {
    hitsWithId++;
    int at = Arrays.binarySearch(ids, id);
    if (at < 0) {
      neverSent.add(id);
      return;
    }
    firstHit[at] = hitsOf[at] == 0 ? hit : firstHit[at];
    hitsOf[at]++;
    // Of a request that was sent again, the last one with the status that its user saw.
    answer[at] = hits.get(hit).status() == requests.get(at).status() ? hit : answer[at];
  }

  public Reconciliation reconcile() {
    Tally tally = new Tally();
    for (int i = 0; i < ids.length; i++) {
      tally.count(i);
    }
    List<String> reasons = tally.reasons();
    int failed = tally.ended(Outcome.FAILED);
    return new Reconciliation(
        new Reconciliation.Ends(
            ids.length, tally.ended(Outcome.OK), failed, tally.ended(Outcome.UNKNOWN)),
        new Reconciliation.Logged(hitsWithId, tally.matched, tally.withoutHit.size, neverSent.size),
        recordedTwice.size,
        new Reconciliation.Resends(tally.resent, tally.resentButAnswered),
        new Reconciliation.Failures(tally.failedWithHit, failed - tally.failedWithHit),
        new Reconciliation.Disagreements(tally.otherStatus.size, tally.otherVersion.size),
        tasks.witness(),
        reasons.isEmpty() ? Verdict.PASS : Verdict.UNKNOWN,
        reasons);
  }

  private final class Tally {
    final int[] outcomes = new int[Outcome.values().length];
    final IdList withoutHit = new IdList();
    final IdList otherStatus = new IdList();
    final IdList otherVersion = new IdList();
    int matched;
    int resent;
    int resentButAnswered;
    int failedWithHit;

    void count(int i) {
      Request request = requests.get(i);
      outcomes[request.outcome().ordinal()]++;
      if (hitsOf[i] == 0) {
        if (request.outcome() == Outcome.OK || request.status() > 0) {
          withoutHit.add(request.id());
        }
        return;
      }
      matched++;
      failedWithHit += request.outcome() == Outcome.FAILED ? 1 : 0;
      if (hitsOf[i] > 1) {
        resent++;
        resentButAnswered += request.outcome() == Outcome.OK ? 1 : 0;
      } else if (request.status() > 0) {
        compare(request, hits.get(firstHit[i]));
      }
    }

    private void compare(Request request, Hit hit) {
      if (request.status() != hit.status()) {
        otherStatus.add(request.id());
      }
      if (!request.version().isEmpty()
          && !hit.version().isEmpty()
          && !request.version().equals(hit.version())) {
        otherVersion.add(request.id());
      }
    }

    int ended(Outcome how) {
      return outcomes[how.ordinal()];
    }

    List<String> reasons() {
      List<String> reasons = new ArrayList<>();
      if (ids.length == 0) {
        reasons.add("no requests were recorded");
      } else if (hitsWithId == 0) {
        reasons.add("the edge's log of the requests is missing or empty");
      }
      withoutHit.complain(reasons, "answered, but the edge logged nothing of them");
      neverSent.complain(reasons, "in the edge's log, but the load process never sent them");
      recordedTwice.complain(reasons, "recorded more than once by the load process");
      otherStatus.complain(reasons, "of one status for the load process, of another for the edge");
      otherVersion.complain(
          reasons, "of one version for the load process, of another for the edge");
      reasons.addAll(tasks.contradictions());
      return reasons;
    }
  }

  /** How many, and the first few of them. */
  private static final class IdList {
    private final List<Long> first = new ArrayList<>(QUOTED);
    private int size;

    void add(long id) {
      size++;
      if (first.size() < QUOTED) {
        first.add(id);
      }
    }

    void complain(List<String> reasons, String what) {
      if (size > 0) {
        String quoted = first.stream().map(String::valueOf).collect(Collectors.joining(", "));
        reasons.add(
            "%s request%s %s: %s%s"
                .formatted(size, size == 1 ? "" : "s", what, quoted, size > QUOTED ? ", ..." : ""));
      }
    }
  }
}
