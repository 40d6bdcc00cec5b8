package io.rolloutlab.analysis.causes;

import io.rolloutlab.analysis.requests.Errors;
import io.rolloutlab.history.Event;
import io.rolloutlab.history.History;
import io.rolloutlab.history.Hit;
import io.rolloutlab.history.Request;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.scenario.edge.RetryOn;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Joins a failed request with what the edge, the tasks and the nodes were doing then. */
final class Joining {
  private static final int GATEWAY_TIMEOUT = 504;

  /** What older labs called a good status without a version header. */
  private static final String NAMELESS = "wrong-answer";

  /** How far apart the two witnesses of one wait may be. */
  private static final long CLOCKS_MILLIS = 1_000;

  private final long zero;
  private final Scenario scenario;
  private final String edge;
  private final boolean virtual;
  private final Set<String> unanswered;
  private final boolean logIsWhole;
  private final TaskLog tasks;
  private final EdgeTimes edgeTimes;
  private final TaskFault fault;
  private final VirtualTries behindOneAddress;
  private final Deciding deciding;
  private final Overload overload;

  /** By the id of a request: the version that its answer named; none where no page names assets. */
  private final Map<Long, String> pages = new HashMap<>();

  Joining(History history, Surroundings around, long zero) {
    this.zero = zero;
    scenario = history.manifest().scenario();
    edge = scenario.edge().kind();
    virtual = history.manifest().balancing() == Balancing.VIP;
    unanswered = around.unanswered();
    logIsWhole = history.events(Event.Fault.class).noneMatch(Event.Fault::spoils);
    tasks = around.tasks();
    edgeTimes = around.edge();
    fault = around.fault();
    behindOneAddress = new VirtualTries(tasks, edgeTimes, fault);
    deciding = around.deciding();
    overload = new Overload(history, around, zero);
    if (scenario.load().namesAssets()) {
      history.requests().stream()
          .filter(one -> !one.hasPage())
          .forEach(one -> pages.put(one.id(), one.version()));
    }
  }

  /**
   * Why a request failed.
   *
   * @param hit the edge's line of it; empty where it logged none
   * @param resent whether the load tool sent it again without saying so
   */
  Caused of(Request request, Optional<Hit> hit, boolean resent) {
    boolean silently = resent && request.error().isEmpty();
    if (silently || hit.isEmpty()) {
      return unlogged(request, resent);
    }
    Hit line = hit.get();
    if (!line.hasFailed()) {
      return answered(request, line);
    }
    if (request.status() == 0 && leftOut(request, line)) {
      return caused(
          request,
          Cause.LOAD,
          Scene.unlogged(edge, "the edge had it for only " + Story.seconds(line.latencyMillis())));
    }
    return line.upstream().isEmpty() ? untried(request, line) : tried(request, line);
  }

  /** Whether the request had spent most of its time before the edge had it. */
  private static boolean leftOut(Request request, Hit line) {
    return request.latencyMillis() > 2L * line.latencyMillis() + CLOCKS_MILLIS
        && line.status() == Hit.CLIENT_GONE
        && !line.upstream().isEmpty();
  }

  private Caused unlogged(Request request, boolean resent) {
    long from = request.actualAtMillis() - zero;
    long until = from + Math.max(0, request.latencyMillis());
    Optional<Long> change = edgeTimes.changedIn(from, until);
    Optional<TaskTimes> gone = edgeTimes.goneIn(from, until);
    boolean closed = resent || request.error().equals("closed");
    if (gone.isPresent()) {
      TaskTimes next = edgeTimes.successor(gone.get()).orElse(null);
      Scene scene = new Scene(edge, "", -1, false, "", "", gone.get(), next, "");
      return caused(request, resent, Cause.EDGE_GONE, scene);
    }
    if (closed && change.isPresent()) {
      String note = "the edge was asked to take up new routes at " + Story.moment(change.get());
      return caused(request, resent, Cause.EDGE_CHANGED, Scene.unlogged(edge, note));
    }
    if (request.error().equals("timeout") && edgeTimes.mirroredAt(from)) {
      // What waits behind a copy is not read before that is over, and the log may end before.
      return caused(request, resent, Cause.BEHIND_COPIES, Scene.unlogged(edge, ""));
    }
    boolean neverThere = logIsWhole && !closed && !request.error().equals("other");
    return caused(
        request,
        resent,
        neverThere ? Cause.LOAD : Cause.UNKNOWN,
        Scene.unlogged(edge, neverThere ? edge + " never had it" : resent ? twice() : ""));
  }

  private String twice() {
    return edge + " had it twice, and nothing recorded says why its first connection was closed";
  }

  /**
   * The edge had an answer below 500, and the user had none, or one that is not good for him or for
   * an older lab.
   */
  private Caused answered(Request request, Hit line) {
    boolean timeout = request.error().equals("timeout");
    long start = line.atMillis() - zero - line.latencyMillis();
    if (request.error().equals(Request.NOT_GOOD)) {
      return notGood(request, line, start);
    }
    if (request.error().equals(NAMELESS)
        || timeout && line.latencyMillis() + CLOCKS_MILLIS >= request.latencyMillis()) {
      TaskTimes task = tasks.answerer(line, start);
      return caused(request, timeout ? Cause.TOO_SLOW : Cause.OWN_ERROR, scene(line, task));
    }
    boolean known = timeout || request.error().equals("closed");
    String note = "%s answered %s".formatted(edge, line.status());
    return caused(request, known ? Cause.LOAD : Cause.UNKNOWN, Scene.unlogged(edge, note));
  }

  /** Who answered so: a task, or the edge where it asked nobody. */
  private Caused notGood(Request request, Hit line, long start) {
    if (line.upstream().isEmpty()) {
      String itself = "%s asked nobody, and %s".formatted(edge, request.wrong());
      return caused(request, Cause.UNKNOWN, Scene.unlogged(edge, itself));
    }
    if (request.missedVersion(page(request))) {
      String page = "its page (request %s) came from %s".formatted(request.visit(), page(request));
      Scene scene = scene(line, tasks.answerer(line, start));
      return caused(request, Cause.OTHER_VERSION, scene.noting(page));
    }
    TaskTimes task = virtual ? null : tasks.behind(line.lastAddress(), start);
    return caused(request, Cause.OWN_ERROR, scene(line, task).noting("which " + request.wrong()));
  }

  /** The version that answered its page; empty where it has none, or that is not known. */
  private String page(Request asset) {
    return pages.getOrDefault(asset.visit(), "");
  }

  /** Whether the edge says that nobody answered, and not that nobody did in time. */
  private boolean saysNobody(Hit line) {
    return line.status() != GATEWAY_TIMEOUT && unanswered.contains("" + line.status());
  }

  /** The edge asked nobody. */
  private Caused untried(Request request, Hit line) {
    long at = line.atMillis() - zero - line.latencyMillis();
    if (line.status() == Hit.CLIENT_GONE && edgeTimes.mirroredAt(at)) {
      return caused(request, Cause.BEHIND_COPIES, Scene.unlogged(edge, ""));
    }
    Optional<String> service = saysNobody(line) ? emptyAt(at) : Optional.empty();
    return service
        .map(name -> caused(request, Cause.NOBODY_READY, nobody(name, at, line)))
        .orElseGet(
            () ->
                caused(
                    request,
                    Cause.UNKNOWN,
                    new Scene(edge, "", line.latencyMillis(), false, "", "", null, null, "")));
  }

  /** The service of which the edge could know nobody. */
  private Optional<String> emptyAt(long at) {
    return tasks.askedAt(edgeTimes, at).stream()
        .filter(name -> fault.mayBeEmpty(tasks.service(name), at))
        .findFirst();
  }

  private Scene nobody(String service, long at, Hit line) {
    ServiceTimes its = tasks.service(service);
    OptionalLong around = its.emptyAround(at);
    TaskTimes last;
    TaskTimes next;
    if (around.isPresent()) {
      last = its.lastGoneAt(around.getAsLong());
      next = its.nextReadyAfter(around.getAsLong());
    } else if (fault.allAreGivenUp(its, at)) {
      last = its.readyOnesAt(at).get(0);
      next = its.nextReadyAfter(at);
    } else {
      // One has left, or soon does, and the kernels may not have learnt of the next one yet.
      last = its.lastGoneAround(at);
      next = its.nextUnlearntAt(at);
    }
    return new Scene(
        edge, line.upstream(), line.latencyMillis(), false, service, "", last, next, "");
  }

  private Caused tried(Request request, Hit line) {
    Try one = Try.decisive(line, zero, unanswered);
    if (virtual) {
      return virtual(request, line, one);
    }
    TaskTimes task = tasks.behind(one.address(), one.fromMillis());
    Cause cause = task == null ? ofNobody(one) : fault.of(one, task);
    return caused(request, cause, scene(line, task));
  }

  private static Cause ofNobody(Try one) {
    return one.end() == Try.End.ANSWERED ? Cause.OWN_ERROR : Cause.UNKNOWN;
  }

  private Caused virtual(Request request, Hit line, Try one) {
    long at = one.fromMillis();
    if (one.end() == Try.End.ANSWERED) {
      return caused(request, Cause.OWN_ERROR, scene(line, tasks.answerer(line, at)));
    }
    Set<String> services = behindOneAddress.services(one.address(), at);
    VirtualTries.Found found =
        one.end() == Try.End.REFUSED && nobodyIsReady(services, at)
            ? new VirtualTries.Found(Cause.NOBODY_READY, null)
            : behindOneAddress.of(one, services);
    if (found.cause() == Cause.NOBODY_READY) {
      return caused(request, Cause.NOBODY_READY, nobody(withNobody(services, at), at, line));
    }
    return caused(request, found.cause(), scene(line, found.task()));
  }

  /** The one of several services that may have had nobody. */
  private String withNobody(Set<String> services, long at) {
    return services.stream()
        .filter(name -> fault.mayHaveNobody(tasks.service(name), at))
        .findFirst()
        .orElseThrow();
  }

  private boolean nobodyIsReady(Set<String> services, long at) {
    return !services.isEmpty()
        && services.stream().allMatch(name -> tasks.service(name).isSurelyEmptyAt(at));
  }

  private Scene scene(Hit line, TaskTimes task) {
    boolean all =
        !virtual
            && saysNobody(line)
            && scenario.edge().retried().contains(RetryOn.ERROR)
            && scenario.edge().saidToNginx().tries() == null;
    return new Scene(
        edge,
        line.upstream(),
        line.latencyMillis(),
        all,
        task == null ? "" : task.task().service(),
        task == null ? line.version() : task.task().version(),
        task,
        task == null ? null : tasks.successor(task),
        "");
  }

  private Caused caused(Request request, Cause cause, Scene scene) {
    return caused(request, false, cause, scene);
  }

  private Caused caused(Request request, boolean resent, Cause cause, Scene scene) {
    return overload.of(
        new Caused(
            request.id(),
            request.actualAtMillis() - zero,
            request.latencyMillis(),
            resent && request.error().isEmpty() ? Errors.DROPPED_RESENT : request.error(),
            cause,
            deciding.setting(cause, scene, request.actualAtMillis() - zero, request.error()),
            scene));
  }
}
