package io.rolloutlab.load;

import io.rolloutlab.scenario.LoadPlan;
import io.rolloutlab.scenario.users.UserMark;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * What a load process has to do.
 *
 * @param plan rate, populations, users, time limits
 * @param seed of the users' sequence: the same seed gives arrival n the same user
 * @param runId named in the User-Agent header; 1 to 100 letters, digits, dots, dashes, underscores
 * @param targets base URLs ({@code http://127.0.0.1:8080}) whose host is an address, not a name;
 *     the requests of each population take turns among them
 * @param folder for the files of the load; it must not hold those of another one
 * @param path of every request where the plan lists none, begins with a slash; usually {@code /}
 * @param workMillis the service time that a request to this path asks the app for; 0 to 10,000, 0 =
 *     asks for none
 * @param mark what the requests of some users carry; null for nothing
 */
public record LoadJob(
    LoadPlan plan,
    long seed,
    String runId,
    List<URI> targets,
    Path folder,
    String path,
    int workMillis,
    UserMark mark) {

  public LoadJob {
    targets = List.copyOf(targets);
    folder = folder.toAbsolutePath();
    check(runId.matches("[A-Za-z0-9._-]{1,100}"), "runId", runId);
    check(!targets.isEmpty(), "targets", targets);
    for (URI target : targets) {
      check(isUrlOfAddress(target), "target", target);
    }
    check(path.startsWith("/"), "path", path);
    check(workMillis >= 0 && workMillis <= 10_000, "workMillis", workMillis);
  }

  /** A job for {@code /} that asks for no service time, and whose users carry nothing. */
  public static LoadJob of(LoadPlan plan, long seed, String runId, Path folder, URI... targets) {
    return new LoadJob(plan, seed, runId, List.of(targets), folder, "/", 0, null);
  }

  /** The same, and some users carry something; null for nobody. */
  public LoadJob marking(UserMark its) {
    return new LoadJob(plan, seed, runId, targets, folder, path, workMillis, its);
  }

  /** The URL of a population's n-th request, from 0. */
  String url(long index) {
    String work = (path.contains("?") ? "&" : "?") + "work=" + workMillis;
    return url(index, path + (workMillis == 0 ? "" : work));
  }

  /**
   * The same of another path.
   *
   * @param other begins with a slash
   */
  String url(long index, String other) {
    return targets.get((int) (index % targets.size())).toString().replaceAll("/+$", "") + other;
  }

  // The child resolves no host names, so that it cannot call anywhere else.
  private static boolean isUrlOfAddress(URI target) {
    String host = target.getHost();
    return "http".equals(target.getScheme()) && host != null && host.matches("[0-9.]+|\\[.*]");
  }

  private static void check(boolean holds, String key, Object value) {
    if (!holds) {
      throw new IllegalArgumentException("%s of a load cannot be \"%s\"".formatted(key, value));
    }
  }
}
