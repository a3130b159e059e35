package dev.evergreen.server.desk.web;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.platform.Submissions;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.platform.web.Page;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.ticket.Conversations;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.composing.Drafts;
import dev.evergreen.server.workflow.Checklist;
import dev.evergreen.server.workflow.CommandId;
import dev.evergreen.server.workflow.Commands;
import dev.evergreen.server.workflow.Completion;
import dev.evergreen.server.workflow.Task;
import dev.evergreen.server.workflow.TaskId;
import dev.evergreen.server.workflow.Tasks;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/// What an agent writes: an answer to the customer, or a note that stays with us; with either they
/// may complete the step that asked for it. What is refused comes back as it was typed.
@Controller
final class EntryController {

  private final Desk desk;
  private final Screens screens;
  private final Conversations conversations;
  private final Drafts drafts;
  private final Tasks tasks;
  private final Commands commands;
  private final Submissions submissions;
  private final ReplySending sending;
  private final Afterwards afterwards;
  private final BeforeSending before;

  EntryController(
      Desk desk,
      Screens screens,
      Conversations conversations,
      Drafts drafts,
      Tasks tasks,
      Commands commands,
      Submissions submissions,
      ReplySending sending,
      Afterwards afterwards,
      BeforeSending before) {
    this.desk = desk;
    this.screens = screens;
    this.conversations = conversations;
    this.drafts = drafts;
    this.tasks = tasks;
    this.commands = commands;
    this.submissions = submissions;
    this.sending = sending;
    this.afterwards = afterwards;
    this.before = before;
  }

  @PostMapping(path = "/tickets/{number}/entries", params = "kind=reply")
  String reply(
      @PathVariable long number,
      @ModelAttribute Entry entry,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var ticket = desk.current(number, agent, Permission.ANSWER);
    var exchange = new Exchange(agent, request, response, model);
    var objection = before.objection(ticket, entry, agent);
    if (objection.isPresent()) {
      var reason = objection.get() instanceof Refusal.OfWords ? Reason.INVALID : Reason.OUTDATED;
      return screens.refuse(ticket, reason, objection.get(), exchange);
    }
    return take(ticket, entry, false, () -> sending.send(ticket, entry, exchange), exchange);
  }

  @PostMapping(path = "/tickets/{number}/entries", params = "kind=note")
  String note(
      @PathVariable long number,
      @ModelAttribute Entry entry,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var ticket = desk.current(number, agent, Permission.NOTE);
    var exchange = new Exchange(agent, request, response, model);
    return take(ticket, entry, true, () -> keep(ticket, entry, agent), exchange);
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
    String there = afterwards.there(ticket, note ? "" : entry.view(), exchange);
    Outcome<String> outcome =
        obstacle.isEmpty()
            ? submissions.once(exchange.key(), command)
            : Outcome.rejected(Reason.OUTDATED, "Not sent: " + obstacle);
    return switch (outcome) {
      case Outcome.Accepted<String>(String done) -> {
        drafts.drop(ticket.id(), exchange.agent().id());
        var said = ReplySending.Said.of(done);
        String more = said.isLater() ? "" : completed(entry.completes(), exchange);
        Flash.say(
            exchange.request(),
            exchange.response(),
            said.sentence() + more + (said.undo().isEmpty() ? "" : "\n" + said.undo()));
        yield "redirect:" + there;
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
