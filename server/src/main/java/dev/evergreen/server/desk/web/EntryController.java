package dev.evergreen.server.desk.web;

import dev.evergreen.server.channel.Copies;
import dev.evergreen.server.channel.Correspondence;
import dev.evergreen.server.channel.CrossedAnswers;
import dev.evergreen.server.channel.HeldReplies;
import dev.evergreen.server.channel.HeldReply;
import dev.evergreen.server.channel.OwnAddresses;
import dev.evergreen.server.channel.Reply;
import dev.evergreen.server.channel.SendingPreferences;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.platform.Submissions;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.platform.web.Page;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.ticket.Conversations;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.composing.DraftFiles;
import dev.evergreen.server.ticket.composing.Drafts;
import dev.evergreen.server.ticket.composing.Macro;
import dev.evergreen.server.ticket.composing.Macros;
import dev.evergreen.server.ticket.composing.Uploads;
import dev.evergreen.server.workflow.Checklist;
import dev.evergreen.server.workflow.CommandId;
import dev.evergreen.server.workflow.Commands;
import dev.evergreen.server.workflow.Completion;
import dev.evergreen.server.workflow.Task;
import dev.evergreen.server.workflow.TaskId;
import dev.evergreen.server.workflow.Tasks;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.server.ResponseStatusException;

/// What an agent writes: an answer to the customer, or a note that stays with us; with either they
/// may complete the step that asked for it. What is refused comes back as it was typed.
@Controller
final class EntryController {

  private final Desk desk;
  private final Screens screens;
  private final Conversations conversations;
  private final Correspondence correspondence;
  private final HeldReplies held;
  private final Macros macros;
  private final SendingPreferences preferences;
  private final InstantSource clock;
  private final Uploads uploads;
  private final Drafts drafts;
  private final DraftFiles draftFiles;
  private final Tasks tasks;
  private final Commands commands;
  private final Submissions submissions;
  private final OwnAddresses own;
  private final CrossedAnswers crossed;

  EntryController(
      Desk desk,
      Screens screens,
      Conversations conversations,
      Correspondence correspondence,
      HeldReplies held,
      Macros macros,
      SendingPreferences preferences,
      InstantSource clock,
      Uploads uploads,
      Drafts drafts,
      DraftFiles draftFiles,
      Tasks tasks,
      Commands commands,
      Submissions submissions,
      OwnAddresses own,
      CrossedAnswers crossed) {
    this.desk = desk;
    this.screens = screens;
    this.conversations = conversations;
    this.correspondence = correspondence;
    this.held = held;
    this.macros = macros;
    this.preferences = preferences;
    this.clock = clock;
    this.uploads = uploads;
    this.drafts = drafts;
    this.draftFiles = draftFiles;
    this.tasks = tasks;
    this.commands = commands;
    this.submissions = submissions;
    this.own = own;
    this.crossed = crossed;
  }

  @PostMapping(path = "/tickets/{number}/entries", params = "kind=reply")
  String reply(
      @PathVariable long number,
      @ModelAttribute Entry entry,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var ticket = desk.current(number, agent);
    if (!Writing.mayReply(agent)) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    var exchange = new Exchange(agent, request, response, model);
    var faster = entry.crossing(crossed, ticket, agent);
    if (faster.isPresent()) {
      var refusal = new Refusal.OfCrossing(entry.draft(false), faster.get());
      return screens.refuse(ticket, Reason.OUTDATED, refusal, exchange);
    }
    return take(ticket, entry, false, () -> send(ticket, entry, exchange), exchange);
  }

  @PostMapping(path = "/tickets/{number}/entries", params = "kind=note")
  String note(
      @PathVariable long number,
      @ModelAttribute Entry entry,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var ticket = desk.current(number, agent);
    var exchange = new Exchange(agent, request, response, model);
    return take(ticket, entry, true, () -> keep(ticket, entry, agent), exchange);
  }

  private Outcome<String> send(Ticket ticket, Entry entry, Exchange exchange) {
    var agent = exchange.agent();
    var words = entry.words();
    var macro = entry.macro() == null ? null : macros.visibleTo(agent, entry.macro()).orElse(null);
    if (entry.macro() != null && macro == null) {
      return Outcome.rejected(Reason.OUTDATED, "Not sent: that macro is no longer there.");
    }
    if (macro != null && words.isBlank() && !macro.effects().isNothing()) {
      macros.perform(ticket.id(), macro.use(), agent);
      return Outcome.accepted("Done: “" + macro.name() + "”.");
    }
    if (words.isBlank() || entry.isTooLong()) {
      return Outcome.rejected(
          Reason.INVALID, "Not sent: expected an answer of 1 to 100,000 letters.");
    }
    var use = macro == null || macro.effects().isNothing() ? null : macro.use();
    return departure(entry, exchange)
        .then(departure ->
            entry
                .copies(own::isOwn)
                .then(copies -> send(ticket, entry, copies, use, departure, agent)))
        .fold(
            Outcome::accepted,
            refused -> Outcome.rejected(refused.reason(), "Not sent: " + refused.detail()));
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
    } else {
      held.hold(ticket, reply, departure.plan(), agent);
    }
    return departure.said();
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

  private Outcome<String> keep(Ticket ticket, Entry entry, Agent agent) {
    return entry.isTooLong()
        ? Outcome.rejected(Reason.INVALID, "Not noted: expected at most 100,000 letters.")
        : conversations
            .note(ticket.id(), entry.words().text(), agent)
            .fold(
                _ -> Outcome.accepted("Noted, only for us."),
                refused -> Outcome.rejected(refused.reason(), "Not noted: " + refused.detail()));
  }

  /// Nothing is sent when the step that is to be completed with it cannot be.
  private String take(
      Ticket ticket,
      Entry entry,
      boolean note,
      Supplier<Outcome<String>> command,
      Exchange exchange) {
    String obstacle = obstacle(entry.completes(), ticket, exchange);
    Outcome<String> outcome =
        obstacle.isEmpty()
            ? submissions.once(exchange.key(), command)
            : Outcome.rejected(Reason.OUTDATED, "Not sent: " + obstacle);
    return switch (outcome) {
      case Outcome.Accepted<String>(String said) -> {
        drafts.drop(ticket.id(), exchange.agent().id());
        String done =
            !said.startsWith("Sent in") && !said.equals("Scheduled.")
                ? completed(entry.completes(), exchange)
                : "";
        Flash.say(exchange.request(), exchange.response(), said + done);
        yield "redirect:/tickets/" + ticket.id().value();
      }
      case Outcome.Rejected<String>(Reason reason, String detail) ->
          screens.refuse(ticket, reason, new Refusal.OfWords(entry.draft(note), detail), exchange);
    };
  }

  /// What was written stands whatever becomes of the step: a colleague may have been faster by a
  /// moment.
  private String completed(@Nullable Long completes, Exchange exchange) {
    if (completes == null) {
      return "";
    }
    var zone = Page.zoneOf(exchange.request());
    var completion =
        commands.complete(
            new CommandId(exchange.key()),
            new TaskId(completes),
            exchange.sent(),
            zone,
            exchange.agent());
    return switch (completion) {
      case Completion.Done done -> " “" + done.task().title() + "” is done.";
      case Completion.Wrong _ -> " The step is still open: it asks for answers.";
      case Completion.Refused refused -> " " + refused.detail();
    };
  }

  /// Why the step that is to be completed cannot be, in a sentence; empty when nothing stands in
  /// the way. Then nothing is sent either.
  private String obstacle(@Nullable Long completes, Ticket ticket, Exchange exchange) {
    if (completes == null) {
      return "";
    }
    return tasks
        .withId(new TaskId(completes))
        .filter(task -> task.subject().equals(ticket.id().subject()))
        .filter(Task::isOpen)
        .map(task ->
            Checklist.unchecked(tasks.step(task), exchange.sent()).values().stream()
                .findFirst()
                .orElse(""))
        .orElse(
            "The step you wanted to complete is no longer open. Look at what happened, then send again.");
  }
}
