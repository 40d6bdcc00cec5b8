package io.rolloutlab.app.folder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;

/** Whether a report is worth keeping. */
public final class GoodReport {
  private static final ObjectMapper JSON = new ObjectMapper();

  private GoodReport() {}

  /**
   * Whether a folder holds a report in which at least one run came to its end, by its {@code
   * results.json}.
   */
  public static boolean isIn(Path folder) {
    try {
      for (JsonNode run : JSON.readTree(folder.resolve("results.json").toFile()).path("runs")) {
        if (run.path("end").path("end").asText().equalsIgnoreCase("completed")) {
          return true;
        }
      }
      return false;
    } catch (IOException none) {
      return false;
    }
  }
}
