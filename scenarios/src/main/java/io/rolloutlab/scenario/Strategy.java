package io.rolloutlab.scenario;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.rolloutlab.scenario.check.Check;
import io.rolloutlab.scenario.check.Complaints;
import io.rolloutlab.scenario.check.InvalidValueException;
import io.rolloutlab.scenario.check.Nearest;
import io.rolloutlab.scenario.check.Records;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How v2 takes the place of v1: a name that scenarios use, and the record of its settings. The
 * constants are the strategies of the exercise; others are found by a {@link StrategySource}.
 *
 * @param fileName as it stands in files, for example {@code blue-green}: words in lower case with
 *     hyphens between them
 * @param settings a public record, whose components are keys of a file and are null where the file
 *     does not have them; it fills in its defaults itself and refuses what it does not take, as all
 *     records of a scenario do
 */
public record Strategy(String fileName, Class<? extends StrategySettings> settings) {
  // First, since the constants are checked by it.
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(?:-[a-z0-9]+)*");

  /** The same load and no rollout: the noise that every other number is read against. */
  public static final Strategy BASELINE = new Strategy("baseline", BaselinePlan.class);

  /** Swarm replaces the tasks of the one service, a few at a time; later rolled back. */
  public static final Strategy ROLLING = new Strategy("rolling", RollingPlan.class);

  /** A second service of the same size; the edge switches between the two. */
  public static final Strategy BLUE_GREEN = new Strategy("blue-green", BlueGreenPlan.class);

  /** A small second service gets a growing share of the requests. */
  public static final Strategy CANARY = new Strategy("canary", CanaryPlan.class);

  /** A second service gets the requests of listed client addresses, and of nobody else. */
  public static final Strategy CANARY_IP = new Strategy("canary-ip", CanaryIpPlan.class);

  /** Those of the exercise, the baseline first. */
  public static final List<Strategy> OF_THE_EXERCISE =
      List.of(BASELINE, ROLLING, BLUE_GREEN, CANARY, CANARY_IP);

  public Strategy {
    Check.that(
        NAME.matcher(fileName).matches(),
        "",
        "a strategy's name must be words in lower case with hyphens between them, not \"%s\""
            .formatted(fileName));
    Check.that(settings.isRecord(), "", "the settings of %s must be a record".formatted(fileName));
  }

  /** All that are known here: those of the exercise, then the others by name. */
  public static List<Strategy> known() {
    return KnownStrategies.ALL;
  }

  /**
   * The strategy of a name.
   *
   * @throws IllegalArgumentException when there is none, saying which are known
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Strategy of(String fileName) {
    List<String> names = known().stream().map(Strategy::fileName).toList();
    return known().stream()
        .filter(strategy -> strategy.fileName.equals(fileName))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "\"%s\" is not known%s; known are %s"
                        .formatted(
                            Complaints.quoted(fileName),
                            Nearest.asked(fileName, names),
                            String.join(", ", names))));
  }

  @Override
  @JsonValue
  public String fileName() {
    return fileName;
  }

  /** The key of its settings: the words of its name as one, for example {@code blueGreen}. */
  public String key() {
    StringBuilder key = new StringBuilder();
    for (String word : fileName.split("-")) {
      key.append(key.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
    }
    return key.toString();
  }

  /**
   * Its settings where a file says nothing of them.
   *
   * @throws InvalidValueException when some of them must be given
   */
  public StrategySettings defaults() {
    try {
      return Records.made(settings, new Object[settings.getRecordComponents().length]);
    } catch (InvalidValueException missing) {
      Check.all(missing.faults().stream().map(fault -> fault.under(key())).toList());
      throw missing;
    }
  }

  @Override
  public String toString() {
    return fileName;
  }
}
