package io.rolloutlab.stack.deploy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
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

  /** The same text and files with other images and variables. */
  DeployedVersion with(Map<String, String> otherImages, Map<String, String> otherVariables) {
    return new DeployedVersion(said, otherImages, otherVariables, secret, own, files);
  }
}
