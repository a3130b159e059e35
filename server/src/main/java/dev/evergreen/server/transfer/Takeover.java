package dev.evergreen.server.transfer;

import dev.evergreen.server.customer.CustomerId;
import dev.evergreen.server.customer.PastCustomers;
import dev.evergreen.server.customer.PastCustomers.Newcomer;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.FileId;
import dev.evergreen.server.platform.Files;
import dev.evergreen.server.platform.Settings;
import dev.evergreen.server.ticket.NewAttachment;
import dev.evergreen.server.ticket.Tags;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.past.PastTicket;
import dev.evergreen.server.ticket.past.PastTickets;
import dev.evergreen.server.ticket.retention.Archive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Takes over tickets of another program, some hundred in one transaction. What they are called
/// there is written with them, so that the same export given again, or gone on with after a crash,
/// takes each ticket once.
@Component
public final class Takeover {
  static final int MOST_TAGS = 30;
  private static final int LONGEST_TAG = 40;
  private static final int MOST_TRIES = 8;

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final House.Reader house;
  private final Parts parts;
  private final Settings settings;
  private final DatabaseClock clock;

  Takeover(
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      House.Reader house,
      Parts parts,
      Settings settings,
      DatabaseClock clock) {
    this.jdbc = jdbc;
    transaction = new TransactionTemplate(transactions);
    this.house = house;
    this.parts = parts;
    this.settings = settings;
    this.clock = clock;
  }

  /// Who keeps what comes in.
  @Component
  record Parts(PastCustomers customers, PastTickets tickets, Tags tags, Files files) {}

  /// What is asked for.
  ///
  /// @param source under which the ids of its tickets are remembered
  /// @param label what the other program is called
  /// @param chosen words of ours by `aspect:word` of theirs
  /// @param dry only looks what would become of it
  public record Order(
      String source, String label, Map<String, String> chosen, boolean dry, Actor by) {
    public Order {
      chosen = Map.copyOf(chosen);
    }
  }

  /// An import that can begin, with what is counted on the way.
  public Run prepare(Order order) {
    var tally = new Tally();
    var read = house.read();
    var mapping = new Mapping(read, order.chosen());
    var now = clock.instant();
    long days = settings.get(Archive.AFTER_DAYS);
    var translation =
        new Translation(
            read,
            mapping,
            order.source(),
            order.label(),
            now,
            days <= 0 ? null : now.minus(Duration.ofDays(days)),
            ConcurrentHashMap.newKeySet(),
            tally::add);
    return new Run(order, mapping, tally, translation);
  }

  /// One import on its way.
  public final class Run {
    private final Order order;
    private final Mapping mapping;
    private final Tally tally;
    private final Translation translation;
    private final Map<String, Long> tags = new ConcurrentHashMap<>();

    private Run(Order order, Mapping mapping, Tally tally, Translation translation) {
      this.order = order;
      this.mapping = mapping;
      this.tally = tally;
      this.translation = translation;
    }

    public Mapping mapping() {
      return mapping;
    }

    public Tally tally() {
      return tally;
    }

    /// Reads it to its end. `after` is told after each batch and may say that it is enough.
    public void read(Source source, Batches.After after) throws IOException {
      try (var batches = new Batches(this::take, after)) {
        source.read(batches::add, tally::add);
        batches.end();
      }
    }

    /// A batch that the database refuses is taken one by one, so that only what does not fit is
    /// left out.
    private void take(List<ForeignTicket> batch) {
      try {
        takePatiently(batch);
      } catch (DataIntegrityViolationException
          | IllegalArgumentException
          | UncheckedIOException e) {
        if (batch.size() > 1) {
          batch.forEach(ticket -> take(List.of(ticket)));
          return;
        }
        var ticket = batch.getFirst();
        tally.failed.incrementAndGet();
        tally.add(
            new Finding(
                ticket.place() + ", ticket " + ticket.number(),
                "a ticket that can be kept",
                "" + e.getMessage()));
      }
    }

    /// What only stands in the way for a moment (a lock, a lost connection) is waited out.
    private void takePatiently(List<ForeignTicket> batch) {
      for (int tries = 1; ; tries++) {
        try {
          takeTogether(batch);
          return;
        } catch (TransientDataAccessException
            | NonTransientDataAccessResourceException
            | RecoverableDataAccessException
            | CannotCreateTransactionException e) {
          if (tries == MOST_TRIES) {
            throw e;
          }
          pause(tries);
        }
      }
    }

    private static void pause(int tries) {
      try {
        Thread.sleep(Duration.ofMillis(200L * tries * tries));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Batches.Enough();
      }
    }

    private void takeTogether(List<ForeignTicket> batch) {
      var counted = order.dry() ? looked(batch) : written(batch);
      tally.taken.addAndGet(counted.taken());
      tally.known.addAndGet(counted.known());
      tally.messages.addAndGet(counted.messages());
    }

    private record Counted(long taken, long known, long messages) {}

    /// What would become of them; nothing is written and no file opened.
    private Counted looked(List<ForeignTicket> batch) {
      var fresh = unknown(batch);
      var customers = new HashMap<String, CustomerId>();
      people(fresh).forEach(one -> customers.put(one.key(), new CustomerId(0)));
      var found =
          new Translation.Found(
              customers,
              Map.of(),
              file ->
                  file.content() == null
                      ? Optional.empty()
                      : Optional.of(
                          new NewAttachment(
                              new FileId(0), file.name(), file.type(), 0, file.contentId())));
      var messages = 0L;
      for (var ticket : fresh) {
        messages += said(translation.ticket(ticket, found));
      }
      return new Counted(fresh.size(), batch.size() - fresh.size(), messages);
    }

    /// People and tags come first, in a transaction of their own: writers who name the same ones
    /// would wait for each other until the tickets of one of them are written.
    private Counted written(List<ForeignTicket> batch) {
      var fresh = unknown(batch);
      if (fresh.isEmpty()) {
        return new Counted(0, batch.size(), 0);
      }
      var known =
          Objects.requireNonNull(
              transaction.execute(
                  _ -> new Known(parts.customers().recognize(people(fresh)), newTags(fresh))));
      tags.putAll(known.tags());
      var found = new Translation.Found(known.customers(), tags, this::stored);
      long messages = Objects.requireNonNull(transaction.execute(_ -> kept(fresh, found)));
      return new Counted(fresh.size(), batch.size() - fresh.size(), messages);
    }

    private record Known(Map<String, CustomerId> customers, Map<String, Long> tags) {}

    /// Writes them and tells how much was said on them.
    private long kept(List<ForeignTicket> fresh, Translation.Found found) {
      jdbc.sql(
              """
              select
                set_config('gin_pending_list_limit', '32MB', true),
                set_config('work_mem', '64MB', true)
              """)
          .query((_, _) -> true)
          .single();
      var tickets = new ArrayList<PastTicket>();
      var ends = new ArrayList<PastTicket.Entry.Happened>();
      var messages = 0L;
      for (var ticket : fresh) {
        var past = translation.ticket(ticket, found);
        tickets.add(past);
        ends.add(takenOver(ticket));
        messages += said(past);
      }
      remember(fresh, parts.tickets().add(tickets, ends));
      return messages;
    }

    private static long said(PastTicket ticket) {
      return ticket.entries().stream()
          .filter(entry -> !(entry instanceof PastTicket.Entry.Happened))
          .count();
    }

    private PastTicket.Entry.Happened takenOver(ForeignTicket ticket) {
      return new PastTicket.Entry.Happened(
          order.by(),
          translation.now(),
          "ticket.imported",
          Map.of("source", order.label(), "number", ticket.number()));
    }

    private List<ForeignTicket> unknown(List<ForeignTicket> batch) {
      var byId = new LinkedHashMap<String, ForeignTicket>();
      batch.forEach(ticket -> byId.putIfAbsent(ticket.id(), ticket));
      jdbc.sql(
              """
              select foreign_id from imported_ticket
              where source = :source and foreign_id = any(:ids)
              """)
          .param("source", order.source())
          .param("ids", byId.keySet().toArray(String[]::new))
          .query((row, _) -> row.getString("foreign_id"))
          .list()
          .forEach(byId::remove);
      return List.copyOf(byId.values());
    }

    private void remember(List<ForeignTicket> taken, List<TicketId> ids) {
      jdbc.sql(
              """
              insert into imported_ticket (source, foreign_id, ticket_id)
              select :source, taken.foreign_id, taken.ticket_id
              from unnest(cast(:foreign as text[]), cast(:tickets as bigint[]))
                as taken (foreign_id, ticket_id)
              """)
          .param("source", order.source())
          .param("foreign", taken.stream().map(ForeignTicket::id).toArray(String[]::new))
          .param("tickets", ids.stream().map(TicketId::value).toArray(Long[]::new))
          .update();
    }

    /// Everybody who asks or wrote for whoever asks.
    private Collection<Newcomer> people(List<ForeignTicket> batch) {
      var people = new HashMap<String, Newcomer>();
      for (var ticket : batch) {
        var opened = ticket.times().opened();
        var since =
            opened == null || opened.isAfter(translation.now()) ? translation.now() : opened;
        add(people, ticket, translation.customer(ticket), since);
        for (var entry : ticket.entries()) {
          if (entry.by().isCustomer()) {
            add(people, ticket, entry.by(), since);
          }
        }
      }
      return people.values();
    }

    private void add(
        Map<String, Newcomer> people, ForeignTicket ticket, Person person, Instant since) {
      var key = person.identity(order.source());
      people.merge(
          key,
          new Newcomer(
              key, person.name(), person.organization(), since, translation.told(ticket, person)),
          Newcomer::joined);
    }

    private Map<String, Long> newTags(List<ForeignTicket> batch) {
      Set<String> missing =
          batch.stream()
              .flatMap(ticket -> ticket.said().tags().stream())
              .map(Takeover::tag)
              .filter(name -> !name.isEmpty() && !tags.containsKey(name))
              .collect(Collectors.toSet());
      return missing.isEmpty() ? Map.of() : parts.tags().idsOf(missing);
    }

    private Optional<NewAttachment> stored(ForeignFile file) {
      var content = file.content();
      if (content == null) {
        return Optional.empty();
      }
      try (var in = content.open()) {
        var id = parts.files().store(in);
        return Optional.of(
            new NewAttachment(
                id, file.name(), file.type(), parts.files().size(id), file.contentId()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// A foreign tag as ours are written: small letters, no spaces and commas; empty when nothing of
  /// it is left.
  static String tag(String word) {
    var name =
        word.strip()
            .toLowerCase(Locale.ROOT)
            .replaceAll("[\\s,]+", "-")
            .replaceAll("\\p{Cntrl}", "");
    return name.length() > LONGEST_TAG ? name.substring(0, LONGEST_TAG) : name;
  }

  /// The ticket that came from another program under this id.
  public @Nullable TicketId taken(String source, String id) {
    return jdbc.sql(
            """
            select ticket_id from imported_ticket where source = :source and foreign_id = :id
            """)
        .param("source", source)
        .param("id", id)
        .query((row, _) -> new TicketId(row.getLong("ticket_id")))
        .optional()
        .orElse(null);
  }
}
