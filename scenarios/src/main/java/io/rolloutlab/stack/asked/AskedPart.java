package io.rolloutlab.stack.asked;

/** What whoever asks for the rollout of a stack says beside the stack file. */
public enum AskedPart {
  /** Which service is rolled out. */
  SERVICE("--service", "stack.service"),

  /** Whose images the lab's app plays. */
  STAND_IN("--stand-in", "stack.standIn"),

  /** Where the service's own image listens. */
  PORT("--port", "stack.port"),

  /** The image of v2. */
  IMAGE("--to", "candidate.image"),

  /** The stack file of v2. */
  FILE("--to", "candidate.file");

  private final String option;
  private final String key;

  AskedPart(String option, String key) {
    this.option = option;
    this.key = key;
  }

  /** How {@code lab stack} calls it. */
  String option() {
    return option;
  }

  /** How a scenario file calls it: a path of keys. */
  public String key() {
    return key;
  }
}
