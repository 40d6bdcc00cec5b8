package io.rolloutlab.swarm.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.testbed.StepFailedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LastingStreamTest {
  private final List<String> broken = new ArrayList<>();

  private LastingStream<String> stream(LastingStream.Fate fate) {
    return new LastingStream<>(fate) {
      @Override
      protected void broken(String why) {
        broken.add(why);
      }
    };
  }

  @Test
  void whatBreaksWhileItsContainerRunsIsToldOnce() {
    LastingStream<String> stream = stream(() -> Optional.of("it runs"));

    stream.onError(new IOException("connection reset"));
    stream.onComplete();

    assertThat(broken).singleElement().asString().contains("connection reset", "it runs");
  }

  @Test
  void anEndInSilenceIsNoBetter() {
    stream(() -> Optional.of("it runs")).onComplete();

    assertThat(broken).singleElement().asString().contains("the engine ended it");
  }

  @Test
  void anEngineThatCannotBeAskedIsNoExcuse() {
    stream(
            () -> {
              throw new StepFailedException("the engine of workerN1 does not answer");
            })
        .onComplete();

    assertThat(broken).singleElement().asString().contains("workerN1 does not answer");
  }

  @Test
  void anEndWithTheContainerIsInOrderAlsoWhenItIsSeenALittleLater() {
    List<Optional<String>> answers = new ArrayList<>(List.of(Optional.of("it runs")));

    stream(() -> answers.isEmpty() ? Optional.empty() : answers.remove(0)).onComplete();

    assertThat(answers).isEmpty();
    assertThat(broken).isEmpty();
  }

  @Test
  void whatNobodyNeedsAnyMoreMayBreak() {
    LastingStream<String> stream = stream(() -> Optional.of("it runs"));

    stream.stop();
    stream.onError(new IOException("socket closed"));

    assertThat(broken).isEmpty();
  }
}
