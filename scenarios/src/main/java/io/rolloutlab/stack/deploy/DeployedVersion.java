package io.rolloutlab.stack.deploy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One version of a stack, as docker is given it.
 *
 * @param said all but the images; nobody changes it any more
 * @param images service → name of its image, as in a {@code ServiceSpec}
 * @param variables that the service which is rolled out has in this version beside its others
 * @param secret JSON pointers of values in {@code said} that nobody but docker may see
 * @param own services that run their own image
 * @param files beside the text: name → content
 */
record DeployedVersion(
    ObjectNode said,
    Map<String, String> images,
    Map<String, String> variables,
    Set<String> secret,
    Set<String> own,
    Map<String, byte[]> files) {
  DeployedVersion {
    images = Map.copyOf(images);
    variables = Map.copyOf(variables);
    secret = Set.copyOf(secret);
    own = Set.copyOf(own);
    files = Map.copyOf(files);
  }

  /** Whether it has a config or a secret, which docker makes of a file. */
  boolean has(String section, String key) {
    return said.path(section).has(key);
  }

  /** By which name docker knows a config or a secret of it, within the stack. */
  String nameOf(String section, String key) {
    return said.path(section).path(key).path("name").asText(key);
  }

  /** What is in a config or a secret of it; empty where the lab makes that up. */
  Optional<ByteBuffer> contentOf(String section, String key) {
    return content(said.path(section).path(key).path("file").asText());
  }

  /** What a config or a secret of it is for a service: equal where docker changes nothing. */
  List<Object> resource(String section, String key) {
    return List.of(nameOf(section, key), contentOf(section, key));
  }

  /** What is in a file beside the text; empty where there is none. */
  Optional<ByteBuffer> content(String file) {
    return Optional.ofNullable(files.get(file)).map(ByteBuffer::wrap);
  }

  /** The same text and files with other images and variables. */
  DeployedVersion with(Map<String, String> otherImages, Map<String, String> otherVariables) {
    return new DeployedVersion(said, otherImages, otherVariables, secret, own, files);
  }
}
