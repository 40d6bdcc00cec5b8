package io.rolloutlab.html;

import io.rolloutlab.analysis.run.Part;

/** Opens parts of findings for templates, in which null is how a missing value is asked for. */
public final class Parts {
  Parts() {}

  /** What is known, or null. */
  public <T> T of(Part<T> part) {
    return part.known().orElse(null);
  }
}
