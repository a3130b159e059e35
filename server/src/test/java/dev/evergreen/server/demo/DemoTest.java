package dev.evergreen.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.OnTestDatabase;
import dev.evergreen.server.workflow.Replays;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The demo is played when the application starts, so that every test finds its company.
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "evergreen.demo=true",
      "evergreen.demo-tickets=60",
      "evergreen.mail.in=127.0.0.1:0",
    })
@OnTestDatabase
class DemoTest {
  @Autowired private JdbcClient database;
  @Autowired private Replays replays;
  @Autowired private DatabaseClock clock;
  @Autowired private Demo demo;

  @Test
  void bringsEveryTicketInByTheFrontDoor() {
    assertThat(count("select count(*) from ticket")).isEqualTo(60);
    var byMail = count("select count(*) from ticket where channel = 'email'");
    assertThat(byMail).isBetween(45L, 60L);
    assertThat(count("select count(distinct ticket) from arrival where state = 'done'"))
        .isGreaterThanOrEqualTo(byMail);
    assertThat(count("select count(*) from arrival where state <> 'done'")).isZero();
    assertThat(count("select count(*) from ticket where customer_id is null")).isZero();
    assertThat(count("select count(*) from run where caller is null"))
        .isEqualTo(60 + count("select count(*) from ledger where kind = 'ticket.reopened'"));
  }

  @Test
  void leavesRunsThatReplayEqualAndNoFault() {
    var report = replays.replayAll();
    assertThat(report.runs()).isGreaterThanOrEqualTo(60);
    assertThat(report.differences()).isEmpty();
    assertThat(count("select count(*) from run where status = 'FAULTED'")).isZero();
    assertThat(count("select count(*) from ledger_fault")).isZero();
    assertThat(count("select count(*) from due where fault is not null or tries > 0")).isZero();
  }

  @Test
  void showsTicketsInEveryStateAtTheRealTime() {
    assertThat(column("select distinct status from ticket"))
        .contains("closed", "pending")
        .containsAnyOf("new", "open");
    assertThat(count("select count(*) from task where status = 'OPEN'")).isPositive();
    assertThat(count("select count(*) from survey where score is not null")).isPositive();
    assertThat(count("select count(*) from clock_offset where micros <> 0")).isZero();
    assertThat(
            database
                .sql("select max(updated_at) from ticket")
                .query(OffsetDateTime.class)
                .single()
                .toInstant())
        .isBetween(clock.instant().minus(Duration.ofHours(12)), clock.instant());
  }

  @Test
  void playsOnlyOnce() {
    var before = count("select count(*) from ledger");
    demo.run(new DefaultApplicationArguments());
    assertThat(count("select count(*) from ledger")).isEqualTo(before);
    assertThat(demo.isPlaying()).isFalse();
  }

  private long count(String sql) {
    return database.sql(sql).query(Long.class).single();
  }

  private List<String> column(String sql) {
    return database.sql(sql).query((row, _) -> row.getString(1)).list();
  }
}
