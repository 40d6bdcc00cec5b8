package io.rolloutlab.doctor.fix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rolloutlab.doctor.Diagnosis;
import io.rolloutlab.doctor.Doctor;
import io.rolloutlab.doctor.Finding;
import io.rolloutlab.stack.StackHealth;
import io.rolloutlab.stack.read.StackReader;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only what findings speak of is changed, and what is written has them no more. */
class FixingTest {
  private static final String SHOP =
      """
      version: "3.8"
      services:
        web:
          image: shop/web:1.2   # pinned
          healthcheck:
            # asks the app
            test: [CMD, curl, localhost]
            interval: 5s
          deploy:
            replicas: 3
            update_config:
              parallelism: 3  # all of them
              monitor: 40s
      """;

  @TempDir Path folder;

  private final Doctor doctor = Doctor.withAllRules();
  private final StackReader reader = new StackReader(Map.of());

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("stack.yaml"), text);
  }

  private Diagnosis diagnosed(Path file) {
    return doctor.diagnose(reader.read(List.of(file)));
  }

  private Fixed fixed(Path file) throws IOException {
    return Fixing.of(doctor, reader, file, diagnosed(file), Map.of());
  }

  @Test
  void theChangedFileHasNoneOfTheFixedFindingsAndAllOfTheComments() throws IOException {
    Path file = file(SHOP);

    Fixed fixed = fixed(file);

    Path beside = folder.resolve("stack.fixed.yaml");
    assertThat(fixed.beside()).contains(beside);
    assertThat(file).hasContent(SHOP);
    assertThat(beside)
        .content()
        .isEqualTo(SHOP.replace("parallelism: 3  # all", "parallelism: 1  # all"));
    assertThat(fixed.fixed()).extracting(Finding::rule).containsExactly("all-at-once");
    assertThat(diagnosed(beside).findings())
        .extracting(Finding::rule)
        .doesNotContain("all-at-once");
    assertThat(fixed.diff())
        .contains(
            "-        parallelism: 3  # all of them", "+        parallelism: 1  # all of them");
  }

  @Test
  void whatFollowsFromAChangeIsSaid() throws IOException {
    Fixed fixed = fixed(file(SHOP));

    // One at a time, an update can be paused halfway.
    assertThat(fixed.left())
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains("pause-leaves-mix: web: was not there before: it follows"));
  }

  @Test
  void whatAnAnchorSharesStaysAndIsSaidWithItsLine() throws IOException {
    String shared =
        """
        x-deploy: &deploy
          replicas: 2
          update_config: {parallelism: 2}
        services:
          web:
            image: shop/web:1
            healthcheck: {test: /ok, interval: 5s}
            deploy: *deploy
        """;

    Fixed fixed = fixed(file(shared));

    assertThat(fixed.beside()).isEmpty();
    assertThat(folder.resolve("stack.fixed.yaml")).doesNotExist();
    assertThat(fixed.left())
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains(
                        "all-at-once: web: is left: the text cannot be changed with certainty")
                    .contains("line 8: deploy holds no block of its own"));
    assertThat(fixed.print()).contains("so no file is written");
  }

  @Test
  void whatTheVersionOfTheFileDoesNotHaveIsLeft() throws IOException {
    String old =
        """
        version: "3.4"
        services:
          web:
            image: shop/web:1
            healthcheck: {test: /ok, interval: 5s}
            deploy:
              replicas: 3
              update_config: {order: start-first}
        """;

    Fixed fixed = fixed(file(old));

    assertThat(fixed.left())
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains("rollback-stops-first: web: is left: with")
                    .contains("docker would refuse the file"));
  }

  @Test
  void whatRunsHaveWithdrawnIsNotChanged() throws IOException {
    Path file = file(SHOP);
    Diagnosis found = diagnosed(file);

    Map<Finding, String> all = new HashMap<>();
    found.findings().forEach(finding -> all.put(finding, "the change is of no use"));

    Fixed fixed = Fixing.of(doctor, reader, file, found, all);

    assertThat(fixed.fixed()).isEmpty();
    assertThat(fixed.beside()).isEmpty();
    assertThat(fixed.left()).hasSameSizeAs(found.findings()).allMatch(l -> l.contains("no use"));
  }

  /** An app may need all of the time that its old check left it to start. */
  @Test
  void whoIsAskedMoreOftenIsNotGivenUpSooner() throws IOException {
    Path file =
        file(
            """
            version: "3.3"
            services:
              web:
                image: web:1
                ports: ["80:80"]
                healthcheck: {test: curl localhost, interval: 30s}
                deploy: {replicas: 3, update_config: {delay: 1s}}
            """);
    StackHealth before = reader.read(List.of(file)).services().get(0).health();

    Fixed fixed = fixed(file);

    StackHealth after =
        reader.read(List.of(fixed.beside().orElseThrow())).services().get(0).health();
    assertThat(after.firstProbe()).isLessThan(before.firstProbe());
    assertThat(after.patience()).isGreaterThanOrEqualTo(before.patience());
  }

  /** The way back is told from the way there by its line, and the changed file has others. */
  @Test
  void bothWaysThatCannotBePlacedAreFixed() throws IOException {
    Path file =
        file(
            """
            version: "3.8"
            services:
              web:
                image: web:1
                ports: [{mode: host, target: 80, published: 8080}]
                healthcheck: {test: curl localhost, interval: 2s, retries: 30}
                deploy:
                  mode: global
                  update_config: {order: start-first, delay: 10s, monitor: 2m, failure_action: rollback}
                  rollback_config:
                    order: start-first
            """);

    Fixed fixed = fixed(file);

    assertThat(diagnosed(fixed.beside().orElseThrow()).findings())
        .extracting(Finding::rule)
        .doesNotContain("never-placed");
    assertThat(fixed.after()).doesNotContain("start-first");
  }

  @Test
  void aSecondTaskThatNoNodeMayTakeIsLeftToYou() throws IOException {
    Path file =
        file(
            """
            version: "3.8"
            services:
              web:
                image: web:1
                ports: ["80:80"]
                deploy:
                  placement:
                    max_replicas_per_node: 1
                    constraints: [node.hostname == db1]
            """);

    Fixed fixed = Fixing.of(doctor, reader, file, diagnosed(file), Map.of());

    assertThat(fixed.after()).doesNotContain("start-first");
    assertThat(fixed.left()).anyMatch(line -> line.contains("max_replicas_per_node"));
  }

  @Test
  void aFileThatIsThereIsNotWrittenOver() throws IOException {
    Path file = file(SHOP);
    Path beside = Files.writeString(folder.resolve("stack.fixed.yaml"), "mine");

    assertThatThrownBy(() -> fixed(file)).isInstanceOf(FileAlreadyExistsException.class);
    assertThat(beside).hasContent("mine");
  }

  @Test
  void twoFindingsThatAskForOneSettingGetTheLongerOne() throws IOException {
    String both =
        """
        services:
          web:
            image: shop/web:1
            healthcheck: {test: /ok, interval: 5s, timeout: 5s}
            deploy:
              replicas: 3
              update_config: {delay: 60s, failure_action: rollback}
        """;

    Fixed fixed = fixed(file(both));

    assertThat(fixed.fixed())
        .extracting(Finding::rule)
        .contains("monitor-too-short", "failures-behind-delay");
    assertThat(fixed.beside().orElseThrow()).content().contains("monitor: 1m5s");
  }
}
