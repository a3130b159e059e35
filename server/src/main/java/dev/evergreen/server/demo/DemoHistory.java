package dev.evergreen.server.demo;

import dev.evergreen.server.channel.Letter;
import dev.evergreen.server.channel.MailIntake;
import dev.evergreen.server.channel.Outbox;
import dev.evergreen.server.customer.OrganizationId;
import dev.evergreen.server.customer.Organizations;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Due;
import dev.evergreen.server.platform.FirstTry;
import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.platform.Unpromised;
import dev.evergreen.server.platform.Work;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.workflow.TaskId;
import dev.evergreen.server.workflow.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// Plays the company's past in. The clock goes from one moment at which somebody does something to
/// the next; what happens within a short while happens at one moment, so that many deeds share a
/// transaction.
@Component
@ConditionalOnBooleanProperty("evergreen.demo")
class DemoHistory {
  private static final Duration WHILE = Duration.ofMinutes(45);

  /// Of what is long past nobody looks at the minutes.
  private static final Duration LONG_WHILE = Duration.ofMinutes(100);

  private static final Duration SHORT_WHILE = Duration.ofMinutes(8);
  private static final Duration FRESH = Duration.ofHours(30);
  private static final Duration RECENT = Duration.ofDays(10);
  private static final Duration SETTLING_LIMIT = Duration.ofSeconds(30);
  private static final int THREADS = 2;
  private static final int LETTERS = 200;

  private final ShopCustomers customers;
  private final ShopAgents agents;
  private final Watch watch;
  private final MailIntake intake;
  private final Outbox outbox;
  private final Organizations organizations;
  private final Tasks tasks;
  private final Work work;
  private final Due due;
  private final DatabaseClock clock;
  private final TransactionOperations transaction;

  private final Agenda agenda = new Agenda();
  private final Map<String, Deque<Story>> opening = new HashMap<>();
  private final Map<Long, Story> storyOf = new HashMap<>();
  private final Set<TaskId> taken = new HashSet<>();
  private long lastLetter;

  DemoHistory(
      ShopCustomers customers,
      ShopAgents agents,
      Watch watch,
      MailIntake intake,
      Outbox outbox,
      Organizations organizations,
      Tasks tasks,
      Work work,
      Due due,
      DatabaseClock clock,
      TransactionOperations transaction) {
    this.customers = customers;
    this.agents = agents;
    this.watch = watch;
    this.intake = intake;
    this.outbox = outbox;
    this.organizations = organizations;
    this.tasks = tasks;
    this.work = work;
    this.due = due;
    this.clock = clock;
    this.transaction = transaction;
  }

  /// Plays from the clock's present time, at which the company has just been founded, to the end.
  /// Returns how many tickets there are then.
  int play(int tickets, Instant end, DemoProgress progress) {
    var begin = clock.instant();
    agents.begin(end);
    watch.begin();
    for (var story : StoryPlans.of(tickets, begin, end)) {
      agenda.add(story.plan().opensAt(), story, () -> open(story));
    }
    for (var next = next(); next.isPresent() && next.get().isBefore(end); next = next()) {
      var moment = next.get().plus(whileBefore(end, next.get()));
      playAt(moment.isBefore(end) ? moment : end);
      progress.reached(begin, moment, end, storyOf.size());
      if (!moment.isBefore(end)) {
        break;
      }
    }
    watch.end();
    return storyOf.size();
  }

  /// How much from `begin` on happens at one moment: the less the nearer the end is.
  private static Duration whileBefore(Instant end, Instant begin) {
    var left = Duration.between(begin, end);
    if (left.compareTo(FRESH) <= 0) {
      return SHORT_WHILE;
    }
    return left.compareTo(RECENT) <= 0 ? WHILE : LONG_WHILE;
  }

  private Optional<Instant> next() {
    return Stream.of(agenda.next(), due.next()).flatMap(Optional::stream).min(Instant::compareTo);
  }

  private void playAt(Instant moment) {
    clock.moveTo(moment);
    act(agenda.until(moment));
    if (!work.settle(SETTLING_LIMIT, THREADS)) {
      throw new IllegalStateException(
          "expected the work of " + moment + " to be done within " + SETTLING_LIMIT);
    }
    notice();
    collectLetters();
  }

  /// Stories that share no rows are played side by side, each thread's in one transaction.
  private void act(List<Agenda.Deed> deeds) {
    var threads = new ArrayList<List<Agenda.Deed>>();
    for (var number = 0; number < THREADS; number++) {
      var own = number;
      var share = deeds.stream().filter(deed -> deed.story().thread(THREADS) == own).toList();
      if (!share.isEmpty()) {
        threads.add(share);
      }
    }
    if (threads.size() == 1) {
      actTogether(threads.getFirst());
    } else if (!threads.isEmpty()) {
      try (var executor = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
        var others = executor.submit(Unpromised.carried(() -> actTogether(threads.getLast())));
        actTogether(threads.getFirst());
        others.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("expected every deed of the demo to succeed", e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("the demo was interrupted", e);
      }
    }
  }

  /// A deed that fails ends the demo, so no savepoint is spent on any.
  private void actTogether(List<Agenda.Deed> deeds) {
    FirstTry.of(() ->
        transaction.execute(_ -> {
          deeds.forEach(deed -> deed.act().run());
          return intake.readSome();
        }));
  }

  private void open(Story story) {
    synchronized (opening) {
      opening.computeIfAbsent(story.plan().customer().name(), _ -> new ArrayDeque<>()).add(story);
    }
    customers.open(story);
  }

  /// What the ledger shows: tickets that were opened or closed, and tasks.
  private void notice() {
    var withTasks = new LinkedHashSet<Long>();
    for (var entry : watch.look()) {
      switch (entry.kind()) {
        case "ticket.opened" -> opened(entry);
        case "ticket.closed" -> customers.closed(storyOf(entry.subject().id()), agenda);
        case "organization.created" -> name(entry);
        default -> {
          if (entry.data().get("ticket") instanceof Number ticket) {
            withTasks.add(ticket.longValue());
          }
        }
      }
    }
    for (var task : tasks.nextOf("ticket", List.copyOf(withTasks))) {
      if (taken.add(task.id())) {
        agents.take(task, storyOf(task.subject().id()), agenda);
      }
    }
  }

  private void opened(Ledger.Entry entry) {
    var story = opening.getOrDefault(entry.by().name(), new ArrayDeque<>()).poll();
    if (story == null) {
      throw new IllegalStateException("expected a story for " + entry + ", found none");
    }
    story.became(new TicketId(entry.subject().id()));
    storyOf.put(entry.subject().id(), story);
  }

  private void name(Ledger.Entry entry) {
    DemoPeople.companyAt(String.valueOf(entry.data().get("domain")))
        .ifPresent(name ->
            organizations
                .rename(new OrganizationId(entry.subject().id()), name, Actor.SYSTEM)
                .expected());
  }

  /// Customers get what the outbox kept for them since they last looked.
  private void collectLetters() {
    List<Letter> letters;
    do {
      letters = outbox.keptAfter(lastLetter, LETTERS);
      for (var letter : letters) {
        lastLetter = letter.id().value();
        if (letter.ticket() != null) {
          customers.receive(letter, storyOf(letter.ticket()), agenda);
        }
      }
    } while (letters.size() == LETTERS);
  }

  private Story storyOf(long ticket) {
    var story = storyOf.get(ticket);
    if (story == null) {
      throw new IllegalStateException("expected a story of ticket " + ticket + ", found none");
    }
    return story;
  }
}
