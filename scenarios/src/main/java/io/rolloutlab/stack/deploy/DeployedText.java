package io.rolloutlab.stack.deploy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolloutlab.scenario.app.VersionPlan;
import io.rolloutlab.stack.StackNote;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What {@code docker stack deploy} is given, in JSON, which is YAML as well. */
public final class DeployedText {
  /** The file beside the text that made-up configs and secrets are read from. */
  public static final String MADE_UP = "made-up.txt";

  /** What stands in that file. */
  public static final String CONTENT = "made up by the Rollout Lab\n";

  /** The label of containers that says which version of the service they are that is rolled out. */
  public static final String VERSION_LABEL = "io.rolloutlab.version";

  /** The label that docker puts on all that it makes of a stack. */
  public static final String STACK_LABEL = "com.docker.stack.namespace";

  private static final String LABELS = "labels";

  private final String service;
  private final Map<String, DeployedVersion> versions;
  private final List<StackNote> notes;

  /**
   * @param service that is rolled out, by its key in the file
   * @param notes each change against the files
   */
  DeployedText(String service, DeployedVersion v1, DeployedVersion v2, List<StackNote> notes) {
    this.service = service;
    this.versions = Map.of(VersionPlan.V1, v1, VersionPlan.V2, v2);
    this.notes = List.copyOf(notes);
  }

  /** A change that every version's text has. */
  static void tellOfLabel(StackEdit edit, String service) {
    edit.note(
        edit.placeOf(service, LABELS),
        "%s: its containers get the label %s, by which the lab tells its versions apart"
            .formatted(service, VERSION_LABEL));
  }

  /** Each change against the files. */
  public List<StackNote> notes() {
    return notes;
  }

  /**
   * The text with which a version comes; the services beside have the lab's app's first version,
   * always, where it plays them.
   *
   * @param version {@code v1} or {@code v2}, of the service that is rolled out
   * @param image what docker is told of an image, by its name
   */
  public String of(String version, UnaryOperator<String> image) {
    return text(version, image, versions.get(version).said().deepCopy());
  }

  /**
   * The same for people: with the names of images, without what is secret, and without the words of
   * services for their own image alone, since any of them may be a secret.
   */
  public String shown(String version) {
    ObjectNode whole = versions.get(version).said().deepCopy();
    versions.get(version).secret().forEach(pointer -> MaskedWords.mask(whole, pointer));
    for (String own : versions.get(version).own()) {
      MaskedWords.mask(service(whole, own));
    }
    return text(version, UnaryOperator.identity(), whole);
  }

  /**
   * Whether {@link #shown} lacks what docker is given: values that are masked there, or files
   * beside the text.
   */
  public boolean isShownInPart(String version) {
    return !files(version).isEmpty()
        || !shown(version).equals(of(version, UnaryOperator.identity()));
  }

  /** What nobody but docker and the services may see of either version. */
  public SecretWords secrets() {
    return SecretWords.of(List.copyOf(versions.values()));
  }

  /** The files that docker needs beside the text of a version: name → content. */
  public Map<String, byte[]> files(String version) {
    return versions.get(version).files();
  }

  private String text(String version, UnaryOperator<String> image, ObjectNode whole) {
    DeployedVersion its = versions.get(version);
    its.images().forEach((name, said) -> service(whole, name).put("image", image.apply(said)));
    ObjectNode rolledOut = service(whole, service);
    if (!its.variables().isEmpty()) {
      its.variables().forEach(rolledOut.withObjectProperty(StandIn.ENVIRONMENT)::put);
    }
    label(rolledOut, version);
    return whole.toPrettyString() + "\n";
  }

  /** Labels are a block or a list. */
  private static void label(ObjectNode service, String version) {
    if (service.get(LABELS) instanceof ArrayNode list) {
      list.add(VERSION_LABEL + "=" + version);
    } else if (service.get(LABELS) instanceof ObjectNode block) {
      block.put(VERSION_LABEL, version);
    } else {
      service.putObject(LABELS).put(VERSION_LABEL, version);
    }
  }

  private static ObjectNode service(ObjectNode whole, String name) {
    return (ObjectNode) whole.path(StackEdit.SERVICES).path(name);
  }
}
