package dev.evergreen.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.faults.DatabaseLink.Place;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Visitor;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Promise 9: when the connection to the database is cut around a COMMIT, nobody knows what became
/// of it. The command is applied once all the same, and whoever gave it hears what is true.
@Tag("fault")
@TestInstance(Lifecycle.PER_CLASS)
class LostAnswerTest {
  private final Pair pair = Pair.ready();
  private final Agent agent = pair.installation.hire("noor");
  private final Visitor visitor = Installation.signedIn(agent, pair.first.node());
  private final Sender customers = new Sender("Unknown");
  private int tickets;
  private final EnumMap<Place, Integer> met = new EnumMap<>(Place.class);
  private int doubled;
  private int untrue;

  @AfterAll
  void publish() {
    visitor.close();
    new Verdict(
            "PR9 cut around the COMMIT of a command; late counts untrue answers",
            0,
            met,
            new Verdict.Counts(
                met.values().stream().mapToInt(Integer::intValue).sum(), 0, doubled, untrue))
        .publish();
  }

  @ParameterizedTest
  @EnumSource
  void a_mail_becomes_one_ticket(Place place) throws Exception {
    int number = ++tickets;
    var cut = pair.first.link().cut(place, "insert into arrival");

    boolean taken = customers.send(pair.first.node(), number, "");
    cut.get(10, TimeUnit.SECONDS);
    if (!taken) {
      customers.insist(() -> pair.first.node(), number); // as senders do when asked to come again
    }
    ticket(number);

    judge(
        place,
        true,
        one("select count(*) from ticket where subject = :subject", "Unknown " + number));
  }

  @ParameterizedTest
  @EnumSource
  void an_answer_is_sent_once(Place place) throws Exception {
    long ticket = openTicket(++tickets);
    var answer = Map.of("kind", "reply", "text", "Once and for all, " + place);

    boolean sent = isDone(place, ticket, "/tickets/" + ticket + "/entries", answer);

    judge(
        place,
        sent,
        one("select count(*) from message where text = :subject", "Once and for all, " + place));
  }

  @ParameterizedTest
  @EnumSource
  void a_note_is_kept_once(Place place) throws Exception {
    long ticket = openTicket(++tickets);
    var note = Map.of("kind", "note", "text", "Between us, " + place);

    boolean kept = isDone(place, ticket, "/tickets/" + ticket + "/entries", note);

    judge(
        place,
        kept,
        one("select count(*) from note where text = :subject", "Between us, " + place));
  }

  @ParameterizedTest
  @EnumSource
  void a_ticket_is_assigned_to_who_took_it(Place place) throws Exception {
    int number = ++tickets;
    long ticket = openTicket(number);
    var revision = one("select revision from ticket where subject = :subject", "Unknown " + number);
    var assignment = Map.of("agent", "" + agent.id().value(), "revision", "" + revision);

    boolean taken = isDone(place, ticket, "/tickets/" + ticket + "/assignment", assignment);

    judge(
        place,
        taken,
        one(
            """
            select count(*) from ledger join ticket on ticket.id = ledger.subject_id
            where ledger.kind = 'ticket.assigned' and ticket.subject = :subject
            """,
            "Unknown " + number));
  }

  @ParameterizedTest
  @EnumSource
  void a_step_is_done_once(Place place) throws Exception {
    int number = ++tickets;
    long ticket = openTicket(number);
    var task =
        one(
            """
            select task.id from task join ticket on ticket.id = task.subject_id
            where ticket.subject = :subject and task.status = 'OPEN'
            """,
            "Unknown " + number);
    var form = Map.of("category", "product", "priority", "normal", "enough_information", "yes");

    boolean done = isDone(place, ticket, "/tasks/" + task + "/completion", form);

    judge(
        place,
        done,
        one(
            """
            select count(*) from ledger
            join run on ledger.subject_kind = 'run' and run.id = ledger.subject_id
            join ticket on ticket.id = run.subject_id
            where ledger.kind = 'run.task-completed' and ticket.subject = :subject
            """,
            "Unknown " + number));
  }

  /// Whether a form on a ticket's page is answered as done, although the node loses its database
  /// around the COMMIT of the transaction that does it: the one that keeps what came of it.
  private boolean isDone(Place place, long ticket, String path, Map<String, String> form)
      throws Exception {
    visitor.get("/tickets/" + ticket); // for its token
    var cut = pair.first.link().cut(place, "insert into submission");

    var answer = visitor.post(path, form);

    cut.get(10, TimeUnit.SECONDS);
    return answer.statusCode() == 302;
  }

  private void judge(Place place, boolean answeredTruly, long applied) {
    met.merge(place, 1, Integer::sum);
    untrue += answeredTruly ? 0 : 1;
    doubled += applied > 1 ? 1 : 0;
    assertThat(applied).as("how often it was applied").isEqualTo(1);
    assertThat(answeredTruly).as("the answer says that it was").isTrue();
  }

  /// A ticket with its first step open.
  private long openTicket(int number) {
    customers.insist(() -> pair.second.node(), number);
    return ticket(number);
  }

  private long ticket(int number) {
    Installation.await("a step to do", Installation.PATIENCE, () -> steps(number).size() == 1);
    return steps(number).getFirst();
  }

  private List<Long> steps(int number) {
    return pair.installation
        .database()
        .sql(
            """
            select ticket.id
            from ticket join task on task.subject_kind = 'ticket' and task.subject_id = ticket.id
            where ticket.subject = :subject and task.status = 'OPEN'
            """)
        .param("subject", "Unknown " + number)
        .query((row, _) -> row.getLong("id"))
        .list();
  }

  private long one(String sql, String subject) {
    return pair.installation
        .database()
        .sql(sql)
        .param("subject", subject)
        .query(Long.class)
        .single();
  }
}
