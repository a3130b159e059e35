package dev.evergreen.server.platform.postgres;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A server as an administrator might have set it up: that of a data folder, started by hand with
/// settings of its own.
public final class BareServer implements AutoCloseable {
  private final Process process;
  private final String url;

  private BareServer(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  /// @param data a data folder that a supervisor has prepared before, or nothing
  /// @param settings such as `fsync=off`
  public static BareServer start(Path data, List<String> settings)
      throws IOException, InterruptedException {
    String url;
    try (var prepared = EmbeddedPostgres.start(data, _ -> {})) {
      url =
          "%s&user=%s&password=%s".formatted(prepared.url(), prepared.user(), prepared.password());
    }
    var account = ServerAccount.forThisProcess();
    Path home = account.homeIn(data).toRealPath();
    var cluster = new Cluster(home, account);
    int port = URI.create(url.substring("jdbc:".length())).getPort();
    var command =
        new ArrayList<>(
            List.of(Programs.unpackedIn(home).path("postgres"), "-D", "" + cluster.folder()));
    command.addAll(List.of("-p", "" + port, "-c", "unix_socket_directories="));
    settings.forEach(setting -> command.addAll(List.of("-c", setting)));
    var process =
        new ProcessBuilder(account.command(command))
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    awaitReady(cluster, port);
    return new BareServer(process, url);
  }

  /// With user and password in it.
  public String url() {
    return url;
  }

  private static void awaitReady(Cluster cluster, int port) throws InterruptedException {
    for (int looks = 0; looks < 300; looks++) {
      try (var _ = cluster.connect(port, "postgres", Cluster.ADMINISTRATOR)) {
        return;
      } catch (SQLException _) {
        Thread.sleep(100);
      }
    }
    throw new IllegalStateException("expected the server at port " + port + " to take connections");
  }

  /// Asks it to stop at once: it holds nothing that anybody wants back.
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
