package dev.evergreen.bench;

import dev.evergreen.server.Evergreen;
import dev.evergreen.server.channel.OwnAddresses;
import dev.evergreen.server.channel.mail.SmtpListener;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.Work;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.ApiToken;
import dev.evergreen.server.team.ApiTokens;
import dev.evergreen.server.team.NewAgent;
import dev.evergreen.server.team.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/// The whole product in this process, with its doors open, and callers before them.
final class IntakeHouse implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final long SEED = 11;

  /// What one token may ask for at once; then it has to wait.
  private static final int CALLS_OF_A_TOKEN = 500;

  private final ConfigurableApplicationContext context;
  private final String plainUrl;
  private final List<String> tokens = new ArrayList<>();
  private final Callers callers = new Callers();
  private final Years words = new Years(1, SEED, Instant.EPOCH);
  private int taken;
  private int called;

  IntakeHouse(String url, String plainUrl, Path data) {
    this.plainUrl = plainUrl;
    context =
        new SpringApplicationBuilder(Evergreen.class)
            .run(
                "--evergreen.database-url=" + url,
                "--evergreen.data=" + data,
                "--evergreen.port=0",
                "--evergreen.mail.in=127.0.0.1:0",
                "--logging.level.root=error");
    var agents = context.getBean(Agents.class);
    for (int i = 0; i < 20; i++) {
      var person =
          new NewAgent("Agent " + i, "a" + i + "@ridgeline.example", Role.AGENT, List.of());
      var agent = agents.add(person, Actor.SYSTEM).expected();
      tokens.add(
          context
              .getBean(ApiTokens.class)
              .make(
                  agent,
                  "bench",
                  Set.of(ApiToken.Scope.READ, ApiToken.Scope.WRITE),
                  Duration.ofDays(30))
              .expected());
    }
  }

  long callersCpu() {
    return callers.cpu();
  }

  /// Has so many mails come, each from somebody new, and waits until all of each is done.
  Paces takeMails(int count, int connections)
      throws IOException, InterruptedException, SQLException {
    var address = Objects.requireNonNull(context.getBean(SmtpListener.class).address());
    var to = context.getBean(OwnAddresses.class).support().toString();
    long tickets = count("ticket");
    long begin = System.nanoTime();
    var nanos = callers.take(taken, count, connections, _ -> new SmtpCaller(address, to, words));
    taken += count;
    return settled(nanos, begin, tickets + count);
  }

  /// Has so many tickets be opened over the API, each for somebody new.
  Paces takeCalls(int count, int connections)
      throws IOException, InterruptedException, SQLException {
    int port = Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
    long tickets = count("ticket");
    long begin = System.nanoTime();
    var nanos =
        callers.take(
            called,
            count,
            connections,
            _ -> new ApiCaller(port, number -> tokens.get(number / CALLS_OF_A_TOKEN), words));
    called += count;
    return settled(nanos, begin, tickets + count);
  }

  private Paces settled(long[] nanos, long begin, long tickets)
      throws InterruptedException, SQLException {
    long all = System.nanoTime() - begin;
    while (count("ticket") < tickets || count("run") < tickets) {
      if (System.nanoTime() - begin > LONGEST.toNanos()) {
        throw new IllegalStateException(
            "expected %d tickets with a run each, but found %d with %d"
                .formatted(tickets, count("ticket"), count("run")));
      }
      Thread.sleep(20);
    }
    if (!context.getBean(Work.class).settle(LONGEST)) {
      throw new IllegalStateException("expected the background work to come to its end");
    }
    return new Paces(nanos, all, System.nanoTime() - begin);
  }

  /// Counted beside the program's own connections, whose traffic is measured.
  private long count(String table) throws SQLException {
    try (var connection = DriverManager.getConnection(plainUrl);
        var statement = connection.createStatement();
        var row = statement.executeQuery("select count(*) from " + table)) {
      row.next();
      return row.getLong(1);
    }
  }

  @Override
  public void close() {
    context.close();
  }
}
