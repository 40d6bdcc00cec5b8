package io.rolloutlab.html.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.rolloutlab.stack.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page is made to be handed on: no value of a secret is on it. */
class ExcerptTest {
  @TempDir Path folder;

  private String shown(String line) throws IOException {
    Path file = Files.writeString(folder.resolve("stack.yaml"), line + "\n");
    return Excerpt.around(new Place(file.toString(), 1)).lines().get(0).text();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POSTGRES_PASSWORD: \"correct hunter2 battery\"",
        "- DB_PASSWORD=ab,hunter2}ef",
        "{API_KEY: hunter2, OTHER: 1}",
        "\"api.token\" : 'hunter2'",
        "DATABASE_URL: postgres://shop:hunter2@db/orders",
        "- DATABASE_URL=postgres://:hun@hunter2@db/orders"
      })
  void noneOfASecretIsShown(String line) throws IOException {
    assertThat(shown(line)).doesNotContain("hunter2").contains("(masked)");
  }

  @Test
  void allElseIsShown() throws IOException {
    assertThat(shown("    image: registry:5000/shop/web:7@sha256:1")).endsWith("sha256:1");
    assertThat(shown("secrets:")).isEqualTo("secrets:");
  }
}
