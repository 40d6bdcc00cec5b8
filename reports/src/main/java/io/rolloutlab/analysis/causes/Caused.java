package io.rolloutlab.analysis.causes;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A failed request and why it failed.
 *
 * @param request its id
 * @param atMillis when it was sent, after x = 0
 * @param latencyMillis how long its user waited; −1 where that is not known
 * @param error its class, see {@link io.rolloutlab.analysis.requests.Errors}
 * @param cause why
 * @param setting of the scenario that decides it, with its value; empty where none does
 * @param scene what is known of it
 */
public record Caused(
    long request,
    long atMillis,
    int latencyMillis,
    String error,
    Cause cause,
    String setting,
    @JsonIgnore Scene scene)
    implements Explained {
  @Override
  @JsonProperty
  public String story() {
    return Story.of(this);
  }
}
