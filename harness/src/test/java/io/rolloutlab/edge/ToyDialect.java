package io.rolloutlab.edge;

import io.rolloutlab.history.AppHeaders;
import io.rolloutlab.history.Hit;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.scenario.edge.EdgePlan;
import io.rolloutlab.scenario.edge.RetryOn;
import io.rolloutlab.scenario.users.SplitBy;
import io.rolloutlab.testbed.RouteCondition;
import io.rolloutlab.testbed.RouteCondition.Address;
import io.rolloutlab.testbed.RouteCondition.Cookie;
import io.rolloutlab.testbed.RouteCondition.Header;
import io.rolloutlab.testbed.Routes;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A kind of edge that main sources know nothing of: a line a rule, and a log with semicolons. */
public final class ToyDialect implements EdgeDialect {
  static final String KIND = "toy";
  private static final int COLUMNS = 14;

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public String image() {
    return "toy";
  }

  @Override
  public String file() {
    return "toy.rules";
  }

  @Override
  public String place() {
    return "/etc/toy/" + file();
  }

  @Override
  public String render(Routes routes, EdgePlan plan, Balancing balancing) {
    return routes.reached().stream().map(ToyDialect::rule).collect(Collectors.joining());
  }

  private static String rule(Routes.Target target) {
    String to = " to %s\n".formatted(target.hostAndPort());
    RouteCondition condition = target.condition();
    if (condition instanceof Address address) {
      return address.networks().stream()
          .map(network -> "from " + network + to)
          .collect(Collectors.joining());
    } else if (condition instanceof Header header) {
      return "header %s %s".formatted(header.name(), header.value()) + to;
    } else if (condition instanceof Cookie cookie) {
      return "cookie %s %s".formatted(cookie.name(), cookie.value()) + to;
    }
    return (condition instanceof RouteCondition.Share share ? share(share) : "copy") + to;
  }

  private static String share(RouteCondition.Share share) {
    boolean alone = share.splitBy() == SplitBy.REQUEST;
    return "share " + share.percent() + (alone ? "" : " by " + share.splitBy());
  }

  @Override
  public List<String> takeOver(String path) {
    return List.of("toy-rules", "--take", path);
  }

  @Override
  public String takeOverByHand() {
    return "toy-rules: kill -USR1";
  }

  @Override
  public Hit hit(String line, String edge) throws IOException {
    String[] parts = line.split(";", -1);
    if (parts.length != COLUMNS + 1 || !parts[COLUMNS].equals("end")) {
      throw new IOException("it has no %s columns".formatted(COLUMNS));
    }
    return new Hit(
        Long.parseLong(parts[0]),
        Long.parseLong(parts[1]),
        parts[2],
        new Hit.Answer(
            Integer.parseInt(parts[3]), Integer.parseInt(parts[4]), Long.parseLong(parts[13])),
        new Hit.Tries(parts[5], parts[6], parts[12]),
        new AppHeaders(parts[7], parts[8]),
        new Hit.Connection(
            edge,
            Integer.parseInt(parts[11]),
            Long.parseLong(parts[9]),
            Long.parseLong(parts[10])));
  }

  @Override
  public Set<String> unanswered() {
    return Set.of("502", "503", "504");
  }

  /** One process that tries every address, but waits for none longer than two seconds. */
  @Override
  public EdgeBehaviour behaviour(EdgePlan plan) {
    return new EdgeBehaviour(
        1,
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofMinutes(1),
        Set.of(RetryOn.ERROR, RetryOn.TIMEOUT),
        0,
        0,
        new EdgeBehaviour.Unanswered(503, 504));
  }
}
