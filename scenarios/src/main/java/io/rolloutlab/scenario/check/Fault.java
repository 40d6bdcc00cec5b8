package io.rolloutlab.scenario.check;

import java.util.List;

/**
 * What is wrong with one value.
 *
 * @param key of the value as seen from the record that complains, for example {@code replicas},
 *     {@code addresses[2]} or {@code app.v2.env.APP_ERROR_SHARE}; empty for the record as a whole
 * @param what is wrong, as a sentence's end: what follows the key
 * @param others keys without whose true values nothing of this can be said
 */
public record Fault(String key, String what, List<String> others) {
  public Fault {
    others = List.copyOf(others);
  }

  public Fault(String key, String what) {
    this(key, what, List.of());
  }

  public String print() {
    return key.isEmpty() ? what : key + " " + what;
  }

  /** The same, seen from where the record stands under a key. */
  public Fault under(String above) {
    return new Fault(
        above + "." + key, what, others.stream().map(other -> above + "." + other).toList());
  }
}
