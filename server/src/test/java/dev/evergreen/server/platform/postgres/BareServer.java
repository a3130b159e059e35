package dev.evergreen.server.platform.postgres;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A server as an administrator might have set it up: that of a data folder, started by hand with
/// settings of its own.
public final class BareServer implements AutoCloseable {
  private static final String PASSING_FILES = "postmaster\\.(pid|opts)|pgsql_tmp.*";

  private final Cluster cluster;
  private final Path folder;
  private final int port;
  private final Process process;

  private BareServer(Cluster cluster, Path folder, int port, List<String> settings)
      throws IOException, InterruptedException {
    this.cluster = cluster;
    this.folder = folder;
    this.port = port;
    var command =
        new ArrayList<>(
            List.of(Programs.unpackedIn(cluster.home()).path("postgres"), "-D", "" + folder));
    command.addAll(List.of("-p", "" + port, "-c", "unix_socket_directories="));
    settings.forEach(setting -> command.addAll(List.of("-c", setting)));
    process =
        new ProcessBuilder(cluster.account().command(command))
            .directory(cluster.home().toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    awaitReady();
  }

  /// @param data a data folder that a supervisor has prepared before, or nothing; what an
  ///   administrator had set in it is forgotten
  /// @param settings such as `fsync=off`
  public static BareServer start(Path data, List<String> settings)
      throws IOException, InterruptedException {
    var account = ServerAccount.forThisProcess();
    Files.createDirectories(data);
    var cluster = new Cluster(account.homeIn(data).toRealPath(), account);
    Files.deleteIfExists(cluster.folder().resolve("postgresql.auto.conf"));
    EmbeddedPostgres.start(data, _ -> {}).close();
    return new BareServer(cluster, cluster.folder(), freePort(), settings);
  }

  /// A copy of this server, made while it works, that follows it from now on.
  public BareServer standby() throws IOException, InterruptedException, SQLException {
    Path copy = cluster.home().resolve("standby");
    delete(copy);
    Files.createDirectory(copy);
    try (var connection = administrator();
        var statement = connection.createStatement()) {
      statement.execute("select pg_backup_start('standby', true)");
      copyTo(copy);
      try (var rows = statement.executeQuery("select labelfile from pg_backup_stop()")) {
        rows.next();
        Files.writeString(copy.resolve("backup_label"), rows.getString(1));
      }
    }
    Files.createFile(copy.resolve("standby.signal"));
    Files.writeString(
        copy.resolve("postgresql.auto.conf"),
        "primary_conninfo = 'host=127.0.0.1 port=%d user=%s password=%s'%n"
            .formatted(port, Cluster.ADMINISTRATOR, cluster.password(Cluster.ADMINISTRATOR)),
        StandardOpenOption.CREATE);
    try (var files = Files.walk(copy)) {
      for (Path file : files.toList()) {
        cluster.account().own(file);
      }
    }
    return new BareServer(cluster, copy, freePort(), List.of());
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (var files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private void copyTo(Path copy) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.skip(1).toList()) {
        Path target = copy.resolve(folder.relativize(file));
        if (Files.isDirectory(file)) {
          Files.createDirectory(target);
        } else if (!file.getFileName().toString().matches(PASSING_FILES)) {
          copyIfThere(file, target);
        }
      }
    }
  }

  private static void copyIfThere(Path file, Path target) throws IOException {
    try {
      Files.copy(file, target);
    } catch (NoSuchFileException _) {
      // the server has removed it meanwhile, and says so in what it wrote down
    }
  }

  /// With user and password in it.
  public String url() {
    return url("127.0.0.1:" + port, "");
  }

  /// A URL that leads to whichever of the two takes writes.
  public String urlWith(BareServer other) {
    return url(
        "127.0.0.1:%d,127.0.0.1:%d".formatted(port, other.port), "&targetServerType=primary");
  }

  private String url(String hosts, String more) {
    return "jdbc:postgresql://%s/evergreen?sslmode=disable&user=%s&password=%s%s"
        .formatted(hosts, Cluster.APPLICATION, cluster.password(Cluster.APPLICATION), more);
  }

  /// A connection of the cluster's owner, to the database that is always there.
  public Connection administrator() throws SQLException {
    return cluster.connect(port, "postgres", Cluster.ADMINISTRATOR);
  }

  /// `kill -9` for all of its processes.
  public void kill() {
    List<ProcessHandle> running = Running.on(folder);
    running.forEach(ProcessHandle::destroyForcibly);
    running.forEach(one -> one.onExit().join());
  }

  private static int freePort() throws IOException {
    try (var free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }

  private void awaitReady() throws InterruptedException {
    for (int looks = 0; looks < 300; looks++) {
      try (var _ = administrator()) {
        return;
      } catch (SQLException _) {
        Thread.sleep(100);
      }
    }
    close();
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
