package io.rolloutlab.testbed;

import io.rolloutlab.scenario.Balancing;
import io.rolloutlab.scenario.EdgePlan;
import io.rolloutlab.scenario.check.Durations;
import io.rolloutlab.testbed.Routes.Target;
import java.util.List;

/**
 * nginx's routes as its configuration, for both ways of balancing: the same rules as in the
 * exercise (forwarded headers, 404 for static suffixes, max_fails and fail_timeout).
 *
 * <p>Under vip the services are servers of an upstream block with weights. Under dnsrr nginx would
 * pin the addresses it finds at load, so a variable makes it resolve again, and {@code
 * split_clients} holds the weights, which then do not depend on the numbers of replicas.
 */
public final class NginxConfig {
  /** nginx listens here for users. */
  public static final int HTTP = 80;

  /** nginx listens here for the lab's own probes. */
  public static final int PROBE = 8081;

  private static final String FORWARDED =
      """
          proxy_set_header Host $host;
          proxy_set_header X-Real-IP $remote_addr;
          proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
          proxy_set_header X-Forwarded-Proto $scheme;
      """;

  private static final String RULES =
      """
        location ~* \\.(html|css|js|png|jpg|jpeg|gif|ico)$ {
          return 404;
        }
        location / {
      %s%s    proxy_next_upstream %s;
          proxy_pass http://$backend;
        }
      """;

  /** Its name must not be one that users ask for. */
  private static final String MIRROR = "/lab-mirror";

  private static final String MIRRORED =
      """
        location = %s {
          internal;
      %s    proxy_next_upstream off;
          proxy_pass http://%s$request_uri;
        }
      """;

  private final Balancing balancing;
  private final EdgePlan plan;

  public NginxConfig(Balancing balancing, EdgePlan plan) {
    this.balancing = balancing;
    this.plan = plan;
  }

  /** The file routes.conf. */
  public String render(Routes routes) {
    return resolver()
        + (balancing == Balancing.VIP ? upstreams(routes) : split(routes))
        + addresses(routes)
        + server(routes)
        + probes();
  }

  private String resolver() {
    // Client addresses do not survive a published port: X-Forwarded-For is believed instead.
    return """
        resolver 127.0.0.11 valid=%s ipv6=off;
        set_real_ip_from 0.0.0.0/0;
        real_ip_header X-Forwarded-For;
        """
        .formatted(Durations.print(plan.dnsValid()));
  }

  private String upstreams(Routes routes) {
    StringBuilder text = new StringBuilder("upstream flask_app {\n");
    routes.targets().stream()
        .filter(target -> target.weight() > 0)
        .forEach(target -> text.append(server(hostAndPort(target), target.weight())));
    text.append("}\n");
    for (Target target : listed(routes)) {
      text.append(
          "upstream only_%s {\n%s}\n".formatted(target.service(), server(hostAndPort(target), 1)));
    }
    if (routes.mirror() != null) {
      String host = routes.mirror().service() + ":" + routes.mirror().port();
      text.append("upstream mirror {\n%s}\n".formatted(server(host, 1)));
    }
    return text + "map \"\" $weighted {\n  default flask_app;\n}\n";
  }

  private String server(String host, int weight) {
    return "  server %s weight=%s max_fails=%s fail_timeout=%s;\n"
        .formatted(host, weight, plan.maxFails(), Durations.print(plan.failTimeout()));
  }

  private static String split(Routes routes) {
    StringBuilder text = new StringBuilder("split_clients \"$request_id\" $weighted {\n");
    List<Target> weighted =
        routes.targets().stream().filter(target -> target.weight() > 0).toList();
    for (int i = 0; i < weighted.size(); i++) {
      boolean last = i == weighted.size() - 1;
      text.append(
          "  %s %s;\n"
              .formatted(
                  last ? "*" : weighted.get(i).weight() + "%", hostAndPort(weighted.get(i))));
    }
    return text.append("}\n").toString();
  }

  private String addresses(Routes routes) {
    StringBuilder text = new StringBuilder("geo $listed {\n  default \"\";\n");
    for (Target target : listed(routes)) {
      String backend =
          balancing == Balancing.VIP ? "only_" + target.service() : hostAndPort(target);
      target.addresses().forEach(address -> text.append("  %s %s;\n".formatted(address, backend)));
    }
    return text + "}\nmap $listed $backend {\n  \"\" $weighted;\n  default $listed;\n}\n";
  }

  private String server(Routes routes) {
    Routes.Mirror mirror = routes.mirror();
    String rules =
        RULES.formatted(
            mirror == null ? "" : "    mirror %s;\n".formatted(MIRROR),
            FORWARDED,
            plan.retries() ? "error timeout" : "off");
    return "server {\n  listen %s;\n%s%s}\n"
        .formatted(HTTP, rules, mirror == null ? "" : mirrored(mirror));
  }

  /** Errors of a copy are of no interest, so nothing is tried twice. */
  private String mirrored(Routes.Mirror mirror) {
    String host = balancing == Balancing.VIP ? "mirror" : mirror.service() + ":" + mirror.port();
    return MIRRORED.formatted(MIRROR, FORWARDED, host);
  }

  /** A way past the routes and the log, for smoke tests: /probe/SERVICE/PORT. */
  private static String probes() {
    return """
        server {
          listen %s;
          access_log off;
          location ~ ^/probe/(?<service>[a-z0-9-]+)/(?<port>[0-9]+)$ {
            add_header X-Upstream-Addr $upstream_addr;
            proxy_next_upstream off;
            proxy_pass http://$service:$port/;
          }
        }
        """
        .formatted(PROBE);
  }

  private static List<Target> listed(Routes routes) {
    return routes.targets().stream().filter(target -> !target.addresses().isEmpty()).toList();
  }

  private static String hostAndPort(Target target) {
    return target.service() + ":" + target.port();
  }
}
