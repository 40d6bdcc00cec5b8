package io.rolloutlab.edge.nginx;

import io.rolloutlab.scenario.check.Durations;
import io.rolloutlab.scenario.cluster.Balancing;
import io.rolloutlab.scenario.edge.EdgePlan;
import io.rolloutlab.scenario.edge.NginxPlan;
import io.rolloutlab.scenario.edge.RetryOn;
import io.rolloutlab.scenario.users.SplitBy;
import io.rolloutlab.scenario.users.UserMark;
import io.rolloutlab.testbed.Edge;
import io.rolloutlab.testbed.RouteCondition;
import io.rolloutlab.testbed.RouteCondition.Cookie;
import io.rolloutlab.testbed.RouteCondition.Header;
import io.rolloutlab.testbed.Routes;
import io.rolloutlab.testbed.Routes.Target;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * nginx's routes as its configuration, for both ways of balancing: the same rules as in the
 * exercise (forwarded headers, 404 for static suffixes, max_fails and fail_timeout).
 *
 * <p>Under vip the services are servers of an upstream block with weights. Under dnsrr nginx would
 * pin the addresses it finds at load, so a variable makes it resolve again, and {@code
 * split_clients} holds the weights, which then do not depend on the numbers of replicas. Where
 * requests are not split each by itself, {@code split_clients} chooses under vip as well, one of
 * several upstream blocks: weights of servers know nothing of a request. Each of them has one
 * server, so a try that fails is not made again, and nobody gets another version for it.
 */
final class NginxConfig {
  private static final String FORWARDED =
      """
          proxy_set_header Host $host;
          proxy_set_header X-Real-IP $remote_addr;
          proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
          proxy_set_header X-Forwarded-Proto $scheme;
      """;

  /** What paths end in that no app is asked for; nginx does not mind the case. */
  private static final String STATIC = "\\.(html|css|js|png|jpg|jpeg|gif|ico)$";

  private static final Pattern OF_STATIC = Pattern.compile(STATIC, Pattern.CASE_INSENSITIVE);

  private static final String RULES =
      """
        location ~* %s {
          return 404;
        }
        location / {
      %s%s%s    proxy_next_upstream %s;
          proxy_pass http://$backend;
        }
      """;

  /** Its name must not be one that users ask for. */
  private static final String MIRROR = "/lab-mirror";

  private static final String MIRRORED =
      """
        location = %s {
          internal;
      %s%s    proxy_next_upstream off;
          proxy_pass http://%s$request_uri;
        }
      """;

  private final Balancing balancing;
  private final EdgePlan plan;

  NginxConfig(Balancing balancing, EdgePlan plan) {
    this.balancing = balancing;
    this.plan = plan;
  }

  /** Whether nginx answers a path itself, with 404; it looks at it without its query. */
  static boolean isStatic(String path) {
    return OF_STATIC.matcher(path.split("\\?", 2)[0]).find();
  }

  /** The file routes.conf. */
  String render(Routes routes) {
    return resolver()
        + (balancing == Balancing.VIP ? upstreams(routes) : split(routes))
        + conditions(routes)
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
    boolean byWeight = routes.splitBy() == SplitBy.REQUEST;
    StringBuilder text = new StringBuilder(byWeight ? weighted(routes) : "");
    Map<String, String> only = new LinkedHashMap<>();
    if (!byWeight) {
      routes.sharing().forEach(target -> only.put(backend(target), server(target, 1)));
    }
    routes.conditional().forEach(target -> only.put(backend(target), server(target, 1)));
    only.forEach((name, server) -> text.append(block(name, server)));
    routes.mirror().ifPresent(target -> text.append(block("mirror", server(target, 1))));
    return text + (byWeight ? "map \"\" $weighted {\n  default flask_app;\n}\n" : split(routes));
  }

  private String weighted(Routes routes) {
    String servers =
        routes.sharing().stream()
            .map(target -> server(target, target.share()))
            .collect(Collectors.joining());
    return block("flask_app", servers);
  }

  private String block(String name, String servers) {
    Integer kept = plan.saidToNginx().keepalive();
    return "upstream %s {\n%s%s}\n"
        .formatted(name, servers, kept == null ? "" : "  keepalive %s;\n".formatted(kept));
  }

  private String server(Target target, int weight) {
    return "  server %s weight=%s max_fails=%s fail_timeout=%s;\n"
        .formatted(
            target.hostAndPort(), weight, plan.maxFails(), Durations.print(plan.failTimeout()));
  }

  private String split(Routes routes) {
    StringBuilder text =
        new StringBuilder("split_clients \"%s\" $weighted {\n".formatted(key(routes.splitBy())));
    List<Target> weighted = routes.sharing();
    for (int i = 0; i < weighted.size(); i++) {
      boolean last = i == weighted.size() - 1;
      text.append(
          "  %s %s;\n"
              .formatted(last ? "*" : weighted.get(i).share() + "%", backend(weighted.get(i))));
    }
    return text.append("}\n").toString();
  }

  /** The text whose hash decides. The time of a second is as people write it there: local. */
  private static String key(SplitBy splitBy) {
    return switch (splitBy) {
      case REQUEST -> "$request_id";
      case USER -> variableOfHeader(UserMark.USER_ID);
      case ADDRESS -> "$remote_addr";
      case COOKIE -> variableOfCookie(UserMark.VISITOR);
      case SECOND -> "$time_local";
    };
  }

  /**
   * A chain of maps, each of which says who comes next where it says nothing: addresses, then
   * headers and cookies in their order, then the shares.
   */
  private String conditions(Routes routes) {
    StringBuilder text = new StringBuilder();
    String next = "$weighted";
    List<Target> rules = routes.byHeaderOrCookie();
    for (int i = rules.size(); i > 0; i--) {
      Target target = rules.get(i - 1);
      String name = "$rule_" + i;
      text.append(
          "map %s %s {\n  default %s;\n  \"%s\" %s;\n}\n"
              .formatted(
                  variable(target.condition()),
                  name,
                  next,
                  value(target.condition()),
                  backend(target)));
      next = name;
    }
    return text + addresses(routes, next);
  }

  private String addresses(Routes routes, String next) {
    StringBuilder text = new StringBuilder("geo $listed {\n  default \"\";\n");
    routes
        .byAddress()
        .ifPresent(
            target ->
                target
                    .addresses()
                    .forEach(
                        address -> text.append("  %s %s;\n".formatted(address, backend(target)))));
    return text + "}\nmap $listed $backend {\n  \"\" %s;\n  default $listed;\n}\n".formatted(next);
  }

  private static String variable(RouteCondition condition) {
    return condition instanceof Header header
        ? variableOfHeader(header.name())
        : variableOfCookie(((Cookie) condition).name());
  }

  /** nginx has the name in lower case, with underscores. */
  private static String variableOfHeader(String name) {
    return "$http_" + name.toLowerCase(Locale.ROOT).replace('-', '_');
  }

  private static String variableOfCookie(String name) {
    return "$cookie_" + name;
  }

  private static String value(RouteCondition condition) {
    return condition instanceof Header header ? header.value() : ((Cookie) condition).value();
  }

  /** Whom requests go to that all go to one target. */
  private String backend(Target target) {
    return balancing == Balancing.VIP ? "only_" + target.service() : target.hostAndPort();
  }

  private String server(Routes routes) {
    Optional<Target> mirror = routes.mirror();
    String rules =
        RULES.formatted(
            STATIC,
            mirror.isEmpty() ? "" : "    mirror %s;\n".formatted(MIRROR),
            FORWARDED,
            limits() + tries(),
            again());
    return "server {\n  listen %s;\n%s%s}\n"
        .formatted(Edge.HTTP, rules, mirror.map(this::mirrored).orElse(""));
  }

  /** What holds for a copy as well; what is not said is nginx's own default. */
  private String limits() {
    NginxPlan said = plan.saidToNginx();
    StringBuilder text = new StringBuilder();
    if (balancing == Balancing.VIP && said.keepalive() != null) {
      // Connections of HTTP/1.0, and those that ask for an end, are not kept.
      text.append("    proxy_http_version 1.1;\n    proxy_set_header Connection \"\";\n");
    }
    if (said.connectTimeout() != null) {
      text.append(
          "    proxy_connect_timeout %s;\n".formatted(Durations.print(said.connectTimeout())));
    }
    if (said.readTimeout() != null) {
      text.append("    proxy_read_timeout %s;\n".formatted(Durations.print(said.readTimeout())));
    }
    return text.toString();
  }

  private String tries() {
    Integer tries = plan.saidToNginx().tries();
    return tries == null ? "" : "    proxy_next_upstream_tries %s;\n".formatted(tries);
  }

  private String again() {
    return plan.retried().isEmpty()
        ? "off"
        : plan.retried().stream().map(NginxConfig::word).collect(Collectors.joining(" "));
  }

  private static String word(RetryOn what) {
    return what.name().toLowerCase(Locale.ROOT);
  }

  /** Errors of a copy are of no interest, so nothing is tried twice. */
  private String mirrored(Target mirror) {
    String host = balancing == Balancing.VIP ? "mirror" : mirror.hostAndPort();
    return MIRRORED.formatted(MIRROR, FORWARDED, limits(), host);
  }

  /** A way past the routes and the log, for smoke tests: /probe/SERVICE/PORT. */
  private static String probes() {
    return """
        server {
          listen %s;
          access_log off;
          location ~ ^/probe/(?<service>[A-Za-z0-9_.-]+)/(?<port>[0-9]+)$ {
            add_header X-Upstream-Addr $upstream_addr;
            proxy_next_upstream off;
            proxy_pass http://$service:$port/;
          }
        }
        """
        .formatted(Edge.PROBE);
  }
}
