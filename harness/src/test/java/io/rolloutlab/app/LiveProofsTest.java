package io.rolloutlab.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.analysis.Analysis;
import io.rolloutlab.analysis.Findings;
import io.rolloutlab.app.real.LiveProofs;
import io.rolloutlab.app.real.RealRuns;
import io.rolloutlab.doctor.Diagnosis;
import io.rolloutlab.doctor.Doctor;
import io.rolloutlab.doctor.proof.LivePlan;
import io.rolloutlab.doctor.proof.LivePlanning;
import io.rolloutlab.doctor.proof.Proof;
import io.rolloutlab.doctor.proof.ProofLines;
import io.rolloutlab.history.HistoryReader;
import io.rolloutlab.html.DoctorPage;
import io.rolloutlab.stack.read.StackReader;
import io.rolloutlab.trial.OnTheTwin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which real runs are made, and what is made of them; the twin plays the Swarm. */
class LiveProofsTest {
  private static final String WEB =
      """
      services:
        web:
          image: shop/web:1
          healthcheck: {test: /ok, interval: 5s}
          deploy:
            replicas: 3
            update_config: {parallelism: 3, monitor: 60s}
            rollback_config: {parallelism: 3}
      """;

  @TempDir Path folder;

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private Path batch;
  private Diagnosis found;
  private List<LivePlan> plans;

  @BeforeEach
  void plan() throws IOException {
    Path file = Files.writeString(folder.resolve("stack.yaml"), WEB);
    Doctor doctor = Doctor.withAllRules();
    StackReader reader = new StackReader(Map.of());
    Diagnosis whole = doctor.diagnose(reader.read(List.of(file)));
    found =
        new Diagnosis(
            whole.stack(),
            whole.findings().stream().filter(one -> one.rule().endsWith("all-at-once")).toList());
    plans = new LivePlanning(doctor, reader).plans(found, List.of(file));
    batch = folder.resolve("20261128T100000Z-0000");
  }

  private LiveProofs proofs(int repeats) {
    return new LiveProofs(
        plans, repeats, batch, new PrintStream(said, true, StandardCharsets.UTF_8));
  }

  /** As the real one would be, but for who has played it. */
  private Findings played(RealRuns.Job job) {
    Path twin = folder.resolve("twin-" + job.run());
    OnTheTwin.completed(job.scenario(), twin);
    return Analysis.analyse(HistoryReader.read(LabRuns.asReal(twin, job.folder(), job.run())));
  }

  @Test
  void theRunsAreSaidBeforeTheyAreMade() {
    LiveProofs one = proofs(1);

    assertThat(one.runs()).extracting(RealRuns.Job::called).hasSize(4);
    assertThat(one.runs().get(0).called()).isEqualTo("1/4 web as its file has it, good v2");
    assertThat(one.announcement())
        .startsWith("2 of 2 findings are shown by 4 real runs, one of each of these, one after the")
        .contains("web as its file has it, good v2, taken back: some ");
  }

  @Test
  void ofRepeatsOneOfEachComesFirst() {
    LiveProofs two = proofs(2);

    assertThat(two.runs()).hasSize(8);
    assertThat(two.runs()).extracting(job -> job.scenario().seed()).startsWith(1L, 1L, 1L, 1L, 2L);
    assertThat(two.runs()).extracting(RealRuns.Job::run).doesNotHaveDuplicates();
    assertThat(two.runs()).extracting(RealRuns.Job::folder).doesNotHaveDuplicates();
    assertThat(two.runs().get(4).called()).isEqualTo("5/8 web as its file has it, good v2");
    assertThat(two.announcement()).contains("8 real runs, 2 of each of these");
  }

  @Test
  void oneRunEachShowsWhatTheyShowAndHasItsPage() {
    LiveProofs live = proofs(1);

    List<Proof> proofs = live.proofs(live.runs().stream().map(this::played).toList());

    assertThat(proofs).hasSize(2).allMatch(one -> one.judged() == Proof.Judged.SHOWN);
    assertThat(ProofLines.sentence(proofs.get(0)))
        .startsWith(
            "shown: with \"deploy.update_config.parallelism: 1\" users fare better: Users hurt of 200:")
        .endsWith("(live: one run each, a good v2)");
    assertThat(proofs)
        .allSatisfy(
            one ->
                assertThat(one.made().kept())
                    .hasSize(2)
                    .allSatisfy(run -> assertThat(run.page()).isRegularFile()));
    assertThat(DoctorPage.of(List.of(found), proofs, live.page().orElseThrow()))
        .contains("href=\"report/web.html\"", "The runs are live")
        .doesNotContain("Simulated: no Docker");
  }

  @Test
  void aRunThatIsLostMakesItsFindingsUnknown() {
    LiveProofs live = proofs(1);
    List<RealRuns.Job> some = live.runs().subList(0, 3);

    List<Proof> proofs = live.proofs(some.stream().map(this::played).toList());

    assertThat(proofs.get(0).judged()).isEqualTo(Proof.Judged.SHOWN);
    assertThat(proofs.get(1).judged()).isEqualTo(Proof.Judged.UNKNOWN);
    assertThat(ProofLines.sentence(proofs.get(1)))
        .startsWith("UNKNOWN: the runs cannot be used: 4/4 web with deploy.rollback_config")
        .endsWith("has left nothing that can be read");
  }

  @Test
  void withoutARunThereIsNoPage() {
    assertThat(proofs(1).page()).isEmpty();
    assertThat(said.toString(StandardCharsets.UTF_8)).isEmpty();
  }
}
