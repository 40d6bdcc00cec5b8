package io.rolloutlab.swarm.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.dockerjava.api.model.PortBinding;
import io.rolloutlab.testbed.StepFailedException;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is published is bound where it can be reached, and nowhere else. */
class EnginePlaceTest {
  private static EnginePlace place(String engine, String ports) {
    return EnginePlace.of(URI.create(engine), Optional.ofNullable(ports).map(PortRange::parse));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          unix:///var/run/docker.sock |                         | 127.0.0.1 |             | 127.0.0.1
          unix:///var/run/docker.sock | 24000-24063             | 127.0.0.1 | 24000-24063 | 127.0.0.1
          tcp://127.0.0.1:2375        |                         | 127.0.0.1 |             | 127.0.0.1
          tcp://localhost:2375        | 24000-24063             | 127.0.0.1 | 24000-24063 | 127.0.0.1
          tcp://127.0.0.1:2375        | 0.0.0.0:24000-24063     | 0.0.0.0   | 24000-24063 | 127.0.0.1
          tcp://192.0.2.7:2376        |                         | 0.0.0.0   |             | 192.0.2.7
          tcp://192.0.2.7:2376        | 192.0.2.7:24000-24063   | 192.0.2.7 | 24000-24063 | 192.0.2.7
          tcp://[2001:db8::7]:2376    | 24000-24063             | ::        | 24000-24063 | [2001:db8:0:0:0:0:0:7]
          """)
  void portsAreBoundThereAndReachedByTheEnginesAddress(
      String engine, String ports, String bound, String among, String reached) {
    EnginePlace place = place(engine, ports);

    PortBinding binding = place.binding(2376);

    assertThat(binding.getExposedPort().getPort()).isEqualTo(2376);
    assertThat(binding.getBinding().getHostIp()).isEqualTo(bound);
    assertThat(binding.getBinding().getHostPortSpec()).isEqualTo(among);
    assertThat(place.url("http", 24_001)).hasToString("http://" + reached + ":24001");
  }

  @Test
  void whatIsNotAsEverIsSaid() {
    assertThat(place("unix:///var/run/docker.sock", null).inWords()).isEmpty();
    assertThat(place("tcp://127.0.0.1:2375", null).inWords()).isEmpty();
    assertThat(place("tcp://192.0.2.7:2376", "24000-24063").inWords())
        .contains(
            "The engine publishes the nodes' ports at 0.0.0.0 of its machine, from 24000 to 24063;"
                + " they are reached at 192.0.2.7.");
  }

  @Test
  void ofSshIsSaidHowItIsForwarded() {
    assertThatExceptionOfType(StepFailedException.class)
        .isThrownBy(() -> place("ssh://me@far.example:2222", "25000-25011"))
        .withMessageContaining("reached over ssh, which the lab does not speak")
        .withMessageContaining("/var/run/docker.sock $(for p in $(seq 25000 25011)")
        .withMessageContaining("done) -p 2222 me@far.example\n")
        .withMessageContaining("DOCKER_HOST=tcp://127.0.0.1:2375 ./lab run --ports 25000-25011");
    assertThatExceptionOfType(StepFailedException.class)
        .isThrownBy(() -> place("ssh://far.example", null))
        .withMessageContaining("done) far.example\n")
        .withMessageContaining("--ports 24000-24063");
  }

  @Test
  void anAddressWithoutAHostIsRefused() {
    assertThatExceptionOfType(StepFailedException.class)
        .isThrownBy(() -> place("tcp://my_engine:2376", null))
        .withMessageContaining("tcp://my_engine:2376, which names no host");
  }

  /** The lab's clients compare the name that they asked for with those of the certificate. */
  @Test
  void theNodesCertificateNamesTheAddressTheyAreReachedBy() throws CertificateException {
    assertThat(names(new Certificates())).hasToString("[127.0.0.1, localhost]");
    assertThat(names(new Certificates("192.0.2.7")))
        .hasToString("[127.0.0.1, 192.0.2.7, localhost]");
  }

  private static Object names(Certificates certificates) throws CertificateException {
    byte[] pem = certificates.nodePem().getBytes(StandardCharsets.US_ASCII);
    X509Certificate node =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem));
    return node.getSubjectAlternativeNames().stream().map(name -> name.get(1)).toList();
  }
}
