package io.rolloutlab.scenario.app;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.rolloutlab.scenario.check.Check;
import io.rolloutlab.scenario.check.Complaints;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One version of the app.
 *
 * @param image a tag known to the engine the lab runs on, never pulled; where vip balances it, an
 *     image of one's own must name its version in a header {@code X-App-Version}, or its host name
 *     in {@code X-App-Host}; default: the lab's own app
 * @param env environment variables of its tasks, for example knobs of the lab's own app ({@code
 *     APP_DRAIN_SECONDS: "5"}); default none
 * @param fault what is wrong with it: a kind's name, as in {@code fault: errors}, or its name over
 *     its settings, as the table of faults lists them; only of the lab's own app; default nothing
 *     (null)
 */
public record VersionPlan(
    String image,
    Map<String, String> env,
    @JsonInclude(JsonInclude.Include.NON_NULL)
        @JsonSerialize(using = AppFaultJson.Writer.class)
        @JsonDeserialize(using = AppFaultJson.Reader.class)
        AppFault fault) {
  public static final VersionPlan DEFAULT = new VersionPlan(null, null, null);

  /** What the version is called that is there before anything is rolled out. */
  public static final String V1 = "v1";

  /** What the version is called that is rolled out. */
  public static final String V2 = "v2";

  /** The value of {@link #image} that stands for the lab's own app. */
  public static final String LAB_APP = "pyapp";

  public VersionPlan {
    image = Check.orElse(image, LAB_APP);
    Check.present("image", image);
    env = env == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(env));
    Check.that(
        fault == null || isLabApp(image),
        "fault",
        "is made by knobs that only the lab's own app has, and the image is \"%s\": leave fault out,"
                .formatted(Complaints.quoted(image))
            + " or image",
        "image");
  }

  /** The same version with one of its own variables set, over another value of it. */
  public VersionPlan with(AppKnob knob, String value) {
    Map<String, String> more = new TreeMap<>(env);
    more.put(knob.variable(), value);
    return new VersionPlan(image, more, fault);
  }

  /** All variables of its tasks: {@link #env}, and what makes its {@link #fault}. */
  public Map<String, String> variables() {
    if (fault == null) {
      return env;
    }
    Map<String, String> all = new TreeMap<>(env);
    fault.knobs().forEach((knob, value) -> all.put(knob.variable(), value));
    return Collections.unmodifiableMap(all);
  }

  /** Whether it is the lab's own app, and so has its knobs. */
  @JsonIgnore
  public boolean isLabApp() {
    return isLabApp(image);
  }

  private static boolean isLabApp(String image) {
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
