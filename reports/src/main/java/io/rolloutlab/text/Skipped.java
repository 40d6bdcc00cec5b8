package io.rolloutlab.text;

import java.util.List;

/**
 * A scenario that was asked for and not run, since where the lab ran it could not be. It says
 * nothing of its expectations.
 *
 * @param scenario name
 * @param reason a clause, for example {@code it needs IPVS (balancing: vip), ...}
 */
public record Skipped(String scenario, String reason) {
  /** For people, a sentence. */
  public String inWords() {
    return "%s was skipped: %s.".formatted(scenario, reason);
  }

  /** What a summary in Markdown says of them; nothing where there are none. */
  public static String markdown(List<Skipped> all) {
    if (all.isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder("\n## Skipped\n\n");
    all.forEach(one -> text.append("- ").append(Markdown.text(one.inWords())).append('\n'));
    return text.toString();
  }
}
