package dev.evergreen.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.platform.AuditCheck.Result;
import dev.evergreen.server.platform.AuditCheckpoints.Checkpoint;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Twelve entries, three a transaction; whatever somebody with all rights on the database does to
/// them, the check names the place.
class AuditTrailTest {
  private static final Actor ADA = Actor.agent(1, "Ada");

  private final TestDatabase database = TestDatabase.create();
  private final TestNode node = new TestNode(database);

  @TempDir Path data;

  @SuppressWarnings("NullAway.Init")
  AuditTrail trail;

  @SuppressWarnings("NullAway.Init")
  AuditCheck check;

  @SuppressWarnings("NullAway.Init")
  AuditCheckpoints checkpoints;

  @BeforeEach
  void twelveEntries() {
    var secrets = new Secrets(node.jdbc, node.transactions, node.clock, "", data);
    var details = new AuditDetails(node.jdbc, node.clock);
    checkpoints = new AuditCheckpoints(data);
    trail = new AuditTrail(node.jdbc, node.ledger, secrets, details, checkpoints);
    check = new AuditCheck(node.jdbc, details, secrets, checkpoints);
    for (int i = 0; i < 4; i++) {
      int round = i;
      node.transaction.executeWithoutResult(_ -> {
        node.ledger.append(new Subject("ticket", 7), round, "ticket.opened", ADA, Map.of());
        for (int j = 0; j < 3; j++) {
          trail.append(
              new Subject("agent", 1), round * 3 + j, "agent.changed", ADA, Map.of("role", "LEAD"));
        }
      });
    }
    node.transaction.executeWithoutResult(_ ->
        trail.append(
            new Subject("agent", 1), 12, "agent.signed-in", ADA, details.keep("192.0.2.7")));
  }

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void a_log_that_nobody_touched_is_whole() {
    assertThat(check.run())
        .isInstanceOfSatisfying(
            Result.Whole.class,
            whole -> {
              assertThat(whole.entries()).isEqualTo(13);
              assertThat(checkpoints.stored())
                  .hasValueSatisfying(
                      stored -> assertThat(stored).hasToString(whole.end().toString()));
            });
    assertThat(trail.before(Long.MAX_VALUE, AuditTrail.Wanted.ALL, 2))
        .extracting(AuditTrail.Line::number, AuditTrail.Line::detail)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(13L, "192.0.2.7"),
            org.assertj.core.groups.Tuple.tuple(12L, null));
  }

  static Stream<Arguments> forgeries() {
    var entry = "(select entry from audit_seal where number = 5)";
    return Stream.of(
        Arguments.of(5, "update ledger set kind = 'agent.invited' where id = " + entry),
        Arguments.of(5, "update ledger set actor_id = 2 where id = " + entry),
        Arguments.of(5, "update ledger set at = at + interval '1 second' where id = " + entry),
        Arguments.of(5, "update ledger set data = '{\"role\":\"AGENT\"}' where id = " + entry),
        Arguments.of(5, "update ledger set data = '{\"role\": \"LEAD\"}' where id = " + entry),
        Arguments.of(5, "update ledger set subject_id = 2 where id = " + entry),
        Arguments.of(5, "delete from ledger where id = " + entry),
        Arguments.of(5, "delete from audit_seal where number = 5"),
        Arguments.of(5, "update audit_seal set seal = sha256('') where number = 5"),
        Arguments.of(1, "delete from audit_seal where number <= 3"),
        Arguments.of(13, "delete from audit_seal where number = 13"),
        Arguments.of(
            12,
            """
            with gone as (delete from audit_seal where number > 11),
              lost as (
                delete from ledger
                where id in (select entry from audit_seal where number > 11))
            update audit_head
            set number = 11, seal = (select seal from audit_seal where number = 11)
            """),
        Arguments.of(
            1,
            """
            with gone as (delete from audit_seal),
              lost as (delete from ledger where subject_kind = 'agent')
            update audit_head set number = 0, seal = ''
            """),
        Arguments.of(13, "update audit_detail set text = '198.51.100.1'"),
        Arguments.of(
            13,
            """
            insert into ledger (xact, subject_id, revision, at, slot, subject_kind, kind,
              actor_kind, actor_name, data)
            select pg_current_xact_id(), 1, 99, at, 0, 'agent', 'agent.changed', 'system', 'Eve', '{}'
            from ledger limit 1
            """));
  }

  @ParameterizedTest
  @MethodSource("forgeries")
  void a_forgery_is_named_by_its_place(long place, String forgery) {
    execute(forgery);

    assertThat(check.run())
        .isInstanceOfSatisfying(
            Result.Broken.class, broken -> assertThat(broken.number()).isEqualTo(place));
  }

  private void execute(String sql) {
    try (var connection = node.pool.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void the_order_of_entries_cannot_be_changed() {
    execute("update audit_seal set entry = -entry where number in (5, 6)");
    execute(
        """
        update audit_seal
        set entry = -(select entry from audit_seal as other where other.number = 11 - audit_seal.number)
        where number in (5, 6)
        """);

    assertThat(check.run())
        .isInstanceOfSatisfying(
            Result.Broken.class, broken -> assertThat(broken.number()).isEqualTo(5));
  }

  @Test
  void an_end_kept_elsewhere_shows_a_log_that_was_written_anew() throws java.io.IOException {
    var before = ((Result.Whole) check.run()).end();
    execute("delete from audit_seal");
    execute("delete from ledger where subject_kind = 'agent'");
    execute("update audit_head set number = 0, seal = ''");
    java.nio.file.Files.delete(data.resolve("audit.checkpoint"));
    for (int i = 0; i < 13; i++) {
      int revision = i;
      node.transaction.executeWithoutResult(
          _ -> trail.append(new Subject("agent", 1), revision, "agent.changed", ADA, Map.of()));
    }

    assertThat(check.run()).isInstanceOf(Result.Whole.class);
    assertThat(check.run(List.of(before)))
        .isInstanceOfSatisfying(
            Result.Broken.class, broken -> assertThat(broken.number()).isEqualTo(13));
  }

  @Test
  void what_it_says_about_people_can_be_erased_and_names_may_change() {
    execute("delete from audit_detail");
    execute("update ledger set actor_name = 'somebody'");

    assertThat(check.run())
        .isInstanceOfSatisfying(
            Result.Whole.class, whole -> assertThat(whole.erased()).isEqualTo(1));
  }

  @Test
  void what_a_transaction_undid_leaves_no_gap() {
    node.transaction.executeWithoutResult(status -> {
      trail.append(new Subject("agent", 1), 13, "agent.changed", ADA, Map.of());
      status.setRollbackOnly();
    });
    node.transaction.executeWithoutResult(
        _ -> trail.append(new Subject("agent", 1), 13, "agent.changed", ADA, Map.of()));

    assertThat(check.run())
        .isInstanceOfSatisfying(
            Result.Whole.class, whole -> assertThat(whole.entries()).isEqualTo(14));
  }

  @Test
  void a_checkpoint_reads_as_it_was_printed() {
    Checkpoint end = ((Result.Whole) check.run()).end();

    assertThat(Checkpoint.parse(" " + end + "\n"))
        .hasValueSatisfying(read -> assertThat(read).hasToString(end.toString()));
    assertThat(Checkpoint.parse("13:xyz")).isEmpty();
  }
}
