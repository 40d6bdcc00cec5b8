package io.rolloutlab.app.choice;

import io.rolloutlab.stack.deploy.Cast;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.Stack;
import java.util.stream.Collectors;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Whose images the lab's own app plays. */
public final class StandIns {
  @Option(
      names = "--stand-in",
      arity = "0..1",
      preprocessor = Attached.class,
      paramLabel = "SERVICE,SERVICE",
      description =
          "Has the lab's own app stand in for all images; with names behind a =, as in"
              + " --stand-in=db,cache, for those of these services only. Without it, all services run"
              + " their own.")
  private String asked;

  /** What was asked for. */
  public Cast cast() {
    if (asked == null) {
      return Cast.playing(Set.of());
    }
    Set<String> services =
        Arrays.stream(asked.split(","))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toSet());
    return services.isEmpty() ? Cast.ALL_PLAYED : Cast.playing(services);
  }

  /** What follows the option without a = is another argument, such as the file. */
  static final class Attached implements IParameterPreprocessor {
    @Override
    public boolean preprocess(
        Stack<String> left, CommandSpec command, ArgSpec option, Map<String, Object> told) {
      if (" ".equals(told.get("separator"))) {
        left.push("");
      }
      return false;
    }
  }
}
