package dev.evergreen.server.channel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A certificate for localhost that the JDK's keytool makes while the test runs, as PEM files.
record ServerIdentity(Path certificate, Path key) {
  private static final char[] PASSWORD = "moss and stone".toCharArray();

  static ServerIdentity make(Path folder)
      throws IOException, GeneralSecurityException, InterruptedException {
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
  static SSLContext trusting(Path folder) throws IOException, GeneralSecurityException {
    KeyStore own = KeyStore.getInstance(store(folder).toFile(), PASSWORD);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("mail", own.getCertificate("mail"));
    var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
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
