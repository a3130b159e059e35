package dev.evergreen.server.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One product process, started as a user would start it and killed as a power cut would end it.
public final class Node implements AutoCloseable {
  private final List<String> command;
  private final Path log;
  private final int port;
  private final int mailPort;
  private final Map<String, String> environment = new HashMap<>();
  private @Nullable Process process;

  /// `options` are those of `evergreen serve`, without `--port` and `--mail-in`.
  public Node(Path log, String... options) {
    this.log = log;
    this.port = freePort();
    this.mailPort = freePort();
    command = new ArrayList<>(Program.command());
    command.addAll(List.of("--port", "" + port, "--mail-in", "127.0.0.1:" + mailPort));
    command.addAll(List.of(options));
  }

  /// Lets the process find this in its environment.
  Node with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  public Node start() {
    try {
      var builder =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      builder.environment().putAll(environment);
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /// Waits until the node says that it can serve.
  public Node awaitReady(Duration limit) {
    var end = System.nanoTime() + limit.toNanos();
    while (System.nanoTime() < end) {
      if (!alive()) {
        throw new IllegalStateException("expected a running node, but it ended:\n" + lastWords());
      }
      if (ready()) {
        return this;
      }
      pause(100);
    }
    throw new IllegalStateException("expected a ready node within " + limit + ":\n" + lastWords());
  }

  public boolean ready() {
    try (var client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build()) {
      var request =
          HttpRequest.newBuilder(page("/health/readiness")).timeout(Duration.ofSeconds(2)).build();
      return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// `kill -9`.
  public void kill() {
    var victim = process;
    if (victim != null) {
      victim.destroyForcibly();
      victim.onExit().join();
    }
  }

  /// `kill -STOP`: the process neither runs nor notices that time passes.
  void freeze() {
    signal(pid(), "STOP");
  }

  /// `kill -CONT`: it goes on in the middle of whatever it did.
  void thaw() {
    signal(pid(), "CONT");
  }

  static void signal(long pid, String name) {
    try {
      var kill = new ProcessBuilder("kill", "-" + name, "" + pid).inheritIO().start();
      if (!kill.waitFor(30, TimeUnit.SECONDS) || kill.exitValue() != 0) {
        throw new IllegalStateException("expected to send " + name + " to process " + pid);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("expected to send " + name, e);
    }
  }

  /// Waits for a node that is not going to serve to end by itself; its exit status.
  int awaitEnd(Duration limit) throws InterruptedException {
    var running = process;
    if (running == null || !running.waitFor(limit)) {
      throw new IllegalStateException("expected an end within " + limit + ":\n" + lastWords());
    }
    return running.exitValue();
  }

  public boolean alive() {
    return process != null && process.isAlive();
  }

  public long pid() {
    if (process == null) {
      throw new IllegalStateException("expected a started node");
    }
    return process.pid();
  }

  /// Whether a TCP connection that begins at this local port is one of the process.
  boolean holdsConnectionFrom(int localPort) {
    try (var descriptors = Files.list(Path.of("/proc", "" + pid(), "fd"))) {
      var inodes = Connections.inodes(pid(), localPort);
      return descriptors.anyMatch(descriptor -> inodes.contains(Connections.target(descriptor)));
    } catch (IOException | UncheckedIOException _) {
      return false; // gone meanwhile
    }
  }

  /// What the kernel says of a process's connections.
  private static final class Connections {
    /// The sockets at this local port, as `/proc` names them.
    static List<String> inodes(long pid, int localPort) throws IOException {
      var found = new ArrayList<String>();
      for (var table : List.of("tcp", "tcp6")) {
        var lines = Files.readAllLines(Path.of("/proc", "" + pid, "net", table));
        lines.stream()
            .skip(1)
            .map(line -> line.strip().split("\\s+"))
            .filter(columns -> columns[1].endsWith(":%04X".formatted(localPort)))
            .forEach(columns -> found.add("socket:[%s]".formatted(columns[9])));
      }
      return found;
    }

    static String target(Path descriptor) {
      try {
        return Files.readSymbolicLink(descriptor).toString();
      } catch (IOException _) {
        return "";
      }
    }
  }

  int port() {
    return port;
  }

  public URI page(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  public int mailPort() {
    return mailPort;
  }

  public String lastWords() {
    try {
      var lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
    } catch (IOException e) {
      return "(no log: " + e.getMessage() + ")";
    }
  }

  /// Ends the node as an administrator would, and waits for it.
  @Override
  public void close() {
    var running = process;
    if (running != null && running.isAlive()) {
      running.destroy();
      if (!running
          .onExit()
          .orTimeout(30, TimeUnit.SECONDS)
          .handle((_, problem) -> problem == null)
          .join()) {
        kill();
      }
    }
  }

  static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("expected to wait in peace", e);
    }
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
