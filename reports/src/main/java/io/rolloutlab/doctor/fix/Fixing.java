package io.rolloutlab.doctor.fix;

import io.rolloutlab.doctor.Diagnosis;
import io.rolloutlab.doctor.Doctor;
import io.rolloutlab.doctor.Finding;
import io.rolloutlab.doctor.Remedy;
import io.rolloutlab.doctor.StackSetting;
import io.rolloutlab.stack.Stack;
import io.rolloutlab.stack.edit.StackText;
import io.rolloutlab.stack.edit.UncertainEditException;
import io.rolloutlab.stack.read.InvalidStackException;
import io.rolloutlab.stack.read.StackReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Changes one file, finding by finding: each change is read and looked at again, and stays only
 * where the finding is gone with it and none that was fixed has come back.
 */
public final class Fixing {
  private final Doctor doctor;
  private final StackReader reader;
  private final Path file;
  private final Path beside;
  private final Stack found;
  private final Map<Finding, String> toLeave;
  private final List<Finding> fixed = new ArrayList<>();
  private final List<String> left = new ArrayList<>();
  private String text;
  private Diagnosis now;

  private Fixing(
      Doctor doctor, StackReader reader, Path file, Diagnosis found, Map<Finding, String> toLeave) {
    this.found = found.stack();
    this.toLeave = toLeave;
    this.doctor = doctor;
    this.reader = reader;
    this.file = file;
    this.beside = beside(file);
    this.now = found;
  }

  /** Where the changed file of a file goes: {@code stack.fixed.yaml} beside {@code stack.yaml}. */
  public static Path beside(Path file) {
    String name = file.getFileName().toString();
    int point = name.lastIndexOf('.');
    return file.resolveSibling(
        point > 0 ? name.substring(0, point) + ".fixed" + name.substring(point) : name + ".fixed");
  }

  /**
   * Writes the changed file, where there is something to change.
   *
   * @param reader that has read the file
   * @param found all that was found in this file alone
   * @param toLeave those of it whose change is not made, with the reason, a clause
   * @throws IOException when it cannot be written, or is there already
   */
  public static Fixed of(
      Doctor doctor, StackReader reader, Path file, Diagnosis found, Map<Finding, String> toLeave)
      throws IOException {
    Fixing fixing = new Fixing(doctor, reader, file, found, toLeave);
    // Nobody's file is written over, not even by another doctor at the same time.
    Files.createFile(fixing.beside);
    boolean written = false;
    try {
      Fixed fixed = fixing.all(Files.readString(file), found.findings());
      written = fixed.beside().isPresent();
      return fixed;
    } catch (UncheckedIOException unwritten) {
      throw unwritten.getCause();
    } finally {
      if (!written) {
        Files.deleteIfExists(fixing.beside);
      }
    }
  }

  private Fixed all(String before, List<Finding> findings) throws IOException {
    text = before;
    for (Finding finding : findings) {
      fix(finding).ifPresent(why -> left.add(left(finding, why)));
    }
    Files.writeString(beside, text);
    now.findings().stream()
        .filter(finding -> findings.stream().noneMatch(old -> isSame(old, finding)))
        .forEach(
            finding ->
                left.add(
                    left(
                        finding, "was not there before: it follows from the changes; look at it")));
    Optional<Path> path = text.equals(before) ? Optional.empty() : Optional.of(beside);
    return new Fixed(file, path, before, text, fixed, left);
  }

  private static String left(Finding finding, String why) {
    return "%s: %s: %s: %s"
        .formatted(finding.place().print(), finding.rule(), finding.service(), why);
  }

  /** Makes the change of a finding; why it was not made, where it was not. */
  private Optional<String> fix(Finding finding) {
    // Of the stack that it was found in: a changed file has other lines.
    Optional<Remedy> remedy = doctor.remedy(finding, found);
    if (toLeave.containsKey(finding)) {
      return Optional.of("is left: " + toLeave.get(finding));
    } else if (remedy.isEmpty()) {
      return Optional.of("is left: the file alone does not tell which setting helps");
    } else if (remedy.get().onlyWhere().isPresent()) {
      return Optional.of(
          "is left to you: \"%s\" helps %s"
              .formatted(remedy.get().print(), remedy.get().onlyWhere().get()));
    } else if (count(now, finding) == 0) {
      fixed.add(finding);
      return Optional.empty();
    }
    try {
      return tried(finding, changed(text, finding, remedy.get()), remedy.get());
    } catch (UncertainEditException uncertain) {
      return Optional.of(
          "is left: the text cannot be changed with certainty: line %s: %s"
              .formatted(uncertain.line(), uncertain.getMessage()));
    } catch (InvalidStackException refused) {
      return Optional.of(
          "is left: with \"%s\" docker would refuse the file (%s)"
              .formatted(remedy.get().print(), refused.getMessage()));
    }
  }

  /**
   * A text with the change of one finding.
   *
   * @throws UncertainEditException when something else would change as well, or nothing
   */
  public static String changed(String text, Finding finding, Remedy remedy) {
    StackText changed = new StackText(text);
    for (StackSetting setting : remedy.settings()) {
      changed = changed.with(finding.service(), setting.key(), setting.value());
    }
    return changed.text();
  }

  private Optional<String> tried(Finding finding, String changed, Remedy remedy) {
    Diagnosis then = diagnosed(changed);
    boolean back = fixed.stream().anyMatch(old -> count(then, old) > count(now, old));
    if (back || count(then, finding) >= count(now, finding)) {
      return Optional.of(
          "is left: with \"%s\" it would still be found, or another one again"
              .formatted(remedy.print()));
    }
    text = changed;
    now = then;
    fixed.add(finding);
    return Optional.empty();
  }

  /** It is read where it will stand, beside the same {@code .env}. */
  private Diagnosis diagnosed(String changed) {
    try {
      Files.writeString(beside, changed);
    } catch (IOException unwritten) {
      throw new UncheckedIOException(unwritten);
    }
    return doctor.diagnose(reader.read(List.of(beside)));
  }

  private static long count(Diagnosis diagnosis, Finding finding) {
    return diagnosis.findings().stream().filter(one -> isSame(one, finding)).count();
  }

  private static boolean isSame(Finding one, Finding other) {
    return one.rule().equals(other.rule()) && one.service().equals(other.service());
  }
}
