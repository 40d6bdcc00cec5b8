package io.rolloutlab.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.rolloutlab.testbed.Availability;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What can be set of a node: {@code docker node update}. */
public final class NodeDescription {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private NodeDescription() {}

  /** The labels it gets, by name. */
  public static List<Setting> labels(Map<String, String> labels) {
    return labels.entrySet().stream()
        .map(
            label ->
                Setting.of(
                    "--label-add " + ShellWord.of(label.getKey() + "=" + label.getValue()),
                    "/Labels/" + label.getKey(),
                    JSON.textNode(label.getValue())))
        .toList();
  }

  /** What Swarm may do with it. */
  public static List<Setting> availability(Availability its) {
    return List.of(
        Setting.of("--availability " + its.word(), "/Availability", JSON.textNode(its.word())));
  }

  /** The command that sets something. */
  static String update(String hostname, List<Setting> settings) {
    return Stream.concat(settings.stream().map(Setting::words), Stream.of(ShellWord.of(hostname)))
        .collect(Collectors.joining(" ", "docker node update ", ""));
  }
}
