package io.rolloutlab.app;

import io.rolloutlab.doctor.Diagnosis;
import io.rolloutlab.doctor.Doctor;
import io.rolloutlab.doctor.DoctorJson;
import io.rolloutlab.doctor.DoctorLines;
import io.rolloutlab.stack.read.InvalidStackException;
import io.rolloutlab.stack.read.StackReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What stack files will do to users: no engine is needed, and nothing is run. */
@Command(
    name = "doctor",
    description = {
      "Says of stack files, as docker stack deploy takes them, what each setting will do to users while"
          + " a service is rolled out: file and line, the numbers, the change that helps, and how sure"
          + " that is. Needs no Docker.",
      "Variables are those of the environment, then of a file .env beside the stack file."
    },
    exitCodeList = {
      "0:nothing was found",
      "1:something was found",
      "2:a file cannot be used, or what was asked makes no sense",
      "3:the lab itself broke, out of memory for example",
      "130:somebody stopped it"
    })
final class DoctorCommand implements Callable<Integer> {
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
      names = "--json",
      paramLabel = "FILE",
      description = "Writes the findings into this file as JSON.")
  private Path json;

  @Option(
      names = "--sarif",
      paramLabel = "FILE",
      description = "Writes the findings into this file as SARIF 2.1.0.")
  private Path sarif;

  @Override
  public Integer call() {
    List<List<Path>> stacks = new ArrayList<>();
    files.forEach(file -> stacks.add(List.of(file)));
    if (!laid.isEmpty()) {
      stacks.add(laid);
    }
    if (stacks.isEmpty()) {
      System.err.println("doctor takes stack files: lab doctor FILE...");
      return Lab.BAD_INPUT;
    }
    Doctor doctor = Doctor.withAllRules();
    List<Diagnosis> diagnoses = new ArrayList<>();
    boolean allRead = true;
    for (List<Path> stack : stacks) {
      allRead &= diagnose(stack, doctor, diagnoses);
    }
    System.out.print(diagnoses.isEmpty() ? "" : DoctorLines.of(diagnoses));
    boolean written =
        write("--json", json, () -> DoctorJson.own(diagnoses))
            & write("--sarif", sarif, () -> DoctorJson.sarif(diagnoses, doctor.rules()));
    if (!allRead || !written) {
      return Lab.BAD_INPUT;
    }
    boolean found = diagnoses.stream().anyMatch(diagnosis -> !diagnosis.findings().isEmpty());
    return found ? Lab.NOT_PASSED : Lab.PASSED;
  }

  /** Whether a stack could be read; what is wrong with one keeps the others from nothing. */
  private static boolean diagnose(List<Path> stack, Doctor doctor, List<Diagnosis> diagnoses) {
    try {
      diagnoses.add(doctor.diagnose(new StackReader(System.getenv()).read(stack)));
      return true;
    } catch (InvalidStackException bad) {
      System.err.println(bad.getMessage());
      return false;
    }
  }

  /** Whether a file that was asked for is there now. */
  private static boolean write(String option, Path file, Supplier<String> text) {
    try {
      if (file != null) {
        Files.writeString(file, text.get());
      }
      return true;
    } catch (IOException unwritten) {
      System.err.printf(
          "%s %s: cannot be written: %s%n", option, file, unwritten.getClass().getSimpleName());
      return false;
    }
  }
}
