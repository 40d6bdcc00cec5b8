package io.rolloutlab.doctor;

import io.rolloutlab.stack.read.StackReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Stack files that are looked at, without any variable set. */
final class Patients {
  private static final Doctor DOCTOR = Doctor.withAllRules();

  private Patients() {}

  /** A delivered one of the tests. */
  static Path delivered(String name) {
    try {
      return Path.of(Patients.class.getResource("/stacks/" + name).toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static Diagnosis diagnosed(Path file) {
    return DOCTOR.diagnose(new StackReader(Map.of()).read(List.of(file)));
  }

  static List<Finding> findings(Path folder, String text) {
    try {
      return diagnosed(Files.writeString(folder.resolve("stack.yaml"), text)).findings();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
