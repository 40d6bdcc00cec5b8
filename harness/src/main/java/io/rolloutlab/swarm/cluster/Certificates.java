package io.rolloutlab.swarm.cluster;

import com.github.dockerjava.transport.SSLConfig;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;

/**
 * The certificates of one run: an authority that exists in memory only, one certificate for all
 * nodes (127.0.0.1, and the address by which the engine's machine is reached) and one for the lab.
 * Whoever has no certificate of this run cannot talk to its engines, which are as good as root on
 * the machine.
 */
public final class Certificates {
  private static final Duration VALID = Duration.ofDays(2);
  private static final String LOOPBACK = "127.0.0.1";

  /** Of stores that never leave the lab's memory. */
  private static final char[] NO_PASSWORD = {};

  private final KeyPair authorityKey = newKey();
  private final X509Certificate authority;
  private final KeyPair nodeKey = newKey();
  private final X509Certificate node;
  final KeyPair labKey = newKey();
  final X509Certificate lab;
  private final GeneralNames names;

  /** Of nodes that are reached by the loopback address. */
  public Certificates() {
    this(LOOPBACK);
  }

  /**
   * Of nodes that are reached by an address.
   *
   * @param address of IPv4 or IPv6, without brackets
   */
  Certificates(String address) {
    names =
        new GeneralNames(
            Stream.concat(
                    Stream.of(LOOPBACK, address)
                        .distinct()
                        .map(one -> new GeneralName(GeneralName.iPAddress, one)),
                    Stream.of(new GeneralName(GeneralName.dNSName, "localhost")))
                .toArray(GeneralName[]::new));
    authority =
        certificate("rollout-lab run", authorityKey, true, KeyPurposeId.anyExtendedKeyUsage);
    node = certificate("node", nodeKey, false, KeyPurposeId.id_kp_serverAuth);
    lab = certificate("lab", labKey, false, KeyPurposeId.id_kp_clientAuth);
  }

  String authorityPem() {
    return pem(authority);
  }

  String nodePem() {
    return pem(node);
  }

  String nodeKeyPem() {
    return pem(nodeKey);
  }

  /** A private key as a file holds it. */
  static String pem(KeyPair key) {
    return pem(new PemObject("PRIVATE KEY", key.getPrivate().getEncoded()));
  }

  /** What the lab's clients show and trust. */
  public SSLConfig clientTls() {
    return this::clientContext;
  }

  private SSLContext clientContext() {
    try {
      KeyStore keys = newStore();
      keys.setKeyEntry(
          "lab", labKey.getPrivate(), NO_PASSWORD, new X509Certificate[] {lab, authority});
      KeyManagerFactory mine =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      mine.init(keys, NO_PASSWORD);
      KeyStore trusted = newStore();
      trusted.setCertificateEntry("run", authority);
      TrustManagerFactory theirs =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      theirs.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(mine.getKeyManagers(), theirs.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private X509Certificate certificate(
      String name, KeyPair key, boolean isAuthority, KeyPurposeId purpose) {
    try {
      Instant now = Instant.now();
      X509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              new X500Name("CN=rollout-lab run"),
              new BigInteger(96, new SecureRandom()),
              Date.from(now.minus(VALID)),
              Date.from(now.plus(VALID)),
              new X500Name("CN=" + name),
              key.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
      if (!isAuthority) {
        restrict(builder, purpose);
      }
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(authorityKey.getPrivate())));
    } catch (OperatorCreationException | GeneralSecurityException | IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** To one purpose, where the nodes are. */
  private void restrict(X509v3CertificateBuilder builder, KeyPurposeId purpose) throws IOException {
    builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
    builder.addExtension(Extension.subjectAlternativeName, false, names);
  }

  private static KeyStore newStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    return store;
  }

  private static KeyPair newKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** A certificate as a file holds it. */
  static String pem(Object certificateOrKey) {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(certificateOrKey);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    return text.toString();
  }

  /** Kept out of logs. */
  @Override
  public String toString() {
    return "certificates of a run";
  }
}
