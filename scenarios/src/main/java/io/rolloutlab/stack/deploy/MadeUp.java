package io.rolloutlab.stack.deploy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolloutlab.stack.Stack;
import io.rolloutlab.stack.StackResource;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What must be there before a stack is, or lies in files: nobody's secrets leave their files, since
 * no stand-in reads them. What variables put into the options of a network is for docker alone.
 */
final class MadeUp {
  /** In docker's words, by the section that they stand in. */
  private static final Map<String, String> CONTENTS =
      Map.of("configs", "config", "secrets", "secret");

  private static final String NETWORKS = "networks";

  /** Pointers into a network, or into what a service says of one, whose values may be anything. */
  private static final Pattern MAY_BE_SECRET =
      Pattern.compile(
          "(?:/services/[^/]+)?/networks/(?<network>[^/]+)/(?<key>driver_opts|labels|x-[^/]*)(?:/.*)?");

  private MadeUp() {}

  /** Makes up configs, secrets, and networks of others; no stand-in has a volume. */
  static void put(StackEdit edit, Stack stack) {
    edit.block().remove("volumes");
    for (StackResource resource : stack.resources()) {
      String kind = CONTENTS.get(resource.section());
      if (kind != null) {
        content(edit, resource, kind);
      } else if (resource.section().equals(NETWORKS) && resource.external()) {
        edit.block(NETWORKS).putObject(resource.name());
        edit.note(
            resource.place(),
            "network %s: the lab has none of others, so it is made with the stack"
                .formatted(resource.name()));
      }
    }
    hideFilled(edit);
  }

  private static void hideFilled(StackEdit edit) {
    for (String pointer : edit.filled()) {
      Matcher its = MAY_BE_SECRET.matcher(pointer);
      if (its.matches()) {
        edit.hide(
            pointer,
            "network %s: what a variable puts into %s is masked in the files of the run's folder"
                .formatted(its.group("network"), its.group("key")));
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
