package io.rolloutlab.doctor;

import io.rolloutlab.scenario.check.FileWord;
import io.rolloutlab.stack.StackNote;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** What the console says: a line for each finding, as compilers do it, and the change below it. */
public final class DoctorLines {
  private DoctorLines() {}

  /** Findings by file and line, then what else should be known, then all of it in one line. */
  public static String of(List<Diagnosis> diagnoses) {
    List<String> lines = new ArrayList<>();
    all(diagnoses).forEach(finding -> lines.addAll(lines(finding)));
    diagnoses.stream()
        .flatMap(diagnosis -> diagnosis.stack().notes().stream())
        .sorted(Comparator.comparing(StackNote::place))
        .map(note -> "%s: note: %s".formatted(note.place().print(), note.what()))
        .distinct()
        .forEach(lines::add);
    lines.add(summary(diagnoses));
    return String.join("\n", lines) + "\n";
  }

  /** The findings of all, by file and line. */
  public static List<Finding> all(List<Diagnosis> diagnoses) {
    return diagnoses.stream().flatMap(diagnosis -> diagnosis.findings().stream()).sorted().toList();
  }

  private static List<String> lines(Finding finding) {
    return List.of(
        "%s: %s: %s: %s (%s)"
            .formatted(
                finding.place().print(),
                finding.rule(),
                finding.service(),
                finding.what(),
                FileWord.of(finding.sureness())),
        "    " + finding.change());
  }

  /** How many there are of all, in a sentence. */
  public static String summary(List<Diagnosis> diagnoses) {
    int services = diagnoses.stream().mapToInt(one -> one.stack().services().size()).sum();
    int findings = all(diagnoses).size();
    String looked = "%s service%s".formatted(services, services == 1 ? "" : "s");
    if (findings == 0) {
      return "Nothing found in " + looked + ".";
    }
    String sure =
        Arrays.stream(Sureness.values())
            .map(
                sureness ->
                    "%s %s"
                        .formatted(
                            diagnoses.stream().mapToLong(one -> one.count(sureness)).sum(),
                            FileWord.of(sureness)))
            .collect(Collectors.joining(", "));
    return "%s finding%s in %s: %s.".formatted(findings, findings == 1 ? "" : "s", looked, sure);
  }
}
