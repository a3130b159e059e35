package dev.evergreen.server.channel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A certificate for localhost that the JDK's keytool makes while the test runs, as PEM files.
public record ServerIdentity(Path certificate, Path key) {
  private static final String STORE_PASSWORD = "moss-and-stone";
  private static final char[] PASSWORD = STORE_PASSWORD.toCharArray();

  public static ServerIdentity make(Path folder)
      throws IOException, GeneralSecurityException, InterruptedException {
    Files.deleteIfExists(store(folder));
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "mail",
            "-keyalg",
            "EC",
            "-dname",
            "CN=localhost",
            "-ext",
            "san=dns:localhost,ip:127.0.0.1",
            "-validity",
            "2",
            "-keystore",
            store(folder).toString(),
            "-storetype",
            "PKCS12",
            "-storepass",
            new String(PASSWORD));
    var keytool = new ProcessBuilder(command).inheritIO().start();
    if (keytool.waitFor() != 0) {
      throw new IllegalStateException("expected keytool to make a certificate");
    }
    KeyStore store = KeyStore.getInstance(store(folder).toFile(), PASSWORD);
    return new ServerIdentity(
        pem(folder, "CERTIFICATE", store.getCertificate("mail").getEncoded()),
        pem(folder, "PRIVATE KEY", store.getKey("mail", PASSWORD).getEncoded()));
  }

  /// What a client needs that believes nobody but this server.
  public static SSLContext trusting(Path folder) throws IOException, GeneralSecurityException {
    var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted(folder));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }

  /// What the server needs that shows this certificate.
  public static SSLContext serving(Path folder) throws IOException, GeneralSecurityException {
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(KeyStore.getInstance(store(folder).toFile(), PASSWORD), PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  /// The JVM options of a program that believes nobody but this server.
  public static String optionsTrusting(Path folder) throws IOException, GeneralSecurityException {
    Path file = folder.resolve("trusted.p12");
    try (var out = Files.newOutputStream(file)) {
      trusted(folder).store(out, PASSWORD);
    }
    return "-Djavax.net.ssl.trustStore="
        + file
        + " -Djavax.net.ssl.trustStorePassword="
        + STORE_PASSWORD;
  }

  private static KeyStore trusted(Path folder) throws IOException, GeneralSecurityException {
    KeyStore own = KeyStore.getInstance(store(folder).toFile(), PASSWORD);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("mail", own.getCertificate("mail"));
    return trusted;
  }

  private static Path store(Path folder) {
    return folder.resolve("identity.p12");
  }

  private static Path pem(Path folder, String kind, byte[] content) throws IOException {
    var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return Files.writeString(
        folder.resolve(kind.replace(' ', '-') + ".pem"),
        "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n");
  }
}
