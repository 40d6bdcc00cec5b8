package io.rolloutlab.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.Analysis;
import io.rolloutlab.analysis.Findings;
import io.rolloutlab.change.ChangeAnswer;
import io.rolloutlab.change.Changes;
import io.rolloutlab.change.MeasureChange;
import io.rolloutlab.change.Side;
import io.rolloutlab.scenario.Scenario;
import io.rolloutlab.scenario.read.ScenarioReader;
import io.rolloutlab.trial.OnTheTwin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two batches on the simulated Swarm: the same settings are not told apart, others are. */
class CompareTest {
  private static final int REPEATS = 5;
  private static final int PAIRS = 20;

  private static final String ROLLING =
      "app: {replicas: 2}\nrolling: {hold: 3s, update: {delay: 1s, monitor: %s}}\n";

  @TempDir Path folder;

  private Scenario rolling(String monitor) {
    LabRuns.scenario(folder, "rolling", "rolling", ROLLING.formatted(monitor));
    return new ScenarioReader().read(folder.resolve("rolling.yaml"));
  }

  private Scenario blueGreen() {
    LabRuns.scenario(
        folder, "blue-green", "blue-green", "app: {replicas: 2}\nblueGreen: {keepBlue: 3s}\n");
    return new ScenarioReader().read(folder.resolve("blue-green.yaml"));
  }

  private Findings run(Scenario scenario, long seed) {
    Path history = folder.resolve("histories").resolve(scenario.name() + "-" + seed);
    return Analysis.analyse(OnTheTwin.history(scenario.withSeed(seed), history));
  }

  private Side side(String letter, int first, int repeats, Scenario... scenarios) {
    return new Side(
        letter,
        "seeds from " + first,
        Stream.of(scenarios)
            .flatMap(one -> IntStream.range(0, repeats).mapToObj(i -> run(one, first + i)))
            .toList());
  }

  private static List<String> changed(Changes changes) {
    return changes.measures().stream()
        .filter(one -> one.telling().isChange())
        .map((MeasureChange one) -> one.measure().key())
        .toList();
  }

  private List<String> falseAlarms(int repeats, Scenario... scenarios) {
    List<String> alarms = new ArrayList<>();
    for (int pair = 0; pair < PAIRS; pair++) {
      int first = 1 + pair * 2 * repeats;
      Changes changes =
          Changes.between(
              side("A", first, repeats, scenarios), side("B", first + repeats, repeats, scenarios));
      if (changes.changed() > 0) {
        alarms.add("seeds from %s: %s".formatted(first, changed(changes)));
      }
    }
    return alarms;
  }

  @Test
  void twoBatchesOfTheSameSettingsAreNotToldApartMoreOftenThanItSays() {
    List<String> alarms = falseAlarms(REPEATS, rolling("2s"), blueGreen());

    // One of 20 is said; more than three would come by chance in less than one of 50 such tests.
    assertThat(alarms).hasSizeLessThanOrEqualTo(3);
  }

  @Test
  void norAreTwoBatchesOfOneRunEach() {
    assertThat(falseAlarms(1, rolling("2s"), blueGreen())).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void aBatchWithAnotherMonitorIsToldApart() {
    Side a = side("A", 1, REPEATS, rolling("2s"), blueGreen());
    Changes changes = Changes.between(a, side("B", 101, REPEATS, rolling("8s"), blueGreen()));

    assertThat(changed(changes)).contains("completedSeconds");
    assertThat(changes.scenarios().get(0).changed()).isEmpty();
    assertThat(changes.scenarios().get(1).settings().all())
        .extracting(one -> one.line(List.of("A", "B")))
        .containsExactly("rolling.update.monitor: 2s / 8s");
    assertThat(ChangeAnswer.of(changes)).contains("told apart: in rolling (");
  }

  @Test
  void soItIsOfOneRunEach() {
    Changes changes =
        Changes.between(side("A", 1, 1, rolling("2s")), side("B", 2, 1, rolling("12s")));

    assertThat(changed(changes)).contains("completedSeconds");
  }

  private LabRuns.Call simulate(String into, long seed) {
    Path scenarios = folder.resolve(into + "-" + seed);
    LabRuns.scenario(
        scenarios,
        "calm",
        "baseline",
        "seed: %s\napp: {replicas: 1}\nbaseline: {hold: 2s}\n".formatted(seed));
    return LabRuns.call(
        "simulate", scenarios.toString(), "--into", folder.resolve(into).toString());
  }

  private LabRuns.Call compare(String... names) {
    List<String> call = new ArrayList<>(List.of("compare"));
    call.addAll(List.of(names));
    call.addAll(List.of("--into", folder.resolve("lab").toString()));
    return LabRuns.call(call.toArray(String[]::new));
  }

  private List<String> batches() throws IOException {
    try (Stream<Path> all = Files.list(folder.resolve("lab/twin/runs"))) {
      return all.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void theCommandTakesTwoNamesAndWritesThreeFiles() throws IOException {
    simulate("lab", 1);
    simulate("lab", 2);
    List<String> batches = batches();

    LabRuns.Call call = compare(batches.get(0), batches.get(1));

    assertThat(call.exitCode()).as(call.output()).isEqualTo(Lab.PASSED);
    Path page = folder.resolve("lab/twin/compare/index.html");
    assertThat(call.output())
        .contains("SIMULATED: no Docker was used.")
        .contains("A: the run of batch %s: calm".formatted(batches.get(0)))
        .contains("A and B are not told apart.")
        .contains("page: " + page);
    assertThat(page).content().contains("one run each: nothing can be said beyond noise");
    assertThat(page.resolveSibling("compare.md")).content().contains("## calm");
    assertThat(page.resolveSibling("compare.json")).content().contains("\"origin\" : \"twin\"");
  }

  @Test
  void badInputGetsASentence() throws IOException {
    simulate("lab", 1);
    String batch = batches().get(0);
    LabRuns.asReal(
        LabRuns.run(folder.resolve("lab/twin"), "calm"),
        folder.resolve("lab/runs/20991231T000000Z-0002/calm"),
        "real-1");

    refuses("compare takes two names, A and B, but there are none");
    refuses("compare takes two names, A and B, but there is one (%s)".formatted(batch), batch);
    refuses("but there are 3 (a, b, c)", "a", "b", "c");
    refuses("nowhere: there is no such folder, no such batch", batch, "nowhere");
    refuses("A has simulated runs, and B has real runs", batch, "calm");
    refuses("the run real-1 is there twice", "calm", "20991231T000000Z-0002/calm");
    assertThat(folder.resolve("lab/twin/compare")).doesNotExist();
  }

  private void refuses(String sentence, String... names) {
    LabRuns.Call call = compare(names);
    assertThat(call.exitCode()).as(call.output()).isEqualTo(Lab.BAD_INPUT);
    assertThat(call.output()).contains(sentence).doesNotContain("\tat ");
  }
}
