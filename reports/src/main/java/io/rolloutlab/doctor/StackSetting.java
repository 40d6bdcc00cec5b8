package io.rolloutlab.doctor;

/**
 * A setting of a service.
 *
 * @param key below the service, with points between the keys, for example {@code
 *     deploy.update_config.order}
 * @param value a plain word, as it would stand in a file
 */
public record StackSetting(String key, String value) {
  /** {@code KEY: VALUE}. */
  public String print() {
    return key + ": " + value;
  }
}
