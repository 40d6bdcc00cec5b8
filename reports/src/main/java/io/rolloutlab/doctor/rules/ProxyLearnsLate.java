package io.rolloutlab.doctor.rules;

import io.rolloutlab.doctor.About;
import io.rolloutlab.doctor.Finding;
import io.rolloutlab.doctor.ImageName;
import io.rolloutlab.doctor.Reached;
import io.rolloutlab.doctor.Rule;
import io.rolloutlab.doctor.Sureness;
import io.rolloutlab.scenario.check.Durations;
import io.rolloutlab.stack.Stack;
import io.rolloutlab.stack.StackEndpoint;
import io.rolloutlab.stack.StackService;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A proxy that sends requests to who has gone. */
public final class ProxyLearnsLate implements Rule {
  private static final About ABOUT =
      new About(
          "proxy-learns-late",
          "A Traefik of the stack balances services of it by itself, or an nginx of the "
              + "stack is beside services of endpoint mode dnsrr.",
          List.of(
              "traefik/traefik issue 7886",
              "traefik/traefik issue 11252",
              "moby/moby issue 30029"));

  /** Traefik's own default (swarmModeRefreshSeconds, since 3.0 swarm.refreshSeconds). */
  private static final Duration EVERY = Duration.ofSeconds(15);

  private static final Duration SOON = Duration.ofSeconds(2);
  private static final int SHOWN = 3;
  private static final Pattern BY_SWARM =
      Pattern.compile("traefik\\.(?:docker|swarm|backend\\.loadbalancer)\\.(?:lbswarm|swarm)");
  private static final Pattern REFRESH = Pattern.compile("(?i)refreshSeconds=\"?([0-9]{1,6})");

  @Override
  public About about() {
    return ABOUT;
  }

  @Override
  public List<Finding> judge(StackService service, Stack stack) {
    String base = new ImageName(service.image().value()).base();
    if (base.equals("traefik")) {
      return traefik(service, stack);
    }
    return base.equals("nginx") ? nginx(service, stack) : List.of();
  }

  private static List<Finding> traefik(StackService proxy, Stack stack) {
    List<StackService> behind =
        stack.services().stream()
            .filter(one -> one != proxy && Reached.byProxy(one))
            .filter(one -> !Reached.isLabelled(one, BY_SWARM))
            .toList();
    Duration every = refresh(proxy);
    if (behind.isEmpty() || every.compareTo(SOON) <= 0) {
      return List.of();
    }
    return List.of(
        ABOUT.finding(
            proxy,
            proxy.image().place(),
            Sureness.LIKELY,
            ("Traefik asks Swarm every %s who is there, and balances by itself: for up to %s after a"
                    + " task of %s has gone, requests are sent to its address")
                .formatted(Durations.print(every), Durations.print(every), named(behind)),
            "Label those services traefik.swarm.lbswarm=true (before Traefik 3:"
                + " traefik.docker.lbswarm=true), so that Swarm's own address decides."));
  }

  private static Duration refresh(StackService proxy) {
    for (String word : proxy.command()) {
      Matcher matcher = REFRESH.matcher(word);
      if (matcher.find()) {
        return Duration.ofSeconds(Long.parseLong(matcher.group(1)));
      }
    }
    return EVERY;
  }

  private static List<Finding> nginx(StackService proxy, Stack stack) {
    List<StackService> behind =
        stack.services().stream()
            .filter(one -> one != proxy && one.scale().endpoint().is(StackEndpoint.DNSRR))
            .toList();
    if (behind.isEmpty()) {
      return List.of();
    }
    return List.of(
        ABOUT.finding(
            proxy,
            proxy.image().place(),
            Sureness.POSSIBLE,
            ("nginx looks a name up once, when it starts, unless its configuration says otherwise:"
                    + " behind %s are the addresses of tasks, and all are others after an update")
                .formatted(named(behind)),
            "Use endpoint_mode: vip, or a resolver 127.0.0.11 valid=1s with a variable in"
                + " proxy_pass."));
  }

  private static String named(List<StackService> services) {
    return services.size() <= SHOWN
        ? services.stream().map(StackService::name).collect(Collectors.joining(", "))
        : services.size() + " services";
  }
}
