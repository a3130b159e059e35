package dev.evergreen.server.desk.web;

import dev.evergreen.server.channel.Copies;
import dev.evergreen.server.channel.Correspondence;
import dev.evergreen.server.channel.HeldReplies;
import dev.evergreen.server.channel.HeldReply;
import dev.evergreen.server.channel.OwnAddresses;
import dev.evergreen.server.channel.Reply;
import dev.evergreen.server.channel.SendingPreferences;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.platform.web.Page;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.ticket.Status;
import dev.evergreen.server.ticket.StatusId;
import dev.evergreen.server.ticket.Statuses;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.composing.DraftFiles;
import dev.evergreen.server.ticket.composing.Macro;
import dev.evergreen.server.ticket.composing.MacroEffects;
import dev.evergreen.server.ticket.composing.MacroUses;
import dev.evergreen.server.ticket.composing.Macros;
import dev.evergreen.server.ticket.composing.Uploads;
import dev.evergreen.server.workflow.TaskId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What an agent sends from the composer: at once, after the moment in which it can be undone, or
/// at a later time; with what a macro does, and into a status.
@Component
final class ReplySending {
  private static final String BETWEEN = "\n";

  private final Correspondence correspondence;
  private final HeldReplies held;
  private final Macros macros;
  private final MacroUses uses;
  private final Statuses statuses;
  private final SendingPreferences preferences;
  private final OwnAddresses own;
  private final Uploads uploads;
  private final DraftFiles draftFiles;
  private final InstantSource clock;

  ReplySending(
      Correspondence correspondence,
      HeldReplies held,
      Macros macros,
      MacroUses uses,
      Statuses statuses,
      SendingPreferences preferences,
      OwnAddresses own,
      Uploads uploads,
      DraftFiles draftFiles,
      InstantSource clock) {
    this.correspondence = correspondence;
    this.held = held;
    this.macros = macros;
    this.uses = uses;
    this.statuses = statuses;
    this.preferences = preferences;
    this.own = own;
    this.uploads = uploads;
    this.draftFiles = draftFiles;
    this.clock = clock;
  }

  /// What the page says when something was sent, and how to take it back; empty when it cannot be.
  record Said(String sentence, String undo) {
    static Said of(String done) {
      var parts = done.split(BETWEEN, 2);
      return new Said(parts[0], parts.length == 2 ? parts[1] : "");
    }

    /// Whether it has not gone out yet.
    boolean isLater() {
      return sentence.startsWith("Sent in") || sentence.equals("Scheduled.");
    }
  }

  /// @return what [Said] reads
  Outcome<String> send(Ticket ticket, Entry entry, Exchange exchange) {
    return checked(ticket, entry, exchange)
        .fold(
            Outcome::accepted,
            refused -> Outcome.rejected(refused.reason(), "Not sent: " + refused.detail()));
  }

  private Outcome<String> checked(Ticket ticket, Entry entry, Exchange exchange) {
    var agent = exchange.agent();
    var words = entry.words();
    var macro = entry.macro() == null ? null : macros.visibleTo(agent, entry.macro()).orElse(null);
    if (entry.macro() != null && macro == null) {
      return Outcome.rejected(Reason.OUTDATED, "that macro is no longer there.");
    }
    if (macro != null && words.isBlank() && !macro.effects().isNothing()) {
      return Outcome.accepted(used(ticket.id(), macro, agent));
    }
    if (words.isBlank() || entry.isTooLong()) {
      return Outcome.rejected(Reason.INVALID, "expected an answer of 1 to 100,000 letters.");
    }
    return into(entry)
        .then(settling -> {
          var use = use(macro, settling);
          return departure(entry, exchange)
              .then(departure ->
                  entry
                      .copies(own::isOwn)
                      .then(copies -> send(ticket, entry, copies, use, departure, agent)));
        });
  }

  /// A macro without words, which can be taken back as a whole.
  private String used(TicketId ticket, Macro macro, Agent agent) {
    var done = uses.perform(ticket, macro.use(), agent);
    var said =
        "Done: “"
            + macro.name()
            + "”."
            + (done.refused().isEmpty() ? "" : " Not done: " + String.join(" ", done.refused()));
    return done.change()
        .map(change ->
            said + BETWEEN + "/tickets/%d/changes/%d/undoing".formatted(ticket.value(), change))
        .orElse(said);
  }

  /// The status that it is sent into, if one was chosen.
  private Outcome<Optional<MacroEffects.Settling>> into(Entry entry) {
    if (entry.status() == null) {
      return Outcome.accepted(Optional.empty());
    }
    var wanted = new StatusId(entry.status());
    var status =
        statuses.all().offered().stream().filter(one -> one.id().equals(wanted)).findFirst();
    if (status.isEmpty()) {
      return Outcome.rejected(Reason.OUTDATED, "that status is no longer there.");
    }
    var outcome = entry.outcome() == null || entry.outcome().isBlank() ? null : entry.outcome();
    return status.get().category() == Status.CLOSED && outcome == null
        ? Outcome.rejected(
            Reason.INVALID,
            "expected an outcome for “" + status.get().name() + "”, but none was chosen.")
        : Outcome.accepted(Optional.of(new MacroEffects.Settling(wanted, outcome)));
  }

  private static Macro.@Nullable Use use(
      @Nullable Macro macro, Optional<MacroEffects.Settling> settling) {
    var effects = macro == null ? MacroEffects.NONE : macro.effects();
    var whole = settling.map(effects::into).orElse(effects);
    return whole.isNothing() ? null : new Macro.Use(macro == null ? "" : macro.name(), whole);
  }

  private Outcome<String> send(
      Ticket ticket,
      Entry entry,
      Optional<Copies> copies,
      Macro.@Nullable Use use,
      Departure departure,
      Agent agent) {
    var words = entry.words();
    return uploads
        .store(entry.uploads())
        .map(files -> {
          var attached = new ArrayList<>(files);
          attached.addAll(draftFiles.take(ticket.id(), agent.id(), words.images()));
          return send(
              ticket, new Reply(words, attached, copies.orElse(null), use), departure, agent);
        });
  }

  private String send(Ticket ticket, Reply reply, Departure departure, Agent agent) {
    if (departure.plan() == null) {
      correspondence.reply(ticket.id(), reply, agent);
      return departure.said();
    }
    var id = held.hold(ticket, reply, departure.plan(), agent);
    return departure.plan().isScheduled()
        ? departure.said()
        : departure.said()
            + BETWEEN
            + "/tickets/%d/held/%d/recall".formatted(ticket.id().value(), id.value());
  }

  /// When a reply leaves: with no plan at once. What was said is what the page says then.
  private record Departure(HeldReply.@Nullable Plan plan, String said) {}

  private Outcome<Departure> departure(Entry entry, Exchange exchange) {
    var zone = Page.zoneOf(exchange.request());
    Long task = entry.completes();
    var answer =
        task == null ? null : new HeldReply.Answer(new TaskId(task), exchange.sent(), zone);
    if (entry.isForLater()) {
      return SendTime.read(entry.time(), zone, clock.instant())
          .map(at -> new Departure(new HeldReply.Plan(at, true, answer), "Scheduled."));
    }
    var undo = preferences.undoTime(exchange.agent().id());
    return Outcome.accepted(
        entry.mayBeUndone() && undo.isPositive()
            ? new Departure(
                new HeldReply.Plan(clock.instant().plus(undo), false, answer),
                "Sent in %d seconds; until then you can undo it.".formatted(undo.toSeconds()))
            : new Departure(null, "Sent."));
  }
}
