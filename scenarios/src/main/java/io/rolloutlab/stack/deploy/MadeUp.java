package io.rolloutlab.stack.deploy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolloutlab.stack.Stack;
import io.rolloutlab.stack.StackResource;
import java.util.Map;

/**
 * What must be there before a stack is, or lies in files: nobody's secrets leave their files, since
 * no stand-in reads them.
 */
final class MadeUp {
  /** In docker's words, by the section that they stand in. */
  private static final Map<String, String> CONTENTS =
      Map.of("configs", "config", "secrets", "secret");

  private MadeUp() {}

  /** Makes up configs, secrets, and networks of others; no stand-in has a volume. */
  static void put(StackEdit edit, Stack stack) {
    edit.block().remove("volumes");
    for (StackResource resource : stack.resources()) {
      String kind = CONTENTS.get(resource.section());
      if (kind != null) {
        content(edit, resource, kind);
      } else if (resource.section().equals("networks") && resource.external()) {
        edit.block("networks").putObject(resource.name());
        edit.note(
            resource.place(),
            "network %s: the lab has none of others, so it is made with the stack"
                .formatted(resource.name()));
      }
    }
  }

  private static void content(StackEdit edit, StackResource resource, String kind) {
    ObjectNode section = edit.block(resource.section());
    section.putObject(resource.name()).put("file", DeployedText.MADE_UP);
    edit.note(
        resource.place(),
        "%s %s: its content is made up by the lab, since no stand-in reads it"
            .formatted(kind, resource.name()));
  }
}
