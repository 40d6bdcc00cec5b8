package io.rolloutlab.scenario.check;

import java.util.List;
import java.util.stream.Collectors;

/** Values that a record of this package refuses. The message names each by its key. */
public final class InvalidValueException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient List<Fault> faults;

  InvalidValueException(List<Fault> faults) {
    super(faults.stream().map(Fault::print).collect(Collectors.joining("; ")));
    this.faults = List.copyOf(faults);
  }

  /** At least one. */
  public List<Fault> faults() {
    return faults;
  }
}
