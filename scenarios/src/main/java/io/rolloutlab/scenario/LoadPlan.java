package io.rolloutlab.scenario;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rolloutlab.scenario.check.Check;
import io.rolloutlab.scenario.requests.RequestPlan;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The users: an open model, so requests arrive at their rate however slow the answers are.
 *
 * @param ratePerSecond requests a second, all together, not counting the assets that pages name,
 *     which come on top; 1 to 10,000, more than 1,000 only on the twin; default 40
 * @param newConnectionShare share of the requests that open a connection of their own, the others
 *     go over reused ones; 0 to 1, default 0.5
 * @param users distinct identities, each with a client address of its own; 1 to 60,000, default 200
 * @param warmUp time under load before the rollout; default 15 s
 * @param coolDown time under load after it; default 10 s
 * @param requestTimeout how long a user waits for an answer; default 10 s
 * @param limit the longest the load may go on, whatever happens; default 15 min
 * @param requests what users ask for, at most 100 of them, drawn by their weights; default one, a
 *     GET of {@code /}
 */
public record LoadPlan(
    Double ratePerSecond,
    Double newConnectionShare,
    Integer users,
    Duration warmUp,
    Duration coolDown,
    Duration requestTimeout,
    Duration limit,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<RequestPlan> requests) {
  /** The longest limit. */
  public static final Duration LONGEST = Duration.ofHours(4);

  private static final int MOST_REQUESTS = 100;

  public static final LoadPlan DEFAULT = new LoadPlan(null, null, null, null, null, null, null);

  public LoadPlan {
    ratePerSecond = Check.orElse(ratePerSecond, 40.0);
    newConnectionShare = Check.orElse(newConnectionShare, 0.5);
    users = Check.orElse(users, 200);
    warmUp = Check.orElse(warmUp, Duration.ofSeconds(15));
    coolDown = Check.orElse(coolDown, Duration.ofSeconds(10));
    requestTimeout = Check.orElse(requestTimeout, Duration.ofSeconds(10));
    limit = Check.orElse(limit, Duration.ofMinutes(15));
    Check.between("ratePerSecond", ratePerSecond, 1, 10_000);
    Check.between("newConnectionShare", newConnectionShare, 0, 1);
    Check.between("users", users, 1, 60_000);
    Check.between("warmUp", warmUp, Duration.ZERO, Duration.ofMinutes(10));
    Check.between("coolDown", coolDown, Duration.ZERO, Duration.ofMinutes(10));
    Check.between("requestTimeout", requestTimeout, Duration.ofMillis(100), Duration.ofMinutes(2));
    Check.between("limit", limit, Duration.ofSeconds(10), LONGEST);
    requests = Check.listOrElse(requests, List.of());
    checkRequests(requests);
  }

  /** Of users who ask for {@code /} alone. */
  public LoadPlan(
      Double ratePerSecond,
      Double newConnectionShare,
      Integer users,
      Duration warmUp,
      Duration coolDown,
      Duration requestTimeout,
      Duration limit) {
    this(ratePerSecond, newConnectionShare, users, warmUp, coolDown, requestTimeout, limit, null);
  }

  private static void checkRequests(List<RequestPlan> requests) {
    Check.that(
        requests.size() <= MOST_REQUESTS,
        "requests",
        "are %s, and %s can be listed".formatted(requests.size(), MOST_REQUESTS));
    Set<String> names = new HashSet<>();
    for (int i = 0; i < requests.size(); i++) {
      String name = requests.get(i).name();
      Check.that(
          names.add(name),
          "requests[%s]".formatted(i),
          "is called \"%s\", as another one is: give it a name of its own".formatted(name));
    }
  }

  /**
   * Requests a second: those that arrive, and the assets of the pages among them, which are as
   * frequent as the weights make them.
   */
  public double requestsPerSecond() {
    double weights = requests.stream().mapToDouble(RequestPlan::weight).sum();
    double assets =
        requests.stream().mapToDouble(one -> (double) one.weight() * one.namedAssets()).sum();
    return assets == 0 ? ratePerSecond : ratePerSecond * (1 + assets / weights);
  }

  /** Whether a page of theirs names assets. */
  public boolean namesAssets() {
    return requests.stream().anyMatch(one -> one.namedAssets() > 0);
  }

  /** The same users at another rate; null for the default. */
  public LoadPlan withRate(Double perSecond) {
    return new LoadPlan(
        perSecond, newConnectionShare, users, warmUp, coolDown, requestTimeout, limit, requests);
  }

  /**
   * The same users, who may go on for so much longer than the limit, up to its own limit of 4 h.
   *
   * @param time 0 or more
   */
  public LoadPlan prolonged(Duration time) {
    Duration all = limit.plus(time);
    return new LoadPlan(
        ratePerSecond,
        newConnectionShare,
        users,
        warmUp,
        coolDown,
        requestTimeout,
        all.compareTo(LONGEST) < 0 ? all : LONGEST,
        requests);
  }

  /** The client address of a user, 0 to {@link #users} − 1: in 10.77.0.0/16, never .0 or .255. */
  public static String addressOf(int user) {
    return "10.77." + user / 254 + "." + (user % 254 + 1);
  }
}
