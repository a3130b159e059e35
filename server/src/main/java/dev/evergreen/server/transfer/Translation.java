package dev.evergreen.server.transfer;

import dev.evergreen.server.channel.mime.HtmlSanitizer;
import dev.evergreen.server.channel.mime.HtmlText;
import dev.evergreen.server.channel.mime.QuotedText;
import dev.evergreen.server.customer.CustomerId;
import dev.evergreen.server.customer.PastCustomers.Newcomer;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.field.FieldValues;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.TeamId;
import dev.evergreen.server.ticket.NewAttachment;
import dev.evergreen.server.ticket.NewMessage;
import dev.evergreen.server.ticket.Severity;
import dev.evergreen.server.ticket.Status;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.TicketStatus;
import dev.evergreen.server.ticket.TicketType;
import dev.evergreen.server.ticket.past.PastTicket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Puts what another program tells of a ticket into our words. Writes nothing; what does not fit
/// becomes a finding and is left out.
///
/// @param label what the other program is called
/// @param strangers agents who are not here and have been told of: once is enough
/// @param archiveBefore what was closed before is archived from the start; null for never
record Translation(
    House house,
    Mapping mapping,
    String source,
    String label,
    Instant now,
    @Nullable Instant archiveBefore,
    Set<String> strangers,
    Consumer<Finding> findings) {
  private static final Instant EARLIEST = Instant.parse("1990-01-01T00:00:00Z");
  private static final int LONGEST_TEXT = 1_000_000;
  private static final int LONGEST_NOTE = 100_000;
  private static final int LONGEST_SUBJECT = 500;

  /// How the parts of a ticket that need the database are found.
  ///
  /// @param file stores a file and says so; empty when its content is missing
  record Found(
      Map<String, CustomerId> customers,
      Map<String, Long> tags,
      Function<ForeignFile, Optional<NewAttachment>> file) {}

  Person customer(ForeignTicket ticket) {
    var named = ticket.people().customer();
    if (named != null) {
      return named;
    }
    return ticket.entries().stream()
        .filter(entry -> entry instanceof ForeignTicket.Entry.Message)
        .map(ForeignTicket.Entry::by)
        .filter(Person::isCustomer)
        .findFirst()
        .orElseGet(() -> {
          find(ticket, "somebody who asks", "nobody");
          return Person.customer("nobody", "Unknown (" + label + ")", "", "");
        });
  }

  PastTicket ticket(ForeignTicket ticket, Found found) {
    var customer = Objects.requireNonNull(found.customers().get(customer(ticket).identity(source)));
    var entries = entries(ticket, found);
    var standing = standing(ticket);
    var moments = moments(ticket, standing.status(), entries);
    settle(ticket, standing, moments, entries);
    return new PastTicket(
        subject(ticket, entries),
        new Ticket.Origin(customer, channel(ticket)),
        standing,
        assignment(ticket),
        kept(ticket, found),
        moments,
        entries);
  }

  private String channel(ForeignTicket ticket) {
    var word = ticket.said().aspect(Aspect.CHANNEL);
    var channel = mapping.become(Aspect.CHANNEL, word);
    return channel.isEmpty() ? "email" : channel;
  }

  private PastTicket.Standing standing(ForeignTicket ticket) {
    var said = ticket.said();
    var word = said.aspect(Aspect.STATUS);
    var status = mapping.status(word);
    var own =
        house
            .status(said.fact("status-name").isEmpty() ? word : said.fact("status-name"))
            .filter(one -> one.category() == status)
            .map(TicketStatus::id)
            .orElse(null);
    return new PastTicket.Standing(
        status,
        own,
        mapping.priority(said.aspect(Aspect.PRIORITY)),
        "As it was in " + label,
        mapping.become(Aspect.OUTCOME, said.aspect(Aspect.OUTCOME)),
        number(said.fact("reopened")));
  }

  private static int number(String text) {
    return text.matches("\\d{1,6}") ? Integer.parseInt(text) : 0;
  }

  private Ticket.Assignment assignment(ForeignTicket ticket) {
    var word = ticket.said().aspect(Aspect.TEAM);
    var key = mapping.become(Aspect.TEAM, word);
    TeamId team = house.team(key).map(one -> one.id()).orElse(null);
    var person = ticket.people().agent();
    var agent = person == null ? null : house.agent(person).orElse(null);
    if (person != null && agent == null && strangers.add(named(person))) {
      find(ticket, "an agent here with the address of whoever has it", named(person));
    }
    return new Ticket.Assignment(team, agent == null ? null : agent.id());
  }

  private static String named(Person person) {
    return person.address().isEmpty() ? person.name() : person.address();
  }

  private PastTicket.Kept kept(ForeignTicket ticket, Found found) {
    var said = ticket.said();
    @Nullable TicketType type = mapping.type(said.aspect(Aspect.TYPE));
    @Nullable Severity severity = mapping.severity(said.aspect(Aspect.SEVERITY));
    var tags =
        said.tags().stream()
            .map(Takeover::tag)
            .flatMap(name -> Optional.ofNullable(found.tags().get(name)).stream())
            .distinct()
            .limit(Takeover.MOST_TAGS)
            .toList();
    return new PastTicket.Kept(
        type,
        severity,
        mapping.become(Aspect.CATEGORY, said.aspect(Aspect.CATEGORY)),
        tags,
        fields(Aspect.FIELD, said.fields(), ticket),
        cut(clean(said.fact("root-cause")), 2_000));
  }

  /// What is told of somebody in fields, and of their organization.
  Newcomer.Fields told(ForeignTicket ticket, Person person) {
    return new Newcomer.Fields(
        fields(Aspect.CUSTOMER_FIELD, person.fields().own(), ticket),
        fields(Aspect.ORGANIZATION_FIELD, person.fields().organization(), ticket));
  }

  private FieldValues fields(Aspect aspect, Map<String, String> said, ForeignTicket ticket) {
    return new FieldWords(house, mapping, (expected, found) -> find(ticket, expected, found))
        .read(aspect, said);
  }

  private List<PastTicket.Entry> entries(ForeignTicket ticket, Found found) {
    var entries = new ArrayList<PastTicket.Entry>();
    for (var entry : ticket.entries()) {
      switch (entry) {
        case ForeignTicket.Entry.Message message -> entries.add(said(ticket, message, found));
        case ForeignTicket.Entry.Note note -> noted(ticket, note).ifPresent(entries::add);
        case ForeignTicket.Entry.Event event ->
            happened(ticket, event, found).ifPresent(entries::add);
      }
    }
    entries.sort(Comparator.comparing(PastTicket.Entry::at));
    return entries;
  }

  /// What was done with another ticket is left out: that has another number here.
  private Optional<PastTicket.Entry> happened(
      ForeignTicket ticket, ForeignTicket.Entry.Event event, Found found) {
    if (event.data().containsKey("ticket")) {
      find(ticket, "what was done with this ticket alone", event.kind());
      return Optional.empty();
    }
    return Optional.of(
        new PastTicket.Entry.Happened(
            actor(event.by(), found), time(ticket, event.at()), event.kind(), data(event)));
  }

  /// What an event says, with our ids for the teams and agents that it names.
  private Map<String, Object> data(ForeignTicket.Entry.Event event) {
    var data = new HashMap<>(event.data());
    if (data.remove("team") instanceof String key) {
      house.team(key).ifPresent(team -> data.put("team", team.id().value()));
    }
    if (data.remove("agent") instanceof String address) {
      house
          .agent(Person.agent("", "", address))
          .ifPresent(agent -> data.put("agent", agent.id().value()));
    }
    data.values().removeIf(Objects::isNull);
    return data;
  }

  private PastTicket.Entry said(
      ForeignTicket ticket, ForeignTicket.Entry.Message message, Found found) {
    var html = message.words().html();
    var safe = html == null || html.isBlank() ? null : HtmlSanitizer.sanitize(clean(html));
    var text = clean(message.words().text()).strip();
    if (text.isEmpty() && safe != null) {
      text = HtmlText.of(safe);
    }
    if (text.length() > LONGEST_TEXT) {
      find(ticket, "a message of at most 1,000,000 letters", text.length() + " letters; cut");
      text = cut(text, LONGEST_TEXT);
    }
    var files = new ArrayList<NewAttachment>();
    for (var file : message.files()) {
      found
          .file()
          .apply(file)
          .ifPresentOrElse(
              files::add,
              () -> find(ticket, "the content of the file " + file.name(), "only its name"));
    }
    var given = message.words().foldAt();
    int fold = given == null ? QuotedText.splitOf(text) : Math.min(given, text.length());
    return new PastTicket.Entry.Said(
        new NewMessage(
            actor(message.by(), found),
            text,
            safe,
            files,
            time(ticket, message.at()),
            new NewMessage.Mail(message.words().mailId(), List.of()),
            fold >= text.length() ? null : (Integer) fold),
        message.way());
  }

  private Optional<PastTicket.Entry> noted(ForeignTicket ticket, ForeignTicket.Entry.Note note) {
    var text = clean(note.text()).strip();
    if (!note.files().isEmpty()) {
      find(
          ticket,
          "notes without files: they hold words only",
          note.files().size() + " files on a note; the words were taken");
    }
    if (text.length() > LONGEST_NOTE) {
      find(ticket, "a note of at most 100,000 letters", text.length() + " letters; cut");
      text = cut(text, LONGEST_NOTE);
    }
    return text.isEmpty()
        ? Optional.empty()
        : Optional.of(new PastTicket.Entry.Noted(noter(note.by()), time(ticket, note.at()), text));
  }

  /// Notes are written by agents, also by those who are not here.
  private Actor noter(Person person) {
    return house
        .agent(person)
        .map(Agent::actor)
        .orElseGet(() -> new Actor("agent", null, name(person)));
  }

  private Actor actor(Person person, Found found) {
    return switch (person.kind()) {
      case AGENT -> noter(person);
      case PROGRAM -> new Actor("system", null, name(person));
      case CUSTOMER -> {
        var id = found.customers().get(person.identity(source));
        yield id == null
            ? new Actor("customer", null, name(person))
            : Actor.customer(id.value(), name(person));
      }
    };
  }

  private static String name(Person person) {
    var name = person.name().replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    name = name.isEmpty() ? person.address() : name;
    return name.isEmpty() ? "Unknown" : cut(name, 200);
  }

  private Ticket.Moments moments(
      ForeignTicket ticket, Status status, List<PastTicket.Entry> entries) {
    var times = ticket.times();
    var opened = times.opened();
    var first = entries.isEmpty() ? now : entries.getFirst().at();
    var openedAt = opened == null || opened.isAfter(first) ? first : time(ticket, opened);
    var last = entries.isEmpty() ? openedAt : entries.getLast().at();
    var updated = times.updated();
    var updatedAt = updated == null ? last : later(time(ticket, updated), openedAt);
    var isClosed = status == Status.CLOSED;
    var closed = times.closed();
    var closedAt =
        !isClosed ? null : later(closed == null ? updatedAt : time(ticket, closed), openedAt);
    return new Ticket.Moments(
        openedAt,
        updatedAt,
        firstAnswer(entries),
        closedAt,
        closedAt != null && archiveBefore != null && closedAt.isBefore(archiveBefore) ? now : null);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isBefore(other) ? other : one;
  }

  private static @Nullable Instant firstAnswer(List<PastTicket.Entry> entries) {
    for (var entry : entries) {
      if (entry instanceof PastTicket.Entry.Said said
          && !said.incoming()
          && said.by().kind().equals("agent")) {
        return said.at();
      }
    }
    return null;
  }

  /// How it ended stands in its timeline, also where only the status said so.
  private void settle(
      ForeignTicket ticket,
      PastTicket.Standing standing,
      Ticket.Moments moments,
      List<PastTicket.Entry> entries) {
    var kind =
        switch (standing.status()) {
          case SOLVED -> "ticket.solved";
          case CLOSED -> "ticket.closed";
          case NEW, OPEN, PENDING, ON_HOLD -> "";
        };
    var isTold =
        entries.stream()
            .anyMatch(entry ->
                entry instanceof PastTicket.Entry.Happened happened
                    && happened.kind().equals(kind));
    if (kind.isEmpty() || isTold) {
      return;
    }
    var data = new HashMap<String, Object>();
    if (!standing.outcome().isEmpty()) {
      data.put("outcome", standing.outcome());
    }
    if (standing.status() == Status.SOLVED) {
      data.put("name", ticket.said().aspect(Aspect.STATUS));
    }
    var closed = ticket.times().closed();
    var at =
        moments.closedAt() != null
            ? moments.closedAt()
            : closed == null ? moments.updatedAt() : time(ticket, closed);
    var by = ticket.people().agent();
    entries.add(
        new PastTicket.Entry.Happened(
            by == null ? new Actor("system", null, label) : noter(by), at, kind, data));
    entries.sort(Comparator.comparing(PastTicket.Entry::at));
  }

  private String subject(ForeignTicket ticket, List<PastTicket.Entry> entries) {
    var given = oneLine(ticket.said().subject());
    if (given.isEmpty()) {
      given =
          entries.stream()
              .filter(PastTicket.Entry.Said.class::isInstance)
              .map(entry -> oneLine(((PastTicket.Entry.Said) entry).message().text()))
              .filter(text -> !text.isEmpty())
              .findFirst()
              .map(text -> cut(text, 160))
              .orElse("(no subject)");
    }
    return cut(given, LONGEST_SUBJECT);
  }

  private Instant time(ForeignTicket ticket, Instant at) {
    if (at.isAfter(now.plus(Duration.ofDays(1)))) {
      find(ticket, "a time in the past", at.toString());
      return now;
    }
    if (at.isBefore(EARLIEST)) {
      find(ticket, "a time since 1990", at.toString());
      return EARLIEST;
    }
    return at.isAfter(now) ? now : at;
  }

  private static String oneLine(String text) {
    return clean(text).replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
  }

  /// What no text of the database can hold.
  private static String clean(String text) {
    return text.indexOf('\0') < 0 ? text : text.replace("\0", "");
  }

  private static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
  }

  private void find(ForeignTicket ticket, String expected, String found) {
    findings.accept(new Finding(ticket.place() + ", ticket " + ticket.number(), expected, found));
  }
}
