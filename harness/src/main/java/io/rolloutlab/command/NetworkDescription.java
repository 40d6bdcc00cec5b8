package io.rolloutlab.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolloutlab.testbed.Commands;
import java.util.List;
import java.util.stream.Collectors;

/** The network that all services share. */
public final class NetworkDescription {
  private static final List<Setting> SETTINGS =
      List.of(
          Setting.of("--driver overlay", "/Driver", JsonNodeFactory.instance.textNode("overlay")),
          Setting.of(
              Commands.NETWORK, "/Name", JsonNodeFactory.instance.textNode(Commands.NETWORK)));

  private NetworkDescription() {}

  /** The command that creates it. */
  static String create() {
    return SETTINGS.stream()
        .map(Setting::words)
        .collect(Collectors.joining(" ", "docker network create ", ""));
  }

  /** The request that creates it. */
  public static ObjectNode request() {
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    SETTINGS.forEach(setting -> setting.into(request));
    return request;
  }
}
