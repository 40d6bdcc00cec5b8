package io.rolloutlab.stack.scenario;

import io.rolloutlab.scenario.check.Check;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A stack, and what of it is rolled out.
 *
 * @param file the stack file, by its path from the scenario's folder; or a list of them, each of
 *     which is laid over those before it
 * @param service which one is rolled out, by its key in the file
 * @param name of the stack, as {@code docker stack deploy} is told it: lower-case letters, digits
 *     and hyphens, at most 20; default that of the file
 * @param env values for variables of the files, over those of the environment and of a file {@code
 *     .env} beside the first of them; default none
 * @param standIn whose images the lab's app plays: {@code all}, or a list of services; default
 *     none, so that all run their own
 * @param port where the service's own image listens, 1 to 65,534; default the first port that the
 *     file publishes
 */
public record StackPlan(
    List<String> file,
    String service,
    String name,
    Map<String, String> env,
    List<String> standIn,
    Integer port) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,18}[a-z0-9])?");

  public StackPlan {
    Check.present("service", service);
    Check.present("file", file);
    Check.that(!file.isEmpty(), "file", "names no file");
    file = List.copyOf(file);
    Check.that(
        name == null || NAME.matcher(name).matches(),
        "name",
        "must be lower-case letters, digits and hyphens, at most 20, but is \"%s\""
            .formatted(name));
    env = env == null ? Map.of() : Map.copyOf(env);
    standIn = Check.listOrElse(standIn, List.of());
  }
}
