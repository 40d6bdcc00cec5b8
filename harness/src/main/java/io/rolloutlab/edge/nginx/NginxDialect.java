package io.rolloutlab.edge.nginx;

import io.rolloutlab.edge.EdgeBehaviour;
import io.rolloutlab.edge.EdgeDialect;
import io.rolloutlab.history.Hit;
import io.rolloutlab.scenario.check.Check;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.scenario.edge.EdgeKind;
import io.rolloutlab.scenario.edge.EdgePlan;
import io.rolloutlab.scenario.edge.NginxPlan;
import io.rolloutlab.testbed.Routes;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** nginx 1.26, as Debian has it. */
public final class NginxDialect implements EdgeDialect {
  /** {@code worker_processes} of docker/edge/nginx.conf. */
  private static final int WORKERS = 2;

  /** What nginx does where {@code proxy_connect_timeout} is not given. */
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(60);

  @Override
  public String kind() {
    return EdgeKind.NGINX;
  }

  @Override
  public boolean keepsFromApp(String path) {
    return NginxConfig.isStatic(path);
  }

  @Override
  public String image() {
    return "edge";
  }

  @Override
  public String file() {
    return "routes.conf";
  }

  @Override
  public String place() {
    return "/etc/nginx/lab/" + file();
  }

  @Override
  public String render(Routes routes, EdgePlan plan, Balancing balancing) {
    return new NginxConfig(balancing, plan).render(routes);
  }

  @Override
  public List<String> takeOver(String path) {
    return List.of("edge-apply", path);
  }

  @Override
  public String takeOverByHand() {
    return "edge-apply: nginx -t, mv, nginx -s reload";
  }

  @Override
  public Hit hit(String line, String edge) throws IOException {
    return NginxLog.hit(line, edge);
  }

  @Override
  public EdgeBehaviour behaviour(EdgePlan plan) {
    NginxPlan said = plan.saidToNginx();
    return new EdgeBehaviour(
        WORKERS,
        plan.dnsValid(),
        Check.orElse(said.connectTimeout(), CONNECT_TIMEOUT),
        Check.orElse(said.readTimeout(), NginxPlan.USUAL_READ_TIMEOUT),
        Set.copyOf(plan.retried()),
        Check.orElse(said.tries(), 0),
        Check.orElse(said.keepalive(), 0),
        EdgeBehaviour.Unanswered.OF_HTTP);
  }
}
