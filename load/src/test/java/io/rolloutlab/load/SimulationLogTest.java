package io.rolloutlab.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gatling.commons.util.GatlingVersion;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulationLogTest {
  @TempDir Path folder;

  @Test
  void itReadsTheGatlingThatRuns() {
    assertThat(SimulationLog.SUPPORTED).isEqualTo(GatlingVersion.ThisVersion().fullVersion());
  }

  @Test
  void everyKindOfRecordIsRead() throws IOException {
    assertThat(read(log("3.15.1")))
        .isEqualTo(
            new SimulationLog(
                List.of(
                    new SimulationLog.Entry("n1", 1005, 1017, ""),
                    new SimulationLog.Entry("r2", 1030, 1031, "zu spät — aus")),
                false));
  }

  @Test
  void aTornEndKeepsWhatIsWhole() throws IOException {
    byte[] whole = log("3.15.1");
    int between = 0;
    for (int length = 0; length < whole.length; length++) {
      SimulationLog log = read(Arrays.copyOf(whole, length));

      assertThat(log.entries()).hasSizeLessThanOrEqualTo(1);
      between += log.torn() ? 0 : 1;
    }
    assertThat(between).as("ends between two of the seven records").isEqualTo(6);
  }

  @Test
  void anotherVersionIsRefused() {
    assertThatExceptionOfType(LoadException.class)
        .isThrownBy(() -> read(log("3.14.0")))
        .withMessageContaining("written by Gatling \"3.14.0\"")
        .withMessageContaining("Gatling 3.15.1 only");
  }

  @Test
  void damageIsNamed() throws IOException {
    byte[] damaged = log("3.15.1");
    damaged[0] = 9;

    assertThatExceptionOfType(LoadException.class)
        .isThrownBy(() -> read(damaged))
        .withMessageContaining("starts with a record of kind 9");
  }

  private SimulationLog read(byte[] bytes) throws IOException {
    return SimulationLog.read(Files.write(folder.resolve("simulation.log"), bytes));
  }

  /** As Gatling 3.15.1 writes it: started at 1000, one request of each kind, the second failed. */
  private static byte[] log(String version) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeByte(0);
    for (String text : List.of(version, "a.Simulation")) {
      string(out, text);
    }
    out.writeLong(1000);
    out.writeInt(0);
    out.writeInt(2);
    string(out, "NEW");
    string(out, "REUSED");
    out.writeInt(0);
    user(out, true);
    request(out, List.of("1", "n1"), 5, 17, List.of("2", ""));
    user(out, false);
    out.writeByte(4);
    cached(out, List.of("3", "an error"));
    out.writeInt(20);
    out.writeByte(3);
    out.writeInt(1);
    cached(out, List.of("-3"));
    out.write(new byte[13]);
    request(out, List.of("4", "r2"), 30, 31, List.of("5", "zu spät — aus"));
    return bytes.toByteArray();
  }

  private static void user(DataOutputStream out, boolean start) throws IOException {
    out.writeByte(2);
    out.writeInt(0);
    out.writeBoolean(start);
    out.writeInt(4);
  }

  private static void request(
      DataOutputStream out, List<String> name, int start, int end, List<String> message)
      throws IOException {
    out.writeByte(1);
    out.writeInt(0);
    cached(out, name);
    out.writeInt(start);
    out.writeInt(end);
    out.writeBoolean(message.get(1).isEmpty());
    cached(out, message);
  }

  private static void cached(DataOutputStream out, List<String> indexAndText) throws IOException {
    out.writeInt(Integer.parseInt(indexAndText.get(0)));
    if (indexAndText.size() > 1) {
      string(out, indexAndText.get(1));
    }
  }

  private static void string(DataOutputStream out, String text) throws IOException {
    boolean latin = text.chars().allMatch(one -> one < 256);
    boolean little = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    byte[] bytes =
        text.getBytes(
            latin
                ? StandardCharsets.ISO_8859_1
                : little ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE);
    out.writeInt(bytes.length);
    if (bytes.length > 0) {
      out.write(bytes);
      out.writeByte(latin ? 0 : 1);
    }
  }
}
