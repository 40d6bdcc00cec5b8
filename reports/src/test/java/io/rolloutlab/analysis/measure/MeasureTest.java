package io.rolloutlab.analysis.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.SampleFindings;
import io.rolloutlab.analysis.requests.Errors;
import io.rolloutlab.analysis.run.Evidence;
import io.rolloutlab.analysis.run.Part;
import io.rolloutlab.analysis.run.Share;
import io.rolloutlab.analysis.versions.Transition;
import io.rolloutlab.history.Manifest;
import io.rolloutlab.history.PhaseKind;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.SettledNumber;
import io.rolloutlab.scenario.read.ScenarioReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** A measure is put together step by step, and every step keeps what was said before it. */
class MeasureTest {
  private static final Heading HEADING = new Heading("toyNumber", "Toy", "s", 1, "It is made up");

  /** A rollout, and from second 2 on a hold. */
  private static final Evidence RUN = run();

  private static Evidence run() {
    String text = "name: toy\nquestion: Why?\nstrategy: rolling\n";
    Scenario scenario =
        ScenarioReader.YAML
            .read(Path.of("toy.yaml"), text.getBytes(StandardCharsets.UTF_8))
            .value();
    return SampleFindings.answers("toy", Manifest.Origin.LIVE, scenario, "1x22", "2222", "2222")
        .evidence();
  }

  private static Measure toy() {
    return HEADING.read(run -> Part.known(OptionalDouble.of(3)));
  }

  @Test
  void byItselfItDescribesAndIsShownEverywhere() {
    assertThat(toy().key()).isEqualTo("toyNumber");
    assertThat(toy().value(RUN)).hasValue(3);
    assertThat(toy().ranks().best()).isEqualTo(Best.NONE);
    assertThat(toy().ranks().harm()).isFalse();
    assertThat(toy().tables()).containsExactlyInAnyOrder(Table.values());
    assertThat(toy().reads().beyond().apply(RUN)).isEmpty();
    assertThat(toy().reads().could().apply(RUN)).isEmpty();
  }

  @Test
  void whatIsAddedStandsBesideWhatWasThere() {
    Measure all =
        toy()
            .lowestIsBest(value -> Apart.counted())
            .settledBy(SettledNumber.MIX)
            .isHarm()
            .orElseOneOf(run -> List.of(1.0, 5.0))
            .orBeyond(run -> OptionalDouble.of(9))
            .perPhase((run, phase) -> Part.known(OptionalDouble.of(phase)))
            .only(Table.SWEEP);

    assertThat(all.heading()).isEqualTo(HEADING);
    assertThat(all.value(RUN)).hasValue(3);
    assertThat(all.ranks().best()).isEqualTo(Best.LOWEST);
    assertThat(all.ranks().settledBy()).contains(SettledNumber.MIX);
    assertThat(all.ranks().harm()).isTrue();
    assertThat(all.reads().could().apply(RUN)).containsExactly(1.0, 5.0);
    assertThat(all.reads().beyond().apply(RUN)).hasValue(9);
    assertThat(all.in(RUN, PhaseKind.HOLD)).isEqualTo(Part.known(List.of(1.0)));
    assertThat(all.tables()).containsExactly(Table.SWEEP);
  }

  @Test
  void highValuesOrLowSharesMayBeGood() {
    Measure highest = toy().highestIsBest(value -> Apart.counted());
    Measure share = toy().lowestShareIsBest(run -> Optional.of(Share.of(1, 2)));

    assertThat(highest.ranks().best()).isEqualTo(Best.HIGHEST);
    assertThat(highest.ranks().apart().test().told(RUN, RUN, List.of())).isTrue();
    assertThat(share.ranks().best()).isEqualTo(Best.LOWEST);
    assertThat(share.ranks().apart().rule()).contains("95 % intervals do not overlap");
  }

  @Test
  void itIsReadOffAPartOrAListOfParts() {
    Measure failed =
        HEADING.read(Errors.class, errors -> OptionalDouble.of(errors.sinceRollout().count()));
    Measure ways = HEADING.readList(Transition.class, all -> OptionalDouble.of(all.size()));

    assertThat(failed.value(RUN)).hasValue(1);
    assertThat(ways.value(RUN)).hasValue(1);
  }

  @Test
  void whatNobodyLooksForIsUnknownWithItsCause() {
    Measure nobodys = HEADING.read(MeasureTest.class, none -> OptionalDouble.of(1));

    assertThat(nobodys.of(RUN)).isEqualTo(Part.unknown("no analysis makes MeasureTest"));
  }

  @Test
  void whereThereIsNoNumberOfAPhaseTheCauseIsSaid() {
    assertThat(toy().in(RUN, PhaseKind.HOLD))
        .isEqualTo(Part.unknown("toyNumber cannot be read per phase"));
    assertThat(
            toy()
                .perPhase((run, phase) -> Part.known(OptionalDouble.empty()))
                .in(RUN, PhaseKind.HOLD))
        .isEqualTo(Part.unknown("the phase \"v2 serves\" has no such number"));
  }
}
