package dev.evergreen.server.desk.web;

import dev.evergreen.server.channel.Correspondence;
import dev.evergreen.server.channel.Reply;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.platform.Submissions;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.platform.web.Page;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.ticket.Conversations;
import dev.evergreen.server.ticket.Drafts;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.Uploads;
import dev.evergreen.server.workflow.Checklist;
import dev.evergreen.server.workflow.CommandId;
import dev.evergreen.server.workflow.Commands;
import dev.evergreen.server.workflow.Completion;
import dev.evergreen.server.workflow.Task;
import dev.evergreen.server.workflow.TaskId;
import dev.evergreen.server.workflow.Tasks;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;

/// What an agent writes: an answer to the customer, or a note that stays with us; with either they
/// may complete the step that asked for it. What is refused comes back as it was typed.
@Controller
final class EntryController {

  private static final int LONGEST = 100_000;

  private final Desk desk;
  private final Screens screens;
  private final Conversations conversations;
  private final Correspondence correspondence;
  private final Uploads uploads;
  private final Drafts drafts;
  private final Tasks tasks;
  private final Commands commands;
  private final Submissions submissions;

  EntryController(
      Desk desk,
      Screens screens,
      Conversations conversations,
      Correspondence correspondence,
      Uploads uploads,
      Drafts drafts,
      Tasks tasks,
      Commands commands,
      Submissions submissions) {
    this.desk = desk;
    this.screens = screens;
    this.conversations = conversations;
    this.correspondence = correspondence;
    this.uploads = uploads;
    this.drafts = drafts;
    this.tasks = tasks;
    this.commands = commands;
    this.submissions = submissions;
  }

  @PostMapping(path = "/tickets/{number}/entries", params = "kind=reply")
  String reply(
      @PathVariable long number,
      @RequestParam(defaultValue = "") String text,
      @RequestParam(name = "files", required = false) @Nullable List<MultipartFile> attached,
      @RequestParam(required = false) @Nullable Long completes,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var ticket = desk.current(number, agent);
    if (!Writing.mayReply(agent)) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    var exchange = new Exchange(agent, request, response, model);
    String obstacle = obstacle(completes, ticket, exchange);
    return obstacle.isEmpty()
        ? answer(
            ticket,
            text,
            false,
            submissions.once(
                exchange.key(),
                () -> send(ticket, text, attached == null ? List.of() : attached, agent)),
            completes,
            exchange)
        : refuse(ticket, text, false, obstacle, exchange);
  }

  @PostMapping(path = "/tickets/{number}/entries", params = "kind=note")
  String note(
      @PathVariable long number,
      @RequestParam(defaultValue = "") String text,
      @RequestParam(required = false) @Nullable Long completes,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var ticket = desk.current(number, agent);
    var exchange = new Exchange(agent, request, response, model);
    String obstacle = obstacle(completes, ticket, exchange);
    return obstacle.isEmpty()
        ? answer(
            ticket,
            text,
            true,
            submissions.once(exchange.key(), () -> keep(ticket, text, agent)),
            completes,
            exchange)
        : refuse(ticket, text, true, obstacle, exchange);
  }

  private Outcome<String> send(
      Ticket ticket, String text, List<MultipartFile> attached, Agent agent) {
    if (text.isBlank() || text.length() > LONGEST) {
      return Outcome.rejected(
          Reason.INVALID, "Not sent: expected an answer of 1 to 100,000 letters.");
    }
    return uploads
        .store(attached)
        .fold(
            files -> {
              correspondence.reply(ticket.id(), new Reply(text, files), agent);
              return Outcome.accepted("Sent.");
            },
            refused -> Outcome.rejected(refused.reason(), "Not sent: " + refused.detail()));
  }

  private Outcome<String> keep(Ticket ticket, String text, Agent agent) {
    return text.length() > LONGEST
        ? Outcome.rejected(Reason.INVALID, "Not noted: expected at most 100,000 letters.")
        : conversations
            .note(ticket.id(), text, agent)
            .fold(
                _ -> Outcome.accepted("Noted, only for us."),
                refused -> Outcome.rejected(refused.reason(), "Not noted: " + refused.detail()));
  }

  private String answer(
      Ticket ticket,
      String text,
      boolean note,
      Outcome<String> outcome,
      @Nullable Long completes,
      Exchange exchange) {
    return switch (outcome) {
      case Outcome.Accepted<String>(String said) -> {
        drafts.drop(ticket.id(), exchange.agent().id());
        Flash.say(exchange.request(), exchange.response(), said + completed(completes, exchange));
        yield "redirect:/tickets/" + ticket.id().value();
      }
      case Outcome.Rejected<String>(Reason reason, String detail) ->
          screens.refuse(
              ticket,
              reason,
              new Refusal.OfWords(new Composer.Draft(text, note), detail),
              exchange);
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

  private String refuse(
      Ticket ticket, String text, boolean note, String obstacle, Exchange exchange) {
    return screens.refuse(
        ticket,
        Reason.OUTDATED,
        new Refusal.OfWords(new Composer.Draft(text, note), "Not sent: " + obstacle),
        exchange);
  }
}
