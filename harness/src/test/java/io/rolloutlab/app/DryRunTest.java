package io.rolloutlab.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What would be made is told, and nothing is made. */
class DryRunTest {
  private static final String MATRIX =
      """
      name: small
      question: Which one when v2 fails?
      seeds: 2
      base: {load: {warmUp: 3s, coolDown: 5s}}
      strategies:
        calm: {strategy: baseline, baseline: {hold: 10s}}
        canary: {strategy: canary}
        canary-ip: {strategy: canary-ip}
      situations:
        good: {}
        errors: {app: {v2: {fault: errors}}}
      """;

  @TempDir Path folder;

  private LabRuns.Call call(String command, String what, String... more) {
    String[] arguments = new String[more.length + 5];
    arguments[0] = command;
    arguments[1] = folder.resolve(what).toString();
    arguments[2] = "--into";
    arguments[3] = folder.resolve("lab").toString();
    arguments[4] = "--dry-run";
    System.arraycopy(more, 0, arguments, 5, more.length);
    return LabRuns.call(arguments);
  }

  private void nothingIsMade(LabRuns.Call call) {
    assertThat(call.exitCode()).as(call.output()).isEqualTo(Lab.PASSED);
    assertThat(call.output()).contains("This was a dry run: nothing was made.");
    assertThat(folder.resolve("lab")).doesNotExist();
  }

  /** 22 s are around every run; the rest is warm-up, hold and cool-down. */
  @Test
  void theRunsOfScenariosWithTheirTimesAndTheSum() {
    LabRuns.scenario(folder.resolve("mine"), "calm", "baseline", "baseline: {hold: 10s}\n");
    LabRuns.scenario(folder.resolve("mine"), "quiet", "baseline", "baseline: {hold: 40s}\n");

    LabRuns.Call call = call("run", "mine");

    nothingIsMade(call);
    assertThat(call.output())
        .containsPattern("(?m)^calm +baseline +39s$")
        .containsPattern("(?m)^quiet +baseline +1m9s$")
        .contains("2 real runs, one after the other: some 1m48s.");
  }

  /** 210 s are around a run there; patience alone is no sign of such a machine. */
  @Test
  void anEmulatedMachineTakesItsTime() {
    LabRuns.scenario(folder.resolve("mine"), "calm", "baseline", "baseline: {hold: 10s}\n");

    LabRuns.Call call = call("run", "mine", "--vm", "--patience", "10");

    nothingIsMade(call);
    assertThat(call.output())
        .contains("1 real run, one after the other: some 3m47s.")
        .contains("These are times of the emulated machine; where this machine's own kernel has");
    assertThat(call("run", "mine", "--patience", "10").output())
        .contains("1 real run, one after the other: some 39s.")
        .doesNotContain("emulated");
  }

  @Test
  void onlyThoseThatAPatternNames() {
    LabRuns.scenario(folder.resolve("mine"), "calm", "baseline", "baseline: {hold: 10s}\n");
    LabRuns.scenario(folder.resolve("mine"), "quiet", "baseline", "baseline: {hold: 40s}\n");

    assertThat(call("run", "mine", "--only", "c*").output())
        .contains("calm", "1 real run,")
        .doesNotContain("quiet");
    assertThat(call("run", "mine", "--only", "c*,q?iet").output()).contains("calm", "quiet");
    LabRuns.Call none = call("run", "mine", "--only", "calm,x*");
    assertThat(none.exitCode()).isEqualTo(Lab.BAD_INPUT);
    assertThat(none.output())
        .contains("--only x*: there is no such scenario; known are calm, quiet");
    LabRuns.Call broken = call("run", "mine", "--only", "[c");
    assertThat(broken.exitCode()).isEqualTo(Lab.BAD_INPUT);
    assertThat(broken.output())
        .contains(
            "--only [c: this is no pattern of names, in which * stands for any letters, ? for one, and"
                + " [ab] for one of these\n")
        .doesNotContain("\tat ");
  }

  @Test
  void runsAtOnceTakeLessTime() {
    LabRuns.scenario(folder.resolve("mine"), "calm", "baseline", "baseline: {hold: 40s}\n");
    LabRuns.scenario(folder.resolve("mine"), "quiet", "baseline", "baseline: {hold: 40s}\n");

    LabRuns.Call two = call("run", "mine", "--at-once", "2");
    LabRuns.Call many = call("run", "mine", "--at-once", "9");

    nothingIsMade(two);
    assertThat(two.output()).contains("2 real runs, 2 at once: some 1m19s.");
    assertThat(many.exitCode()).isEqualTo(Lab.BAD_INPUT);
    assertThat(many.output()).contains("--at-once 9: this must be a whole number from 1 to 8");
    assertThat(call("run", "mine", "--at-once", "two").output())
        .contains("--at-once two: this must be a whole number from 1 to 8")
        .doesNotContain("\tat ");
  }

  @Test
  void moreRunsAtOnceThanCoresAreDoubted() {
    int cores = Runtime.getRuntime().availableProcessors();
    assumeTrue(cores < 8, "as many as may be asked for are not too many here");
    for (int run = 0; run <= cores; run++) {
      LabRuns.scenario(folder.resolve("mine"), "calm-" + run, "baseline", "");
    }

    LabRuns.Call many = call("run", "mine", "--at-once", "" + (cores + 1));

    nothingIsMade(many);
    assertThat(many.output()).contains("%s runs are made at once on ".formatted(cores + 1));
    assertThat(call("run", "mine", "--at-once", "1").output())
        .doesNotContain("are made at once on ");
  }

  @Test
  void aSimulationSaysThatItTakesAFractionOfThat() {
    LabRuns.scenario(folder.resolve("mine"), "calm", "baseline", "baseline: {hold: 10s}\n");

    LabRuns.Call call = call("simulate", "mine");

    nothingIsMade(call);
    assertThat(call.output()).contains("1 simulated run, of together some 39s of rollouts");
  }

  private void matrixFile() throws IOException {
    Files.writeString(folder.resolve("small.yaml"), MATRIX);
  }

  @Test
  void theCellsOfAMatrix() throws IOException {
    matrixFile();

    LabRuns.Call real = call("matrix", "small.yaml");
    LabRuns.Call simulated = call("matrix", "small.yaml", "--simulated", "--only", "calm/*");

    nothingIsMade(real);
    assertThat(real.output())
        .startsWith("small\n")
        .contains("calm/good", "canary-ip/errors", "6 real runs, one after the other: some ")
        .doesNotContain("finished");
    nothingIsMade(simulated);
    assertThat(simulated.output())
        .contains("4 simulated runs, of together some 2m40s of rollouts")
        .contains("calm/errors")
        .doesNotContain("canary");
  }

  /** A star stands for no slash: who means a cell names its strategy and its situation. */
  @Test
  void onlyTheCellsThatPatternsName() throws IOException {
    matrixFile();

    assertThat(call("matrix", "small.yaml", "--only", "canary/*,*/errors").output())
        .contains("canary/good", "canary/errors", "calm/errors", "canary-ip/errors", "4 real runs")
        .doesNotContain("calm/good")
        .doesNotContain("canary-ip/good");
    LabRuns.Call none = call("matrix", "small.yaml", "--only", "canary*");
    assertThat(none.exitCode()).isEqualTo(Lab.BAD_INPUT);
    assertThat(none.output())
        .contains("--only canary*: there is no such cell; known are calm/good, calm/errors");
  }
}
