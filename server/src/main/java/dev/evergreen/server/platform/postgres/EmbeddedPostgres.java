package dev.evergreen.server.platform.postgres;

import dev.evergreen.server.platform.PostgresFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A real, durable PostgreSQL inside the data folder, started and stopped with the program.
///
/// The server runs under a tiny guard process that holds a pipe from this program: when the pipe
/// ends, because we close it or because the program was killed, the guard stops the server cleanly.
/// It listens on the loopback address only and lets nobody in without a password.
public final class EmbeddedPostgres implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);

  /// Waits for the pipe's end in the background, and for the server in the foreground. The signal
  /// is repeated because a server that is only just starting may not listen to it yet.
  private static final String GUARD =
      """
      exec 3<&0 </dev/null
      "$@" 3<&- &
      server=$!
      (while read -r line; do :; done; while kill -INT "$server"; do sleep 1; done) <&3 2>/dev/null &
      watcher=$!
      exec 3<&-
      wait "$server"
      status=$?
      kill "$watcher" 2>/dev/null
      exit "$status"
      """;

  /// Settings for a small machine; as arguments of the command they cannot be changed in the
  /// cluster.
  private static final List<String> SETTINGS =
      List.of(
          "listen_addresses=127.0.0.1",
          "unix_socket_directories=",
          "fsync=on",
          "full_page_writes=on",
          "synchronous_commit=on",
          "max_connections=100",
          "shared_buffers=128MB",
          "effective_cache_size=1GB",
          "random_page_cost=1.1",
          "jit=off",
          "io_method=sync",
          "max_worker_processes=4",
          "max_wal_size=2GB",
          "wal_level=replica",
          "checkpoint_timeout=10min",
          "log_checkpoints=off",
          "log_min_duration_statement=2s",
          "log_line_prefix=%m [%p] ",
          "log_timezone=UTC",
          "timezone=UTC",
          "lc_messages=C",
          "logging_collector=on",
          "log_filename=server-%a.log",
          "log_rotation_age=1d",
          "log_rotation_size=0",
          "log_truncate_on_rotation=on");

  private static final int TRIES_FOR_A_PORT = 5;

  /// A start that takes about a second is not worth a word.
  private static final int LOOKS_OF_A_QUIET_START = 50;

  private final FolderLock lock;
  private final Cluster cluster;
  private final Programs programs;
  private final Consumer<String> progress;
  private volatile int port;
  private volatile Process guard;
  private volatile boolean closing;

  private EmbeddedPostgres(
      FolderLock lock, Cluster cluster, Programs programs, Consumer<String> progress)
      throws IOException {
    this.lock = lock;
    this.cluster = cluster;
    this.programs = programs;
    this.progress = progress;
    this.port = rememberedPort();
    this.guard = launch();
  }

  /// Starts the server of a data folder and returns when it takes connections, however long its
  /// recovery takes; `progress` is told in words what it is waited for.
  public static EmbeddedPostgres start(Path dataFolder, Consumer<String> progress) {
    Path data = dataFolder.toAbsolutePath().normalize();
    FolderLock lock = FolderLock.take(data);
    try {
      var account = ServerAccount.forThisProcess();
      Path home = account.homeIn(data).toRealPath();
      if (!Files.exists(home.resolve(Programs.MAJOR))) {
        progress.accept("preparing a new database in " + home);
      }
      var programs = Programs.unpackedIn(home);
      var cluster = new Cluster(home, account);
      cluster.initialize(programs);
      waitForPredecessor(cluster, progress);
      var server = new EmbeddedPostgres(lock, cluster, programs, progress);
      server.awaitReady();
      cluster.equip(server.port);
      server.watch();
      return server;
    } catch (IOException e) {
      lock.close();
      throw new PostgresFailure(
          "Expected to start the database in %s, but: %s.".formatted(data, e), e);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /// Where a server that runs already can be reached.
  public record Door(String url, String user, String password) {}

  /// The server that another program runs on a data folder; empty when none does.
  public static Optional<Door> running(Path dataFolder) {
    try {
      Path home = dataFolder.resolve("postgres");
      if (!Files.exists(home.resolve(Programs.MAJOR))) {
        return Optional.empty();
      }
      var cluster = new Cluster(home.toRealPath(), ServerAccount.forThisProcess());
      if (Running.on(cluster.folder()).isEmpty() || !Files.exists(cluster.portFile())) {
        return Optional.empty();
      }
      int port = Integer.parseInt(Files.readString(cluster.portFile()).strip());
      return Optional.of(
          new Door(
              Cluster.url(port, "evergreen"),
              Cluster.APPLICATION,
              cluster.password(Cluster.APPLICATION)));
    } catch (IOException e) {
      throw new PostgresFailure(
          "Expected to look for a database in %s, but: %s.".formatted(dataFolder, e), e);
    }
  }

  public String url() {
    return url("evergreen");
  }

  public String url(String database) {
    return Cluster.url(port, database);
  }

  public String user() {
    return Cluster.APPLICATION;
  }

  public String password() {
    return cluster.password(Cluster.APPLICATION);
  }

  /// A connection of the cluster's owner, for the few things that the application's role may not
  /// do.
  public Connection administrator() throws SQLException {
    return cluster.connect(port, "postgres", Cluster.ADMINISTRATOR);
  }

  /// Stops the server by a fast stop, and returns when it has written everything down.
  @Override
  public void close() {
    closing = true;
    stop(guard);
    lock.close();
  }

  private static void stop(Process guard) {
    try {
      guard.getOutputStream().close();
      while (!guard.waitFor(Duration.ofSeconds(10))) {
        log.info("Waiting for the database to write everything down.");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // the guard finishes the work without us
    }
  }

  /// What a killed program left running is stopped, and waited for as long as it takes: two servers
  /// on one cluster would destroy it.
  private static void waitForPredecessor(Cluster cluster, Consumer<String> progress)
      throws IOException {
    Path pidFile = cluster.folder().resolve("postmaster.pid");
    boolean told = false;
    while (Files.exists(pidFile)) {
      List<ProcessHandle> left = Running.on(cluster.folder());
      if (left.isEmpty()) {
        Files.deleteIfExists(pidFile); // the number in it, if alive, is some other program
        return;
      }
      if (!told) {
        progress.accept("waiting for the database's previous run to end");
        told = true;
      }
      Running.stop(left);
      pause();
    }
  }

  private Process launch() throws IOException {
    var command = new ArrayList<String>();
    Shell.find("setsid").ifPresent(setsid -> command.add(setsid.toString())); // Ctrl+C is for us
    var server = new ArrayList<>(List.of("/bin/sh", "-c", GUARD, "evergreen-guard"));
    server.addAll(List.of(programs.path("postgres"), "-D", cluster.folder().toString()));
    server.addAll(List.of("-p", Integer.toString(port)));
    SETTINGS.forEach(setting -> server.addAll(List.of("-c", setting)));
    server.addAll(List.of("-c", "log_directory=" + cluster.log()));
    command.addAll(cluster.account().command(server));
    var builder = new ProcessBuilder(command).directory(cluster.home().toFile());
    builder.redirectErrorStream(true).redirectOutput(cluster.startLog().toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    Files.writeString(cluster.portFile(), Integer.toString(port));
    return process;
  }

  private void awaitReady() throws IOException {
    int portsTried = 1;
    int looks = 0;
    String told = "";
    while (true) {
      String state = state();
      if (state.isEmpty()) {
        return;
      }
      if (!guard.isAlive()) {
        String said = lastLines();
        if (said.contains("could not bind") && portsTried++ < TRIES_FOR_A_PORT) {
          port = freePort();
        } else if (said.contains("pre-existing shared memory block")) {
          state = "waiting for the memory of the database's previous run";
        } else if (said.contains("\"postmaster.pid\" already exists")) {
          waitForPredecessor(cluster, progress);
        } else {
          throw new PostgresFailure(
              "Expected the database in %s to start, but it ended and said:%n%s"
                  .formatted(cluster.home(), said));
        }
        pause();
        guard = launch();
      }
      if (++looks > LOOKS_OF_A_QUIET_START && !state.equals(told)) {
        progress.accept(state);
        told = state;
      }
      pause();
    }
  }

  private static final String NOT_YET = "starting the database";

  /// Empty when the server takes connections, else what it is doing.
  private String state() {
    try (Connection _ = cluster.connect(port, "postgres", Cluster.ADMINISTRATOR)) {
      return "";
    } catch (SQLException e) {
      String state = Optional.ofNullable(e.getSQLState()).orElse("");
      if (state.startsWith("28")) {
        throw new PostgresFailure(
            "Expected the database in %s to know its own password, but: %s."
                .formatted(cluster.home(), e.getMessage()),
            e);
      }
      return state.equals("57P03") ? "the database is recovering: " + e.getMessage() : NOT_YET;
    }
  }

  /// A server that ends by itself while we need it is started again: the application recovers by
  /// its pool, without a restart.
  private void watch() {
    Thread.ofPlatform()
        .daemon()
        .name("database-watch")
        .start(() -> {
          while (!closing) {
            guard.onExit().join();
            if (!closing) {
              restart();
            }
          }
        });
  }

  private void restart() {
    log.error("The database ended unexpectedly and is started again. It said:\n{}", lastLines());
    try {
      pause();
      waitForPredecessor(cluster, progress);
      guard = launch();
      awaitReady();
    } catch (IOException | PostgresFailure e) {
      log.error("The database could not be started again; the next try is in 2 seconds.", e);
      sleep(Duration.ofSeconds(2));
    }
    if (closing) {
      stop(guard);
    }
  }

  private int rememberedPort() throws IOException {
    Path file = cluster.portFile();
    return Files.exists(file) ? Integer.parseInt(Files.readString(file).strip()) : freePort();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /// The end of what the server said, on start and since.
  private String lastLines() {
    try (Stream<Path> logs = Files.list(cluster.log())) {
      Stream<Path> newest =
          logs.max(Comparator.comparingLong((Path file) -> file.toFile().lastModified())).stream();
      var lines = new ArrayList<String>();
      for (Path file : Stream.concat(Stream.of(cluster.startLog()), newest).toList()) {
        List<String> all = Files.readAllLines(file, StandardCharsets.UTF_8);
        lines.addAll(all.subList(Math.max(0, all.size() - 15), all.size()));
      }
      return String.join("\n", lines);
    } catch (IOException e) {
      return "(its log cannot be read: " + e.getMessage() + ")";
    }
  }

  private static void pause() {
    sleep(Duration.ofMillis(20));
  }

  private static void sleep(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PostgresFailure("Interrupted while waiting for the database.", e);
    }
  }
}
