package io.rolloutlab.analysis.causes.slow;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.rolloutlab.analysis.causes.Explained;

/**
 * A slow request and why it was slow.
 *
 * @param request its id
 * @param atMillis when it was sent, after x = 0
 * @param latencyMillis how long its user waited
 * @param cause why
 * @param setting of the scenario that decides it, with its value; empty where none does
 * @param seen what is known of it
 */
public record Slow(
    long request,
    long atMillis,
    int latencyMillis,
    SlowCause cause,
    String setting,
    @JsonIgnore Seen seen)
    implements Explained {
  @Override
  @JsonProperty
  public String story() {
    return new SlowStory(this).told();
  }
}
