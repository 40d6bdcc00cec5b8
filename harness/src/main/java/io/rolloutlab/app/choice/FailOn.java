package io.rolloutlab.app.choice;

import io.rolloutlab.doctor.Finding;
import io.rolloutlab.doctor.proof.Proof;
import io.rolloutlab.scenario.check.FileWord;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What makes the doctor's command end with 1. */
public enum FailOn {
  /** A finding that is certain. */
  CERTAIN,
  /** One that is at least likely. */
  LIKELY,
  /** Any. */
  POSSIBLE,
  /** One of which runs show that it hurts users; or of which they cannot be used to tell. */
  HARM,
  /** None. */
  NEVER;

  /** Whether there is such a finding. */
  public boolean isMet(List<Finding> findings, List<Proof> proofs) {
    return switch (this) {
      case CERTAIN, LIKELY, POSSIBLE ->
          findings.stream().anyMatch(finding -> finding.sureness().ordinal() <= ordinal());
      case HARM ->
          proofs.stream().anyMatch(one -> one.showsHarm() || one.judged() == Proof.Judged.UNKNOWN);
      case NEVER -> false;
    };
  }

  /** Reads the word of the command line. */
  public static final class Word implements ITypeConverter<FailOn> {
    @Override
    public FailOn convert(String text) {
      return Arrays.stream(values())
          .filter(one -> FileWord.of(one).equals(text))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "\"%s\" is none of %s"
                          .formatted(
                              text,
                              Arrays.stream(values())
                                  .map(FileWord::of)
                                  .collect(Collectors.joining(", ")))));
    }
  }
}
