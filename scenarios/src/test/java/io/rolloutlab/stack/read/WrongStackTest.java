package io.rolloutlab.stack.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What docker stack deploy refuses is refused, with file, line, key and what to do. */
class WrongStackTest {
  private static final String WEB = "services:\n  web:\n    image: web:1\n    ";

  @TempDir Path folder;

  private String refusal(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("stack.yaml"), text);
    try {
      new StackReader(Map.of()).read(List.of(file));
    } catch (InvalidStackException refused) {
      return refused.getMessage().replace(file + ":", "");
    }
    throw new AssertionError("was read: " + text);
  }

  static List<Arguments> oneMistakeEach() {
    return List.of(
        Arguments.of(
            WEB + "deploy: {replica: 3}",
            "4: services.web.deploy.replica: ",
            "did you mean \"replicas\"?"),
        Arguments.of(
            WEB + "mem_limit: 1g", "4: services.web.mem_limit: ", "deploy.resources.limits.memory"),
        Arguments.of(WEB + "deploy: {x-mine: 3}", "4: services.web.deploy.x-mine: ", "no such key"),
        Arguments.of("name: shop\n" + WEB, "1: name: ", "argument of docker stack deploy"),
        Arguments.of(
            WEB + "deploy: {replicas: \"3\"}",
            "4: services.web.deploy.replicas: ",
            "\"3\" is a text; a whole number is wanted"),
        Arguments.of(
            WEB + "deploy: {replicas: three}",
            "4: services.web.deploy.replicas: ",
            "a whole number is wanted"),
        Arguments.of(
            WEB + "deploy: {replicas: -1}",
            "4: services.web.deploy.replicas: ",
            "\"-1\" is none of the whole numbers"),
        Arguments.of(
            WEB + "deploy: {resources: {limits: {cpus: 0.5}}}",
            "4: services.web.deploy.resources.limits.cpus: ",
            "put it in quotes"),
        Arguments.of(
            WEB + "stop_grace_period: 10",
            "4: services.web.stop_grace_period: ",
            "a duration such as 10s"),
        Arguments.of(
            WEB + "stop_grace_period: 10sec",
            "4: services.web.stop_grace_period: ",
            "\"10sec\" is no duration"),
        Arguments.of(
            WEB + "deploy: {update_config: {order: stop-frist}}",
            "4: services.web.deploy.update_config.order: ",
            "none of start-first, stop-first"),
        Arguments.of(
            WEB + "deploy: {mode: global, replicas: 2}",
            "4: services.web.deploy.replicas: ",
            "mode global"),
        Arguments.of(
            WEB + "deploy: {placement: {constraints: [node.role = worker]}}",
            "4: services.web.deploy.placement.constraints[0]: ",
            "node.role == worker"),
        Arguments.of(
            WEB + "environment: {DEBUG: true}",
            "4: services.web.environment.DEBUG: ",
            "put it in quotes"),
        Arguments.of(
            WEB + "depends_on: {db: {condition: service_healthy}}",
            "4: services.web.depends_on: ",
            "a list of texts is wanted"),
        Arguments.of(WEB + "ports: [\"80:80:80:80\"]", "4: services.web.ports[0]: ", "is no port"),
        Arguments.of(
            WEB + "ports: [\"80:99999\"]", "4: services.web.ports[0]: ", "none of 0 to 65535"),
        Arguments.of(WEB + "ports: [\"80-83:80-81\"]", "4: services.web.ports[0]: ", "one length"),
        Arguments.of(
            WEB + "ports: [{target: 80, mode: hosts}]",
            "4: services.web.ports[0].mode: ",
            "none of ingress, host"),
        Arguments.of(
            WEB + "healthcheck: {test: \"true\", disable: true}",
            "4: services.web.healthcheck.disable: ",
            "remove one"),
        Arguments.of(
            WEB + "networks: [front]", "4: services.web.networks: ", "\"front\" is not there"),
        Arguments.of(
            WEB + "volumes: [\"data:/data\"]",
            "4: services.web.volumes: ",
            "\"data\" is not there"),
        Arguments.of(WEB + "secrets: [key]", "4: services.web.secrets: ", "\"key\" is not there"),
        Arguments.of(
            WEB + "image: web:2", "4: services.web.image: ", "twice, for the first time in line 3"),
        Arguments.of("services:\n  web:\n    build: .\n", "2: services.web: ", "does not build"),
        Arguments.of("services:\n  web:\n", "2: services.web: ", "there is no value"),
        Arguments.of(
            "services:\n  my web: {image: \"a:1\"}\n", "2: services: ", "\"my web\" is no name"),
        Arguments.of("version: \"2.4\"\n" + WEB, "1: version: ", "3.0 to 3.13"),
        Arguments.of("version: 3.8\n" + WEB, "1: version: ", "put it in quotes"),
        Arguments.of(
            "version: \"3.3\"\n" + WEB + "deploy: {rollback_config: {}}",
            "5: services.web.deploy.rollback_config: ",
            "version: \"3.7\""),
        Arguments.of("networks: {}\n", "1: services: ", "there is none"),
        Arguments.of("", "1: ", "the file is empty"),
        Arguments.of("- a\n- b\n", "1: ", "made of keys"),
        Arguments.of("services: {web: [}\n", "1: ", "not YAML"),
        Arguments.of(WEB + "deploy: *nowhere\n", "4: ", "not YAML"),
        Arguments.of(WEB + "hostname: \"\\u", "1: ", "has a broken escape: \\x takes two"),
        Arguments.of("x-a: &a {b: *a}\n" + WEB, "1: ", "nested too deep, or within itself"),
        Arguments.of(
            WEB + "deploy: {<<: 7}\n", "4: services.web.deploy: ", "takes the alias of a block"),
        Arguments.of(
            "services: {web: {image: \"${TAG:?name one}\"}}",
            "1: services.web.image: ",
            "the variable TAG must be set (name one)"),
        Arguments.of(
            "services: {web: {image: \"a$\"}}", "1: services.web.image: ", "$$ for a dollar"),
        Arguments.of(
            WEB + "deploy: {replicas: \"${N}\"}",
            "4: services.web.deploy.replicas: ",
            "Nobody has set N"));
  }

  @ParameterizedTest
  @MethodSource("oneMistakeEach")
  void eachMistakeHasItsLineItsKeyAndWhatToDo(String text, String where, String what)
      throws IOException {
    assertThat(refusal(text)).startsWith(where).contains(what).doesNotContain("\n");
  }

  @Test
  void allMistakesOfAllFilesAreSaidAtOnceByFileAndLine() throws IOException {
    Path first =
        Files.writeString(folder.resolve("a.yaml"), WEB + "deploy: {replica: 3}\n    oops: 1\n");
    Path second = Files.writeString(folder.resolve("b.yaml"), WEB + "tty: maybe\n");

    assertThatThrownBy(() -> new StackReader(Map.of()).read(List.of(first, second)))
        .isInstanceOf(InvalidStackException.class)
        .satisfies(
            refused ->
                assertThat(refused.getMessage().lines())
                    .extracting(line -> line.replaceFirst(": docker.*|: wrong.*", ""))
                    .containsExactly(
                        first + ":4: services.web.deploy.replica",
                        first + ":5: services.web.oops",
                        second + ":4: services.web.tty"));
  }

  @Test
  void filesOfTwoVersionsAreNotLaidOverEachOther() throws IOException {
    Path first = Files.writeString(folder.resolve("a.yaml"), "version: \"3.7\"\n" + WEB);
    Path second = Files.writeString(folder.resolve("b.yaml"), "version: \"3.8\"\n" + WEB);

    assertThatThrownBy(() -> new StackReader(Map.of()).read(List.of(first, second)))
        .hasMessageContaining(second + ":1: version: ")
        .hasMessageContaining("one version only");
  }

  @Test
  void whatIsNoTextFileIsRefused() throws IOException {
    Path binary = Files.write(folder.resolve("a.yaml"), new byte[] {'a', ':', ' ', (byte) 0xFF});
    Path missing = folder.resolve("missing.yaml");

    assertThatThrownBy(() -> new StackReader(Map.of()).read(List.of(binary)))
        .isInstanceOf(InvalidStackException.class)
        .hasMessageContaining(binary + ":1: ");
    assertThatThrownBy(() -> new StackReader(Map.of()).read(List.of(missing)))
        .isInstanceOf(InvalidStackException.class)
        .hasMessageContaining("there is no such stack file");
  }

  /** Aliases of aliases: a page of text that would be a thousand million values. */
  @Test
  void aFileThatMultipliesItselfIsRefused() throws IOException {
    StringBuilder text = new StringBuilder("x-0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n");
    for (int i = 1; i < 10; i++) {
      text.append("x-%1$s: &a%1$s [%2$s]\n".formatted(i, ("*a" + (i - 1) + ", ").repeat(10)));
    }

    assertThat(refusal(text + WEB)).contains("aliases of this file");
  }

  @Test
  void theLineOfTheFileBesideIsNamedToo() throws IOException {
    Path env =
        Files.write(folder.resolve(".env"), "A=1\nnonsense\n".getBytes(StandardCharsets.UTF_8));

    assertThat(refusal(WEB)).startsWith(env + ":2: ").contains("NAME=value");
  }
}
