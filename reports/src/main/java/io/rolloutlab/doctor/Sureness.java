package io.rolloutlab.doctor;

/** How sure a finding is that what it says will happen does. */
public enum Sureness {
  /** It follows from the file and from what Swarm does. */
  CERTAIN,
  /** It follows unless something outside the file, such as the image, prevents it. */
  LIKELY,
  /** It depends on something that the file does not tell. */
  POSSIBLE
}
