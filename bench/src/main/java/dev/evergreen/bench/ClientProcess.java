package dev.evergreen.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/// A client and its contender in a JVM of their own, the same for every contender. It takes bouts
/// on its standard input and answers each with its outcome.
final class ClientProcess implements AutoCloseable {
  private static final List<String> JAVA =
      List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-Xmx2g",
          "-Xlog:disable", // standard output is for answers
          "-XX:+DisplayVMOutputToStderr",
          "-XX:+UseSerialGC",
          "-XX:+UseCompactObjectHeaders",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");
  private static final String DATABASE = "EVERGREEN_BENCH_DATABASE";
  private static final String POOL_OF = "20";

  private final Process process;
  private final BufferedReader answers;
  private final PrintWriter orders;
  private final Path log;

  /// @param log where the contender's own words go
  ClientProcess(String system, String databaseUrl, Path log) throws IOException {
    this.log = log;
    var command = new ArrayList<>(JAVA);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(ClientProcess.class.getName(), system));
    var builder = new ProcessBuilder(command);
    builder.environment().put(DATABASE, databaseUrl);
    process = builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
    answers = process.inputReader(StandardCharsets.UTF_8);
    orders = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
  }

  Bout.Outcome take(Bout bout) throws IOException {
    orders.println(bout.line());
    var answer = answers.readLine();
    if (answer == null) {
      throw new IOException(
          "expected an answer to %s, but the client ended and said:%n%s"
              .formatted(bout, Files.readString(log)));
    }
    return Bout.Outcome.parse(answer);
  }

  /// Ends it and waits for that.
  @Override
  public void close() {
    orders.close();
    process.onExit().join();
  }

  public static void main(String[] arguments) throws Exception {
    PrintStream answers = System.out;
    System.setOut(System.err);
    LoggingSystem.get(ClientProcess.class.getClassLoader()).setLogLevel(null, LogLevel.WARN);
    var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (var contender = contender(arguments[0], System.getenv(DATABASE))) {
      var client = new Client(contender);
      for (var order = orders.readLine(); order != null; order = orders.readLine()) {
        answers.println(client.take(Bout.parse(order)).line());
      }
    }
    System.exit(0);
  }

  static Contender contender(String system, String databaseUrl) throws Exception {
    leaveConnectionsAlone();
    return switch (system) {
      case "evergreen" -> new EvergreenContender(databaseUrl, POOL_OF);
      case "flowable" -> new FlowableContender(pool(databaseUrl));
      case "limit" -> new LimitContender(pool(databaseUrl));
      default -> throw new IllegalArgumentException("expected a contender, but found " + system);
    };
  }

  /// Everybody's pool opens its connections before work begins and does not ask them in between
  /// whether they are alive: only what the work says is counted.
  private static void leaveConnectionsAlone() {
    System.setProperty("com.zaxxer.hikari.blockUntilFilled", "true");
    System.setProperty("com.zaxxer.hikari.aliveBypassWindowMs", "3600000");
  }

  private static HikariDataSource pool(String databaseUrl) {
    var config = new HikariConfig();
    config.setJdbcUrl(databaseUrl);
    config.setMaximumPoolSize(Integer.parseInt(POOL_OF));
    config.setInitializationFailTimeout(Duration.ofSeconds(30).toMillis()); // waits until filled
    config.setKeepaliveTime(0);
    return new HikariDataSource(config);
  }
}
