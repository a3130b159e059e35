package dev.evergreen.server.faults;

import dev.evergreen.server.Evergreen;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.TestFolder;
import dev.evergreen.server.platform.postgres.EmbeddedPostgres;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.Founding;
import dev.evergreen.server.team.NewAgent;
import dev.evergreen.server.team.Passwords;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.team.Visitor;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/// An installation under test, which lasts as long as the JVM: a database of its own, nodes that
/// are processes of their own, and the referee, an application in this process that does no
/// background work, is never killed and knows what is true.
final class Installation {
  static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String NOW =
      "select clock_timestamp() + micros * interval '1 microsecond' from clock_offset";
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final Path folder;
  private final String database = "faults_" + NUMBER.incrementAndGet();
  private final ConfigurableApplicationContext referee;

  private Installation(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    Server.execute("drop database if exists %s with (force)".formatted(database));
    Server.execute("create database %s owner %s".formatted(database, Server.POSTGRES.user()));
    referee =
        new SpringApplicationBuilder(Evergreen.class)
            .run(
                "--evergreen.database-url=" + url(Server.port()),
                "--evergreen.database-connections=4",
                "--evergreen.data=" + keys(),
                "--evergreen.background=false",
                "--evergreen.clock.movable=true",
                "--evergreen.port=0",
                "--evergreen.mail.in=off");
    part(Founding.class)
        .found(
            new Founding.Charter(
                "Evergreen Tests",
                "Ada Lindqvist",
                Organization.EMAIL,
                Organization.PASSWORD,
                Organization.ADDRESS))
        .expected();
  }

  /// @param folder for the keys and logs of the nodes
  static Installation in(Path folder) throws IOException {
    return new Installation(folder);
  }

  /// A node that is not started yet.
  Node node(String name, String... options) {
    return node(name, Server.port(), options);
  }

  /// A node that reaches its database over this link.
  Node nodeBehind(DatabaseLink link, String name, String... options) {
    return node(name, link.port(), options);
  }

  private Node node(String name, int databasePort, String... options) {
    var all =
        new ArrayList<>(List.of("--data", keys().toString(), "--database-url", url(databasePort)));
    all.addAll(List.of(options));
    return new Node(folder.resolve(name + ".log"), all.toArray(String[]::new))
        .with("EVERGREEN_DATABASE_CONNECTIONS", "12");
  }

  DatabaseLink link() throws IOException {
    return new DatabaseLink(Server.port());
  }

  /// The URL of this installation's database, with user and password in it.
  String url(int port) {
    return "jdbc:postgresql://127.0.0.1:%d/%s?sslmode=disable&user=%s&password=%s"
        .formatted(port, database, Server.POSTGRES.user(), Server.POSTGRES.password());
  }

  String url() {
    return url(Server.port());
  }

  private Path keys() {
    return folder.resolve("keys");
  }

  /// A part of the referee's application.
  <T> T part(Class<T> type) {
    return referee.getBean(type);
  }

  JdbcClient database() {
    return part(JdbcClient.class);
  }

  long count(String sql) {
    return database().sql(sql).query(Long.class).single();
  }

  /// Lets time pass for the whole installation; its nodes look at the clock every few seconds.
  void pass(Duration time) {
    database()
        .sql("update clock_offset set micros = micros + :micros")
        .param("micros", time.toNanos() / 1_000)
        .update();
  }

  /// The installation's present time.
  OffsetDateTime now() {
    return database().sql(NOW).query(OffsetDateTime.class).single();
  }

  /// Waits until the database takes connections again; the present time of the first that it took.
  OffsetDateTime awaitReturn() {
    var back = new AtomicReference<OffsetDateTime>();
    await(
        "a database again",
        PATIENCE,
        () -> {
          try (var connection = DriverManager.getConnection(url());
              var rows = connection.createStatement().executeQuery(NOW)) {
            rows.next();
            back.set(rows.getObject(1, OffsetDateTime.class));
            return true;
          } catch (SQLException _) {
            return false;
          }
        });
    return Objects.requireNonNull(back.get());
  }

  /// Waits until the referee has noticed that the database is back.
  void awaitReferee() {
    await(
        "the referee's connections",
        PATIENCE,
        () -> {
          try {
            return count("select 1") == 1;
          } catch (DataAccessException _) {
            return false;
          }
        });
  }

  /// Somebody who works here, with everybody's password.
  Agent hire(String name) {
    var agent =
        part(Agents.class)
            .add(
                new NewAgent(name, name + "@evergreen.example", Role.ADMINISTRATOR, List.of()),
                Actor.SYSTEM)
            .expected();
    part(Passwords.class).set(agent.id(), Organization.PASSWORD, Actor.SYSTEM).expected();
    return agent;
  }

  static Visitor signedIn(Agent agent, Node node) {
    var visitor = new Visitor(node.port());
    if (visitor.signIn(agent.email(), Organization.PASSWORD).statusCode() != 302) {
      throw new IllegalStateException("expected " + agent.name() + " to sign in");
    }
    visitor.get("/settings"); // a page with a form, for its token
    return visitor;
  }

  /// Waits until it is so; how long that took.
  static Duration await(String what, Duration limit, BooleanSupplier isSo) {
    long begin = System.nanoTime();
    while (!isSo.getAsBoolean()) {
      if (System.nanoTime() - begin > limit.toNanos()) {
        throw new AssertionError("expected within " + limit + ": " + what);
      }
      Node.pause(50);
    }
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  /// `kill -9` for every process of the database; its supervisor starts it again.
  static void killDatabase() {
    var running = Server.processes();
    running.forEach(ProcessHandle::destroyForcibly);
    running.forEach(process -> process.onExit().join());
  }

  /// Stops the database as its administrator would who wants no long goodbyes (a fast shutdown),
  /// and returns when it has ended; its supervisor starts it again.
  static void stopDatabase() {
    var running = Server.processes();
    running.stream()
        .filter(process -> process.children().anyMatch(running::contains))
        .forEach(postmaster -> Node.signal(postmaster.pid(), "INT"));
    running.forEach(process -> process.onExit().join());
  }

  /// One server for the fault tests of this JVM, in a folder that later runs find prepared.
  private static final class Server {
    private static final Path DATA = TestFolder.of("test-faults");
    static final EmbeddedPostgres POSTGRES = EmbeddedPostgres.start(DATA, _ -> {});

    static int port() {
      return URI.create(POSTGRES.url().substring("jdbc:".length())).getPort();
    }

    static List<ProcessHandle> processes() {
      return ProcessHandle.current().descendants().filter(Server::worksHere).toList();
    }

    private static boolean worksHere(ProcessHandle process) {
      try {
        var entry = Path.of("/proc", Long.toString(process.pid()));
        return Files.readSymbolicLink(entry.resolve("cwd")).startsWith(home())
            && Files.readString(entry.resolve("comm")).strip().equals("postgres");
      } catch (IOException _) {
        return false; // gone meanwhile
      }
    }

    private static Path home() throws IOException {
      return DATA.resolve("postgres").toRealPath();
    }

    static void execute(String sql) {
      try (var connection = POSTGRES.administrator();
          var statement = connection.createStatement()) {
        statement.execute(sql);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
