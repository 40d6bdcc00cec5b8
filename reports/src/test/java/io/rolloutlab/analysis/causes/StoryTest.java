package io.rolloutlab.analysis.causes;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.history.TaskRef;
import org.junit.jupiter.api.Test;

/** A request failed at 5 s; its story says who was asked, and how long before or after what. */
class StoryTest {
  private static final String ASKED =
      "502 at +5.0 s: nginx asked 10.0.1.5, pyapp.1 (v2) on workerN1";

  private static String story(Cause cause, Scene scene) {
    return new Caused(1, 5_000, 2, "http-502", cause, "", scene).story();
  }

  private static String story(Cause cause, TaskSample task, TaskTimes next) {
    return story(
        cause, new Scene("nginx", "10.0.1.5:5000", 2, false, "pyapp", "", task.build(), next, ""));
  }

  /** Of a task that nobody knows. */
  private static String story(Cause cause, String upstream, String version) {
    return story(cause, new Scene("nginx", upstream, 2, false, "", version, null, null, ""));
  }

  private static TaskSample running(long since) {
    return TaskSample.of("v2", since);
  }

  @Test
  void timesHaveAsManyDecimalsAsMatter() {
    assertThat(Story.moment(0)).isEqualTo("+0 ms");
    assertThat(Story.moment(-1)).isEqualTo("-1 ms");
    assertThat(Story.seconds(99)).isEqualTo("99 ms");
    assertThat(Story.seconds(100)).isEqualTo("0.1 s");
    assertThat(Story.moment(-100)).isEqualTo("-0.1 s");
  }

  @Test
  void whoIsNotKnownIsOneOfTheTasksOrOfTheVersion() {
    assertThat(story(Cause.OWN_ERROR, "10.0.1.2:5000", "v2"))
        .isEqualTo(
            "502 at +5.0 s: nginx asked 10.0.1.2, a task of v2, which answered so itself after 2 ms");
    assertThat(story(Cause.TOO_SLOW, "10.0.1.2:5000", ""))
        .isEqualTo(
            "502 at +5.0 s: nginx asked 10.0.1.2, one of its tasks, which had the request and did"
                + " not answer in 2 ms");
    assertThat(story(Cause.UNKNOWN, "", ""))
        .isEqualTo("502 at +5.0 s: nginx asked nobody, and had the request for 2 ms");
  }

  @Test
  void ofWhoIsNotKnownItSaysOnlyWhatHolds() {
    assertThat(story(Cause.CRASHED, "10.0.1.2:5000", ""))
        .endsWith("10.0.1.2, one of its tasks, which ended by itself");
    assertThat(story(Cause.NODE_LOST, "10.0.1.2:5000", ""))
        .endsWith("10.0.1.2, one of its tasks, whose node was lost");
    assertThat(story(Cause.NOT_LISTENING_YET, "10.0.1.2:5000", ""))
        .endsWith("one of its tasks, still starting and not listening yet; it never answered");
    assertThat(story(Cause.GONE, "10.0.1.2:5000", "")).endsWith("one of its tasks, stopping");
  }

  @Test
  void whoRunsFromThatMomentOnIsRunning() {
    assertThat(story(Cause.NOT_LISTENING_YET, running(5_000), null))
        .isEqualTo(ASKED + ", running for 0 ms and not listening yet; it never answered");
    assertThat(story(Cause.NOT_LISTENING_YET, running(5_001).answered(5_200, 5_200), null))
        .isEqualTo(
            ASKED + ", still starting and not listening yet; its first answer came 0.2 s later");
  }

  @Test
  void whatIsAtTheVeryMomentIsBeforeIt() {
    assertThat(story(Cause.TOLD_TO_STOP, running(0).told(5_000), running(5_000).build()))
        .isEqualTo(
            ASKED
                + ", told to stop 0 ms before and no longer listening; its successor had been"
                + " running for 0 ms");
    assertThat(story(Cause.TOLD_TO_STOP, running(0).told(5_001), running(5_001).build()))
        .endsWith(
            "told to stop 1 ms later and no longer listening; its successor was running 1 ms"
                + " later");
  }

  @Test
  void whoIsLostWithItsNodeIsSoFromAMomentOn() {
    assertThat(story(Cause.NODE_LOST, running(0).lost(3_000), running(TaskTimes.NEVER).build()))
        .isEqualTo(ASKED + ", whose node was lost 2.0 s before; its successor never ran");
  }

  @Test
  void whoNeverAnsweredCrashedWithoutAnyAnswer() {
    assertThat(story(Cause.CRASHED, running(0).ended(4_000, "failed", ""), null))
        .endsWith(
            ", which ended by itself 1.0 s before (failed) without any answer before; nothing took"
                + " its place");
  }

  @Test
  void theLastOneWentByItsNodeByAnOrderByItsHealthOrByItself() {
    assertThat(nobody(running(0).lost(3_000))).contains("on workerN1, lost with its node 2.0 s");
    assertThat(nobody(running(0).told(3_000))).contains("on workerN1, told to stop 2.0 s before");
    assertThat(nobody(running(0).ended(3_000, "failed", "unhealthy container")))
        .contains("on workerN1, given up by its health check, and gone 2.0 s before");
    assertThat(nobody(running(0).ended(3_000, "failed", "")))
        .contains("on workerN1, ended without an order 2.0 s before");
    assertThat(nobody(running(0).ended(3_000, "shutdown", "")))
        .contains("on workerN1, stopped 2.0 s before");
  }

  private static String nobody(TaskSample last) {
    return story(Cause.NOBODY_READY, last, null);
  }

  @Test
  void theEdgeItselfIsGoneByItsNodeOrByAnOrder() {
    TaskRef nginx = new TaskRef("n", "nginx", 1, "workerN3", "");

    assertThat(story(Cause.EDGE_GONE, TaskSample.of(nginx, 0).lost(3_000), null))
        .isEqualTo("502 at +5.0 s: the node of nginx.1 was lost 2.0 s before");
    assertThat(story(Cause.EDGE_GONE, TaskSample.of(nginx, 0).told(5_500), null))
        .isEqualTo("502 at +5.0 s: nginx.1 was told to stop or had ended 0.5 s later");
  }

  @Test
  void whatTheEdgeLoggedNothingOfItSaysSo() {
    assertThat(story(Cause.UNKNOWN, Scene.unlogged("nginx", "")))
        .isEqualTo("502 at +5.0 s: nginx logged nothing of it");
    assertThat(story(Cause.UNKNOWN, Scene.unlogged("nginx", "it had it twice")))
        .isEqualTo("502 at +5.0 s: it had it twice");
    assertThat(
            story(
                Cause.UNKNOWN,
                new Scene("nginx", "", 0, false, "", "", null, null, "it had it twice")))
        .as("it had it for no time, but had it")
        .isEqualTo("502 at +5.0 s: nginx asked nobody, and had the request for 0 ms");
  }
}
