package io.rolloutlab.app;

import io.rolloutlab.app.choice.FailOn;
import io.rolloutlab.app.choice.FindingChoice;
import io.rolloutlab.app.choice.LiveChoice;
import io.rolloutlab.app.console.MavenNotes;
import io.rolloutlab.app.console.StopSignal;
import io.rolloutlab.app.folder.Batches;
import io.rolloutlab.app.folder.Folders;
import io.rolloutlab.app.folder.TextFile;
import io.rolloutlab.app.real.LiveProofs;
import io.rolloutlab.doctor.Diagnosis;
import io.rolloutlab.doctor.Doctor;
import io.rolloutlab.doctor.DoctorJson;
import io.rolloutlab.doctor.DoctorLines;
import io.rolloutlab.doctor.Finding;
import io.rolloutlab.doctor.fix.Fixed;
import io.rolloutlab.doctor.fix.Fixing;
import io.rolloutlab.doctor.proof.LivePlan;
import io.rolloutlab.doctor.proof.LivePlanning;
import io.rolloutlab.doctor.proof.Proof;
import io.rolloutlab.doctor.proof.ProofJson;
import io.rolloutlab.doctor.proof.ProofLines;
import io.rolloutlab.doctor.proof.ProofPlan;
import io.rolloutlab.doctor.proof.ProofPlanning;
import io.rolloutlab.history.HistoryException;
import io.rolloutlab.html.DoctorPage;
import io.rolloutlab.stack.StackService;
import io.rolloutlab.stack.read.InvalidStackException;
import io.rolloutlab.stack.read.StackReader;
import io.rolloutlab.swarm.cluster.Engine;
import io.rolloutlab.swarm.cluster.PortRange;
import io.rolloutlab.testbed.StepFailedException;
import io.rolloutlab.trial.Commit;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What stack files will do to users; no engine is needed. */
@Command(
    name = "doctor",
    description = {
      "Says of stack files, as docker stack deploy takes them, what each setting will do to users while"
          + " a service is rolled out: file and line, the numbers, the change that helps, and how sure"
          + " that is. Needs no Docker, unless --live asks for real runs.",
      "Variables are those of the environment, then of a file .env beside the stack file."
    },
    exitCodeList = {
      "0:nothing was found that --fail-on asks for",
      "1:something was found, a run could not be recorded, or there is no engine for --live",
      "2:a file cannot be used or written, or what was asked makes no sense",
      "3:the lab itself broke, out of memory for example",
      "130:somebody stopped it"
    })
final class DoctorCommand implements Callable<Integer> {
  /** In the target folder: a folder for each call with --live. */
  private static final String LIVE_RUNS = "doctor";

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = "Stack files; each is a stack of its own.")
  private List<Path> files = List.of();

  @Option(
      names = {"-c", "--compose-file"},
      paramLabel = "FILE",
      description =
          "A stack file as docker stack deploy takes it; of several the later are laid over the"
              + " earlier, and make one stack.")
  private List<Path> laid = List.of();

  @Option(
      names = "--prove",
      description =
          "Shows each finding by runs on a simulated Swarm: the service as it is, and with the change"
              + " that the finding speaks of. Takes seconds to minutes.")
  private boolean prove;

  @Mixin private LiveChoice live;
  @Mixin private FindingChoice choice;

  @Option(
      names = "--fix",
      description =
          "Writes NAME.fixed.yaml beside each file NAME.yaml: only what findings speak of is changed."
              + " Shows the difference. With --prove, what is withdrawn or UNKNOWN is not changed.")
  private boolean fix;

  @Option(
      names = "--fail-on",
      paramLabel = "WHAT",
      defaultValue = "possible",
      converter = FailOn.Word.class,
      description =
          "Ends with 1 only where a finding is at least so sure: certain, likely or possible; or"
              + " where runs of --prove show that users are hurt, or cannot be used: harm; or never."
              + " Default: possible")
  private FailOn failOn = FailOn.POSSIBLE;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Writes the findings into this file as JSON.")
  private Path json;

  @Option(
      names = "--sarif",
      paramLabel = "FILE",
      description = "Writes the findings into this file as SARIF 2.1.0.")
  private Path sarif;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description =
          "Writes a page with the findings, the lines around them, and what runs show. With --live"
              + " there is one beside the runs, unless another place is asked for.")
  private Path html;

  private final PrintStream out = System.out;
  private final Doctor doctor = Doctor.withAllRules();
  private final StackReader reader = new StackReader(System.getenv());
  private final List<Patient> patients = new ArrayList<>();

  /** The runs of --live; empty where none were asked for. */
  private Optional<LiveProofs> liveProofs = Optional.empty();

  /**
   * A stack that was looked at.
   *
   * @param whole all that was found in it
   * @param diagnosis what of it is told, shown and fixed
   */
  private record Patient(List<Path> files, Diagnosis whole, Diagnosis diagnosis) {}

  @Override
  public Integer call() {
    Optional<PortRange> ports;
    boolean allRead = true;
    try {
      for (List<Path> stack : stacks()) {
        allRead &= diagnose(stack);
      }
      if (allRead) {
        choice.checkServices(services());
      }
      liveProofs = live.asked() ? Optional.of(planned()) : Optional.empty();
      ports = live.ports(liveProofs.stream().flatMap(LiveProofs::scenarios));
    } catch (StepFailedException | InvalidStackException bad) {
      System.err.println(bad.getMessage());
      return Lab.BAD_INPUT;
    }
    tell();
    try {
      return treat(allRead, ports);
    } catch (HistoryException | StepFailedException undone) {
      System.err.println(undone.getMessage());
      return Lab.NOT_PASSED;
    }
  }

  /**
   * The files of each stack.
   *
   * @throws StepFailedException when there are none, or what else is asked makes no sense
   */
  private List<List<Path>> stacks() {
    List<List<Path>> stacks = new ArrayList<>();
    files.forEach(file -> stacks.add(List.of(file)));
    if (!laid.isEmpty()) {
      stacks.add(laid);
    }
    if (stacks.isEmpty()) {
      throw new StepFailedException("doctor takes stack files: lab doctor FILE...");
    }
    if (failOn == FailOn.HARM && !prove) {
      throw new StepFailedException(
          "--fail-on harm needs --prove: only runs show whether users are hurt");
    }
    live.refuse(prove);
    choice.checkRules(doctor.rules().stream().map(rule -> rule.about().name()).sorted().toList());
    return stacks;
  }

  private void tell() {
    out.print(patients.isEmpty() ? "" : DoctorLines.of(diagnoses()));
    int all = patients.stream().mapToInt(one -> one.whole().findings().size()).sum();
    int left = all - patients.stream().mapToInt(one -> one.diagnosis().findings().size()).sum();
    if (left > 0) {
      out.printf("--only or --service leaves out %s of %s findings%n", left, all);
    }
  }

  private List<String> services() {
    return patients.stream()
        .flatMap(one -> one.whole().stack().services().stream())
        .map(StackService::name)
        .distinct()
        .toList();
  }

  /** What is done with the findings. */
  private int treat(boolean allRead, Optional<PortRange> ports) {
    Optional<List<Proof>> proofs = prove ? proofs(ports) : Optional.of(List.of());
    if (proofs.isEmpty()) {
      out.println("stopped before all runs were made: nothing is said of what they show");
      return Lab.INTERRUPTED;
    }
    out.print(prove ? ProofLines.of(proofs.get()) : "");
    Optional<Path> page = Optional.ofNullable(html).or(() -> liveProofs.flatMap(LiveProofs::page));
    boolean written =
        write(
                "--json",
                json,
                () -> DoctorJson.own(diagnoses(), one -> ProofJson.of(one, proofs.get())))
            & write("--sarif", sarif, () -> DoctorJson.sarif(diagnoses(), doctor.rules()))
            & page.map(its -> writePage(its, proofs.get())).orElse(true)
            & (!fix || fixAll(proofs.get()));
    if (!allRead || !written) {
      return Lab.BAD_INPUT;
    }
    List<Finding> findings =
        diagnoses().stream().flatMap(diagnosis -> diagnosis.findings().stream()).toList();
    return failOn.isMet(findings, proofs.get()) ? Lab.NOT_PASSED : Lab.PASSED;
  }

  private List<Diagnosis> diagnoses() {
    return patients.stream().map(Patient::diagnosis).toList();
  }

  /** Whether a stack could be read; what is wrong with one keeps the others from nothing. */
  private boolean diagnose(List<Path> stack) {
    try {
      Diagnosis whole = doctor.diagnose(reader.read(stack));
      patients.add(new Patient(stack, whole, choice.of(whole)));
      return true;
    } catch (InvalidStackException bad) {
      System.err.println(bad.getMessage());
      return false;
    }
  }

  /** The runs that --live asks for. */
  private LiveProofs planned() {
    LivePlanning planning = new LivePlanning(doctor, reader);
    List<LivePlan> plans =
        patients.stream()
            .flatMap(one -> planning.plans(one.diagnosis(), one.files()).stream())
            .toList();
    Path folder = Folders.target(Engine.home(), null).resolve(LIVE_RUNS);
    return new LiveProofs(plans, live.repeats(), new Batches(folder).next(), out);
  }

  /** Empty when somebody asked to stop. */
  private Optional<List<Proof>> proofs(Optional<PortRange> ports) {
    if (liveProofs.isPresent()) {
      Folders.logInto(Folders.target(Engine.home(), null));
      out.println();
      out.println(liveProofs.get().announcement());
      return liveProofs.get().prove(Engine.home(), ports);
    }
    return simulated();
  }

  private Optional<List<Proof>> simulated() {
    ProofPlanning planning = new ProofPlanning(doctor, reader);
    List<ProofPlan> plans =
        patients.stream()
            .flatMap(one -> planning.plans(one.diagnosis(), one.files()).stream())
            .toList();
    Path home = Engine.home();
    Path target = Folders.target(home, null).resolve(SimulateCommand.FOLDER);
    Folders.logInto(target);
    try (StopSignal stop = new StopSignal(Duration.ZERO)) {
      return new DoctorProofs(
              CalibrateCommand.settings(null).settings(),
              Commit.of(home),
              target.resolve("doctor-%s".formatted(ProcessHandle.current().pid())),
              stop::asked)
          .prove(plans, out);
    }
  }

  /** Whether every file that can be changed was written. */
  private boolean fixAll(List<Proof> proofs) {
    Map<Finding, String> toLeave = new HashMap<>();
    proofs.forEach(
        proof -> proof.againstIt().ifPresent(why -> toLeave.put(proof.plan().finding(), why)));
    boolean all = true;
    for (Patient one : patients) {
      one.whole().findings().stream()
          .filter(finding -> !one.diagnosis().findings().contains(finding))
          .forEach(finding -> toLeave.put(finding, "--only or --service leaves it out"));
      all &= one.files().size() == 1 ? fix(one, toLeave) : leave(one);
    }
    return all;
  }

  private boolean leave(Patient one) {
    out.printf(
        "%s: laid over each other, so it is yours to say in which of them something is changed:"
            + " nothing is%n",
        one.files());
    return true;
  }

  private boolean fix(Patient one, Map<Finding, String> toLeave) {
    Path file = one.files().get(0);
    try {
      Fixed fixed = Fixing.of(doctor, reader, file, one.whole(), toLeave);
      out.print(fixed.print());
      return true;
    } catch (IOException unwritten) {
      Path beside = Fixing.beside(file);
      System.err.printf("--fix: %s %s%n", beside, TextFile.why(beside, unwritten));
      return false;
    }
  }

  /** The same of the page, which is told of where it leads to live runs. */
  private boolean writePage(Path page, List<Proof> proofs) {
    boolean written = write("--html", page, () -> DoctorPage.of(diagnoses(), proofs, page));
    if (written && liveProofs.isPresent()) {
      MavenNotes.page(page, out);
    }
    return written;
  }

  /** Whether a file that was asked for is there now. */
  private static boolean write(String option, Path file, Supplier<String> text) {
    try {
      if (file != null) {
        TextFile.write(file, text.get());
      }
      return true;
    } catch (IOException unwritten) {
      System.err.printf("%s %s: %s%n", option, file, TextFile.why(file, unwritten));
      return false;
    }
  }
}
