package dev.evergreen.bench;

import dev.evergreen.engine.ValueType;
import dev.evergreen.language.Action;
import dev.evergreen.language.ActionType;
import dev.evergreen.language.Call;
import dev.evergreen.language.EventType;
import dev.evergreen.language.Input;
import dev.evergreen.language.Parameter;
import dev.evergreen.language.Vocabulary;
import dev.evergreen.server.Evergreen;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Subject;
import dev.evergreen.server.platform.Work;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.NewAgent;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.workflow.CommandId;
import dev.evergreen.server.workflow.Commands;
import dev.evergreen.server.workflow.Completion;
import dev.evergreen.server.workflow.Runs;
import dev.evergreen.server.workflow.TaskId;
import dev.evergreen.server.workflow.Tasks;
import dev.evergreen.server.workflow.Version;
import dev.evergreen.server.workflow.Workflows;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/// The whole product as `serve` starts it, pages, mail and background work included, called where
/// its own pages call it.
final class EvergreenContender implements Contender {
  static final String WORKFLOW =
      """
      workflow: question
      title: Answer a question
      process: support
      kind: service
      about: ticket
      purpose: Every question is answered by a person.
      owner: support-operations
      review every: 90 days

      start:
        - on: bench.asked

      steps:
        - run: bench.note
          title: Note the question
          with: {text: asked}
        - do: Answer the question
          by: team frontline
          form:
            answered:
              label: Is it answered?
              type: boolean
        - wait: 1 hour
          title: Let it rest for an hour
        - end: answered
      """;

  private static final Duration LONGER_THAN_THE_WAIT = Duration.ofHours(2);

  private final Scratch scratch = Scratch.make();
  private final ConfigurableApplicationContext context;
  private final Runs runs;
  private final Tasks tasks;
  private final Commands commands;
  private final JdbcClient database;
  private final DatabaseClock clock;
  private final Version version;
  private final Agent agent;

  EvergreenContender(String databaseUrl, String connections) throws Exception {
    context =
        new SpringApplicationBuilder(Evergreen.class, NoteAction.class)
            .run(
                "--evergreen.database-url=" + databaseUrl,
                "--evergreen.database-connections=" + connections,
                "--evergreen.data=" + scratch.file("data"),
                "--evergreen.clock.movable=true",
                "--evergreen.port=0",
                "--evergreen.mail.in=127.0.0.1:0");
    runs = context.getBean(Runs.class);
    tasks = context.getBean(Tasks.class);
    commands = context.getBean(Commands.class);
    database = context.getBean(JdbcClient.class);
    clock = context.getBean(DatabaseClock.class);
    version = published(context.getBean(Workflows.class));
    agent = added(context.getBean(Agents.class));
  }

  private static Version published(Workflows workflows) {
    var publication = workflows.publish("question.yaml", WORKFLOW, Actor.SYSTEM);
    return workflows
        .withName("question")
        .orElseThrow(
            () -> new IllegalStateException("expected a usable workflow, but: " + publication));
  }

  private static Agent added(Agents agents) {
    var person = new NewAgent("Ada Lindqvist", "ada@ridgeline.example", Role.AGENT, List.of());
    return switch (agents.add(person, Actor.SYSTEM)) {
      case Outcome.Accepted<Agent>(Agent added) -> added;
      case Outcome.Rejected<Agent> rejected ->
          throw new IllegalStateException("expected a new agent: " + rejected);
    };
  }

  @Override
  public void start(long subject) {
    runs.start(version, ticket(subject));
  }

  @Override
  public boolean isAsked(long subject) {
    return tasks.of(ticket(subject)).size() == 1;
  }

  /// By entries of the ledger, as incoming mail starts runs; they become visible all at once.
  @Override
  public void startGrouped(long first, int count) {
    var ledger = context.getBean(Ledger.class);
    context
        .getBean(TransactionTemplate.class)
        .executeWithoutResult(_ -> {
          for (long subject = first; subject < first + count; subject++) {
            ledger.append(ticket(subject), 1, Offer.ASKED, Actor.SYSTEM, Map.of());
          }
        });
  }

  @Override
  public long runs() {
    return count("select count(*) from run");
  }

  @Override
  public List<String> tasks() {
    return database
        .sql("select id from task where status = 'OPEN' order by id desc")
        .query((row, _) -> row.getString("id"))
        .list();
  }

  @Override
  public void complete(String task) {
    var id = new TaskId(Long.parseLong(task));
    var answers = Map.of("answered", "yes");
    var completion = commands.complete(CommandId.fresh(), id, answers, ZoneOffset.UTC, agent);
    if (!(completion instanceof Completion.Done)) {
      throw new IllegalStateException("expected an answered task, but found " + completion);
    }
  }

  @Override
  public void letTimePass() {
    clock.moveTo(clock.instant().plus(LONGER_THAN_THE_WAIT));
    context.getBean(Work.class).hint();
  }

  @Override
  public long timers() {
    return count("select count(*) from due where kind = 'workflow.timer'");
  }

  private long count(String sql) {
    return database.sql(sql).query(Long.class).single();
  }

  private static Subject ticket(long number) {
    return new Subject("ticket", number);
  }

  @Override
  public void close() throws IOException {
    context.close();
    scratch.close();
  }

  record Note(@Input("What to note") String text) {}

  /// The automatic step: its outcome is run data and nothing else, as Flowable's is a variable.
  static final class NoteAction implements Action<Note> {
    @Override
    public String name() {
      return Offer.NOTE;
    }

    @Override
    public Class<Note> input() {
      return Note.class;
    }

    @Override
    public Map<String, Object> perform(Note input, Call call) {
      return Map.of("noted", input.text());
    }
  }

  /// What the bench offers to workflows.
  public static final class Offer implements Vocabulary {
    static final String NOTE = "bench.note";
    static final String ASKED = "bench.asked";

    @Override
    public List<ActionType> actions() {
      return List.of(
          ActionType.of(
              NOTE,
              "Notes something.",
              Note.class,
              Parameter.of("noted", "What was noted", new ValueType.Text())));
    }

    @Override
    public List<EventType> events() {
      return List.of(EventType.of(ASKED, "ticket", "Somebody asked."));
    }
  }
}
