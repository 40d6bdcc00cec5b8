package io.rolloutlab.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolloutlab.edge.EdgeDialect;
import io.rolloutlab.testbed.Commands;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The edge's configuration as a config of Swarm, which a task of the edge finds as a file when it
 * starts. Swarm changes no config that is there, so every change of the routes makes another one,
 * and takes the last one's place from it.
 *
 * @param number of the change, from 1
 * @param dialect of the edge: it says where the file is
 */
public record EdgeConfig(int number, EdgeDialect dialect) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String CONFIGS = ServiceDescription.CONTAINER + "/Configs";

  /**
   * Whom it belongs to and who may read it, as docker's client has it (docker/cli, opts/config).
   */
  private static final String ROOT = "0";

  private static final int READ_BY_ALL = 0444;

  /** Its name in Swarm, for example {@code nginx-2}. */
  public String name() {
    return name(number);
  }

  private static String name(int number) {
    return Commands.EDGE + "-" + number;
  }

  /** The command that creates it, where its text is in a file. */
  String create() {
    return "docker config create %s %s".formatted(name(), dialect.file());
  }

  /** The request that creates it. */
  public ObjectNode request(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ObjectNode request = JSON.objectNode().put("Name", name());
    request.putObject("Labels");
    return request.put("Data", Base64.getEncoder().encodeToString(bytes));
  }

  /** The command that gives it to the edge, in the place of the last one. */
  String update() {
    String last = number == 1 ? "" : "--config-rm %s ".formatted(name(number - 1));
    return "docker service update %s--config-add source=%s,target=%s %s"
        .formatted(last, name(), dialect.place(), Commands.EDGE);
  }

  /**
   * Gives it to the edge, in the place of the last one.
   *
   * @param spec of the edge's service, changed in place
   * @param id that Swarm has given it
   */
  public void into(ObjectNode spec, String id) {
    ((ObjectNode) spec.at(ServiceDescription.CONTAINER)).remove("Configs");
    ObjectNode reference = JSON.objectNode();
    reference
        .putObject("File")
        .put("Name", dialect.place())
        .put("UID", ROOT)
        .put("GID", ROOT)
        .put("Mode", READ_BY_ALL);
    Setting.listed("", CONFIGS, reference.put("ConfigID", id).put("ConfigName", name())).into(spec);
  }
}
