package io.rolloutlab.scenario.app;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.rolloutlab.scenario.check.Check;
import java.util.Map;
import java.util.TreeMap;

/**
 * One version of the app.
 *
 * @param image a tag known to the engine the lab runs on, never pulled; where vip balances it, an
 *     image of one's own must name its version in a header {@code X-App-Version}; default: the
 *     lab's own app
 * @param env environment variables of its tasks, for example the knobs that make a version bad
 *     ({@code APP_ERROR_SHARE: "0.1"}); default none
 */
public record VersionPlan(String image, Map<String, String> env) {
  public static final VersionPlan DEFAULT = new VersionPlan(null, null);

  /** What the version is called that is there before anything is rolled out. */
  public static final String V1 = "v1";

  /** What the version is called that is rolled out. */
  public static final String V2 = "v2";

  /** The value of {@link #image} that stands for the lab's own app. */
  public static final String LAB_APP = "pyapp";

  public VersionPlan {
    image = Check.orElse(image, LAB_APP);
    Check.present("image", image);
    env = env == null ? Map.of() : java.util.Collections.unmodifiableMap(new TreeMap<>(env));
  }

  /** Whether it is the lab's own app, and so has its knobs. */
  @JsonIgnore
  public boolean isLabApp() {
    return image.matches(LAB_APP + "(?::v[12])?");
  }

  /**
   * The tag of this version's image: the lab's own app has one a version.
   *
   * @param version {@code v1} or {@code v2}
   */
  public String imageName(String version) {
    return image.equals(LAB_APP) ? image + ":" + version : image;
  }
}
