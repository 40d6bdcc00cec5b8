package io.rolloutlab.doctor.rules;

import io.rolloutlab.doctor.About;
import io.rolloutlab.doctor.Finding;
import io.rolloutlab.doctor.Reached;
import io.rolloutlab.doctor.Rule;
import io.rolloutlab.doctor.Sureness;
import io.rolloutlab.doctor.Way;
import io.rolloutlab.stack.Stack;
import io.rolloutlab.stack.StackService;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Users who are bound to tasks that go. */
public final class StickyTasks implements Rule {
  private static final About ABOUT =
      new About(
          "sticky-tasks",
          "Labels ask a proxy to bind users to tasks by a cookie, and there are two "
              + "replicas or more.",
          List.of("docker-flow-proxy issue 446", "traefik/traefik issue 1480"));

  private static final Pattern STICKY =
      Pattern.compile(
          "traefik\\.http\\.services\\..+\\.load[bB]alancer\\.sticky(?:\\.cookie)?"
              + "|traefik\\.backend\\.loadbalancer\\.(?:sticky|stickiness)");

  @Override
  public About about() {
    return ABOUT;
  }

  @Override
  public List<Finding> judge(StackService service, Stack stack) {
    Optional<Integer> slots = Way.forward(service).slots();
    if (slots.isEmpty() || slots.get() < 2 || !Reached.isLabelled(service, STICKY)) {
      return List.of();
    }
    return List.of(
        ABOUT.finding(
            service,
            service.labels().entrySet().stream()
                .filter(label -> STICKY.matcher(label.getKey()).matches())
                .findFirst()
                .orElseThrow()
                .getValue()
                .place(),
            Sureness.LIKELY,
            ("a cookie names one task, and an update replaces all %s: each user with a cookie loses"
                    + " what his task kept, and is sent to an address that is gone until the proxy"
                    + " has learnt of it")
                .formatted(slots.get()),
            "Keep sessions outside of the tasks, and drop the cookie."));
  }
}
