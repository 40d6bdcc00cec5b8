package io.rolloutlab.analysis.causes;

import io.rolloutlab.history.Request;
import java.util.Locale;

/** What happened to a failed request, told from what is known of it. */
public final class Story {
  private final Caused one;
  private final Scene scene;
  private final TaskTimes task;

  private Story(Caused one) {
    this.one = one;
    scene = one.scene();
    task = scene.task();
  }

  static String of(Caused one) {
    Story story = new Story(one);
    return "%s at %s: %s".formatted(story.what(), moment(one.atMillis()), story.why());
  }

  /** A moment: seconds after x = 0, with a sign. */
  public static String moment(long millis) {
    return (millis >= 0 ? "+" : "") + seconds(millis);
  }

  /** A length of time in seconds, with as many decimals as matter. */
  public static String seconds(long millis) {
    return Math.abs(millis) < 100
        ? millis + " ms"
        : String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
  }

  private String what() {
    String error = one.error();
    if (error.startsWith("http-")) {
      return error.substring("http-".length());
    }
    return switch (error) {
      case "timeout" -> "no answer within " + seconds(one.latencyMillis());
      case "refused" -> "connection refused";
      case "closed" -> "connection closed";
      case "dropped-resent" -> "dropped and sent again";
      case Request.NOT_GOOD -> "an answer that is not good";
      default -> error;
    };
  }

  private String why() {
    return switch (one.cause()) {
      case NOBODY_READY -> nobody();
      case NOT_LISTENING_YET -> asked() + ", " + running() + " and not listening yet" + answers();
      case TOLD_TO_STOP -> asked() + ", " + told() + " and no longer listening" + successor();
      case GONE -> asked() + ", " + told() + gone() + successor();
      case CUT_OFF -> asked() + ", which had the request, " + told() + gone();
      case CRASHED -> asked() + crashed() + successor();
      case UNHEALTHY -> asked() + ", which its health check gave up" + gone() + successor();
      case NODE_LOST -> asked() + lostNode() + successor();
      case OWN_ERROR -> asked() + ", " + ownError();
      case OTHER_VERSION ->
          scene.note() + ", and " + asked() + ", which does not have what that page names";
      case TOO_SLOW -> tookTooLong();
      case OVERLOADED -> tookTooLong() + "; " + scene.note();
      case BEHIND_COPIES ->
          "the copy of an earlier request was not answered, and "
              + edge()
              + " took up none behind it on its connection";
      case EDGE_CHANGED, LOAD -> scene.note();
      case EDGE_GONE -> edgeGone();
      case UNKNOWN -> unknown();
    };
  }

  private String edge() {
    return scene.edge();
  }

  private String ownError() {
    return scene.note().isEmpty() ? "which answered so itself after " + edgeTook() : scene.note();
  }

  private String nobody() {
    String last = task == null ? "none had been ready before" : "the last one, " + left();
    String next =
        scene.next() == null
            ? "none was ready after that"
            : "the next one, %s, was running %s%s"
                .formatted(
                    scene.next().inWords(),
                    when(scene.next().runningMillis()),
                    !scene.upstream().isEmpty() && scene.next().runningMillis() <= one.atMillis()
                        ? ", and the nodes' kernels may not have known it yet"
                        : "");
    String who =
        scene.upstream().isEmpty()
            ? "%s knew no address of %s".formatted(edge(), scene.service())
            : "%s asked %s, behind which nobody of %s was ready"
                .formatted(edge(), addresses(), scene.service());
    return "%s: %s; %s".formatted(who, last, next);
  }

  private String left() {
    return "%s, %s".formatted(task.inWords(), task.leftInWords(one.atMillis()));
  }

  private String asked() {
    if (task == null) {
      return scene.upstream().isEmpty()
          ? edge() + " asked nobody"
          : "%s asked %s, %s"
              .formatted(
                  edge(),
                  addresses(),
                  scene.version().isEmpty() ? "one of its tasks" : "a task of " + scene.version());
    }
    String addresses =
        scene.onlyThese()
            ? "%s knew only %s".formatted(edge(), addresses())
            : "%s asked %s".formatted(edge(), addresses());
    boolean several = scene.upstream().indexOf(',') >= 0;
    return "%s%s %s".formatted(addresses, several ? "; there," : ",", task.inWords());
  }

  private String addresses() {
    return scene.upstream().replaceAll(":[0-9]+(?=,| |$)", "");
  }

  private String running() {
    return task == null
            || task.runningMillis() == TaskTimes.NEVER
            || task.runningMillis() > one.atMillis()
        ? "still starting"
        : "running for " + seconds(one.atMillis() - task.runningMillis());
  }

  private String answers() {
    if (task == null || task.firstAnswerMillis() == TaskTimes.NEVER) {
      return "; it never answered";
    }
    return "; its first answer came " + when(task.firstAnswerMillis());
  }

  private String told() {
    return task == null || task.toldMillis() == TaskTimes.NEVER
        ? "stopping"
        : "told to stop " + when(task.toldMillis());
  }

  private String gone() {
    return task == null || task.endedMillis() == TaskTimes.NEVER
        ? ""
        : " and gone " + when(task.endedMillis());
  }

  private String crashed() {
    if (task == null) {
      return ", which ended by itself";
    }
    String message = task.message().isEmpty() ? task.end() : task.message();
    String before = task.firstAnswerMillis() == TaskTimes.NEVER ? " without any answer before" : "";
    return ", which ended by itself %s (%s)%s".formatted(when(task.endedMillis()), message, before);
  }

  private String lostNode() {
    return task == null
        ? ", whose node was lost"
        : ", whose node was lost " + when(task.lostMillis());
  }

  private String successor() {
    TaskTimes next = scene.next();
    if (task == null) {
      return "";
    }
    if (next == null || next.runningMillis() == TaskTimes.NEVER) {
      return next == null ? "; nothing took its place" : "; its successor never ran";
    }
    long ahead = one.atMillis() - next.runningMillis();
    return ahead >= 0
        ? "; its successor had been running for " + seconds(ahead)
        : "; its successor was running %s later".formatted(seconds(-ahead));
  }

  private String tookTooLong() {
    return asked() + ", which had the request and did not answer in " + edgeTook();
  }

  private String edgeTook() {
    return seconds(Math.max(0, scene.edgeMillis()));
  }

  private String edgeGone() {
    String next = scene.next() == null ? "" : successor();
    return task.lostMillis() == task.leftMillis()
        ? "the node of %s was lost %s".formatted(task.task().name(), when(task.leftMillis()))
        : "%s was told to stop or had ended %s%s"
            .formatted(task.task().name(), when(task.leftMillis()), next);
  }

  private String unknown() {
    if (scene.edgeMillis() < 0) {
      return scene.note().isEmpty() ? edge() + " logged nothing of it" : scene.note();
    }
    String doing = task == null ? "" : ", about which nothing is recorded that explains it";
    return asked() + doing + ", and had the request for " + edgeTook();
  }

  private String when(long at) {
    return when(at, one.atMillis());
  }

  /** How long before or after another moment a moment is; both after x = 0. */
  public static String when(long at, long other) {
    long before = other - at;
    return before >= 0 ? seconds(before) + " before" : seconds(-before) + " later";
  }
}
