package io.rolloutlab.scenario.requests;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rolloutlab.scenario.check.Check;
import io.rolloutlab.scenario.check.Complaints;
import io.rolloutlab.scenario.check.Nearest;
import io.rolloutlab.scenario.users.UserMark;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One of the requests that users make.
 *
 * @param weight how often it is made, measured against the others' weights; 1 to 1,000,000, default
 *     1
 * @param method GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS; default GET
 * @param path what is asked for, with its query, as it is sent: printable ASCII of at most 1,000
 *     characters that begins with a slash; default {@code /}
 * @param headers that it has beside those of the lab; the values of Authorization, of cookies and
 *     of those whose names tell of secrets are not written down; default none
 * @param body what it carries, at most 64 KiB of text; it is written down with the run; default
 *     none
 * @param bodyFile the file that has the body, seen from the folder of this one; default none
 * @param good which answers are good; default every one below 500
 * @param assets how many assets the page names: after a good answer the same user asks for them,
 *     one after the other, by paths that only the version knows which answered the page, and none
 *     but 200 is a good answer; 1 to 20, only of a GET and only of the lab's own app, default none
 *     (null)
 * @param name what reports call it, at most 60 characters, no two alike; default method and path
 */
public record RequestPlan(
    Integer weight,
    String method,
    String path,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> headers,
    @JsonInclude(JsonInclude.Include.NON_NULL) String body,
    @JsonInclude(JsonInclude.Include.NON_NULL) String bodyFile,
    GoodAnswer good,
    @JsonInclude(JsonInclude.Include.NON_NULL) Integer assets,
    String name) {
  /** The methods that can be asked for. */
  public static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  /** The greatest weight. */
  public static final int MOST_WEIGHT = 1_000_000;

  /** The longest name. */
  public static final int LONGEST_NAME = 60;

  /** The most assets that a page names. */
  public static final int MOST_ASSETS = 20;

  private static final int LONGEST_BODY = 1 << 16;

  /** The edge's log has a line of a request in one piece only where that is of a sane length. */
  private static final int LONGEST_PATH = 1000;

  private static final Pattern PATH = Pattern.compile("/[!-~&&[^#]]*");
  private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}]*");

  /** In lower case. */
  private static final Set<String> OF_LAB =
      Set.of(
          "x-request-id",
          UserMark.USER_ID.toLowerCase(Locale.ROOT),
          "x-forwarded-for",
          "connection",
          "content-length",
          "transfer-encoding");

  /** What a proxy sends but once, whatever comes of it (RFC 9110, 9.2.2). */
  private static final Set<String> SENT_ONCE = Set.of("POST", "PATCH");

  public RequestPlan {
    weight = Check.orElse(weight, 1);
    method = Check.orElse(method, "GET");
    path = Check.orElse(path, "/");
    headers =
        headers == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    good = Check.orElse(good, GoodAnswer.DEFAULT);
    name = Check.orElse(name, cut(method + " " + path));
    Check.between("weight", weight, 1, MOST_WEIGHT);
    Check.that(
        METHODS.contains(method),
        "method",
        "\"%s\" is not known%s; known are %s"
            .formatted(
                Complaints.quoted(method),
                Nearest.asked(method, METHODS),
                String.join(", ", METHODS)));
    checkPath(path);
    headers.forEach(RequestPlan::checkHeader);
    checkBody(body, bodyFile);
    checkAssets(assets, method);
    Check.that(
        good.json().isEmpty() || !method.equals("HEAD"),
        "good.json",
        "is asked of the answer to a HEAD, which has no body",
        "method");
    Check.that(
        !name.isBlank() && name.length() <= LONGEST_NAME && NAME.matcher(name).matches(),
        "name",
        "must be 1 to %s characters in one line, but is \"%s\""
            .formatted(LONGEST_NAME, Complaints.quoted(name)),
        "method",
        "path");
  }

  /** One that is no page with assets. */
  public RequestPlan(
      Integer weight,
      String method,
      String path,
      Map<String, String> headers,
      String body,
      String bodyFile,
      GoodAnswer good,
      String name) {
    this(weight, method, path, headers, body, bodyFile, good, null, name);
  }

  private static void checkPath(String path) {
    Check.that(
        PATH.matcher(path).matches(),
        "path",
        "must begin with a slash and be printable ASCII without spaces and #, as it is sent, but is"
            + " \"%s\"".formatted(Complaints.quoted(path)));
    Check.that(
        path.length() <= LONGEST_PATH,
        "path",
        "has %s characters, and the edge's log takes %s".formatted(path.length(), LONGEST_PATH));
  }

  private static void checkHeader(String name, String value) {
    HeaderText.check("headers", name, value);
    Check.that(
        !OF_LAB.contains(name.toLowerCase(Locale.ROOT)),
        "headers." + name,
        "is set by the lab itself: leave it out");
  }

  private static void checkBody(String body, String bodyFile) {
    Check.that(
        body == null || body.length() <= LONGEST_BODY,
        "body",
        "has %s characters, and may have %s"
            .formatted(body == null ? 0 : body.length(), LONGEST_BODY));
    Check.that(bodyFile == null || body != null, "bodyFile", "has not been read into body", "body");
  }

  private static void checkAssets(Integer assets, String method) {
    if (assets != null) {
      Check.between("assets", assets, 1, MOST_ASSETS);
      Check.that(
          method.equals("GET"),
          "assets",
          "are named by the page that a GET brings, and this is a " + method,
          "method");
    }
  }

  private static String cut(String name) {
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 3) + "...";
  }

  /** How many assets the page names, 0 to {@value #MOST_ASSETS}; 0 where it is no such page. */
  public int namedAssets() {
    return assets == null ? 0 : assets;
  }

  /**
   * The path of an asset, as the lab's own app has it: a task answers it with 200 where it is of
   * that version, and else with 404.
   *
   * @param version that answered the page
   * @param number from 1
   */
  public static String assetPath(String version, int number) {
    return "/assets/%s/%s".formatted(version, number);
  }

  /** Whether a path, with its query, can be asked for. */
  public static boolean canAskFor(String path) {
    return path.length() <= LONGEST_PATH && PATH.matcher(path).matches();
  }

  /**
   * Whether an edge may send it to another task after a first one has had it: POST and PATCH are
   * not, since they may have been carried out.
   */
  public boolean mayBeSentAgain() {
    return !SENT_ONCE.contains(method);
  }
}
