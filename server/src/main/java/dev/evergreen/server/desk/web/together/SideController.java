package dev.evergreen.server.desk.web.together;

import dev.evergreen.server.channel.SideCorrespondence;
import dev.evergreen.server.channel.SideCorrespondence.Opening;
import dev.evergreen.server.desk.web.Desk;
import dev.evergreen.server.desk.web.Exchange;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.platform.Submissions;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.Tickets;
import dev.evergreen.server.ticket.side.FoundSides;
import dev.evergreen.server.ticket.side.SideConversation;
import dev.evergreen.server.ticket.side.SideConversations;
import dev.evergreen.server.ticket.side.SideId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;

/// Side conversations of a ticket: begun, read and written on, closed and opened again. Whoever
/// sees the ticket reads them; only those who answer customers write to partners.
@Controller
final class SideController {
  private final Desk desk;
  private final FoundSides found;
  private final SideConversations sides;
  private final SideCorrespondence correspondence;
  private final Along along;
  private final Submissions submissions;
  private final Tickets tickets;

  SideController(
      Desk desk,
      FoundSides found,
      SideConversations sides,
      SideCorrespondence correspondence,
      Along along,
      Submissions submissions,
      Tickets tickets) {
    this.desk = desk;
    this.found = found;
    this.sides = sides;
    this.correspondence = correspondence;
    this.along = along;
    this.submissions = submissions;
    this.tickets = tickets;
  }

  @GetMapping("/tickets/{number}/sides/new")
  String form(@PathVariable long number, Agent agent, Model model) {
    var ticket = writable(number, agent);
    return page(
        new NewSidePage(
            ticket,
            new Opening("", "", ""),
            "",
            along.offered(ticket, Set.of()),
            found.partners(),
            "",
            0),
        agent,
        model);
  }

  @PostMapping("/tickets/{number}/sides")
  String begin(
      @PathVariable long number,
      @RequestParam(defaultValue = "") String address,
      @RequestParam(defaultValue = "") String name,
      @RequestParam(defaultValue = "") String subject,
      @RequestParam(defaultValue = "") String text,
      @RequestParam(name = "along", defaultValue = "") Set<Long> chosen,
      @RequestParam(name = "files", required = false) @Nullable List<MultipartFile> uploads,
      @RequestParam(defaultValue = "0") int forwarded,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var ticket = writable(number, agent);
    var opening = new Opening(address, name, subject);
    var begun =
        submissions.once(
            new Exchange(agent, request, response, model).key(),
            () ->
                along
                    .files(ticket, chosen, uploads == null ? List.of() : uploads)
                    .then(files -> correspondence.begin(ticket, opening, text, files, agent))
                    .map(side -> passedOn(side, forwarded, agent))
                    .map(side -> side.path()));
    return switch (begun) {
      case Outcome.Accepted<String>(String path) -> {
        Flash.say(request, response, "Sent. Their answer comes in here.");
        yield "redirect:" + path;
      }
      case Outcome.Rejected<String>(Reason reason, String detail) -> {
        response.setStatus(reason.status());
        yield page(
            new NewSidePage(
                ticket,
                opening,
                text,
                along.offered(ticket, chosen),
                found.partners(),
                "Not sent: " + detail,
                forwarded),
            agent,
            model);
      }
    };
  }

  /// What is passed on is told on the ticket for what it is.
  private SideConversation passedOn(SideConversation side, int forwarded, Agent agent) {
    if (forwarded > 0) {
      tickets.record(
          side.ticket(),
          "ticket.forwarded",
          agent.actor(),
          Map.of(
              "messages", forwarded,
              "partner", side.partner().address().toString(),
              "side", side.id().value()));
    }
    return side;
  }

  @GetMapping("/tickets/{number}/sides/{id:\\d+}")
  String show(@PathVariable long number, @PathVariable long id, Agent agent, Model model) {
    var ticket = desk.current(number, agent, Permission.SEE);
    model.addAttribute("agent", agent);
    model.addAttribute("page", page(ticket, side(ticket, id), "", "", Set.of(), agent));
    return "desk/together/side";
  }

  @GetMapping("/tickets/{number}/sides/{id:\\d+}/messages")
  String messages(@PathVariable long number, @PathVariable long id, Agent agent, Model model) {
    var ticket = desk.current(number, agent, Permission.SEE);
    model.addAttribute("page", page(ticket, side(ticket, id), "", "", Set.of(), agent));
    return "desk/together/side_messages";
  }

  @PostMapping("/tickets/{number}/sides/{id:\\d+}/messages")
  String write(
      @PathVariable long number,
      @PathVariable long id,
      @RequestParam(defaultValue = "") String text,
      @RequestParam(name = "along", defaultValue = "") Set<Long> chosen,
      @RequestParam(name = "files", required = false) @Nullable List<MultipartFile> uploads,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var ticket = writable(number, agent);
    var side = side(ticket, id);
    var written =
        submissions.once(
            new Exchange(agent, request, response, model).key(),
            () ->
                along
                    .files(ticket, chosen, uploads == null ? List.of() : uploads)
                    .then(files -> correspondence.write(side, text, files, agent))
                    .map(SideConversation::path));
    return switch (written) {
      case Outcome.Accepted<String>(String path) -> {
        Flash.say(request, response, "Sent.");
        yield "redirect:" + path;
      }
      case Outcome.Rejected<String>(Reason reason, String detail) -> {
        response.setStatus(reason.status());
        model.addAttribute("agent", agent);
        model.addAttribute(
            "page", page(ticket, side(ticket, id), text, "Not sent: " + detail, chosen, agent));
        yield "desk/together/side";
      }
    };
  }

  @PostMapping("/tickets/{number}/sides/{id:\\d+}/closing")
  String close(
      @PathVariable long number,
      @PathVariable long id,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response) {
    var side = side(writable(number, agent), id);
    return turned(() -> sides.close(side.id(), agent), "Closed.", side, request, response);
  }

  @PostMapping("/tickets/{number}/sides/{id:\\d+}/reopening")
  String reopen(
      @PathVariable long number,
      @PathVariable long id,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response) {
    var side = side(writable(number, agent), id);
    return turned(() -> sides.reopen(side.id(), agent), "Open again.", side, request, response);
  }

  private String turned(
      Supplier<Outcome<SideConversation>> verb,
      String done,
      SideConversation side,
      HttpServletRequest request,
      HttpServletResponse response) {
    submissions.untilKnown(() -> verb.get().expected());
    Flash.say(request, response, done);
    return "redirect:" + side.path();
  }

  private SidePage page(
      Ticket ticket,
      SideConversation side,
      String typed,
      String problem,
      Set<Long> chosen,
      Agent agent) {
    var mayWrite = ticket.isFor(agent, Permission.ANSWER);
    return new SidePage(
        ticket,
        side,
        found.messages(side.id()),
        mayWrite ? along.offered(ticket, chosen) : new Handing(List.of(), Set.of()),
        mayWrite,
        typed,
        problem);
  }

  private static String page(NewSidePage page, Agent agent, Model model) {
    model.addAttribute("agent", agent);
    model.addAttribute("page", page);
    return "desk/together/side_new";
  }

  /// One of this ticket, or of what lives on in it.
  private SideConversation side(Ticket ticket, long id) {
    return found.of(ticket.id()).stream()
        .filter(side -> side.id().equals(new SideId(id)))
        .findFirst()
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  private Ticket writable(long number, Agent agent) {
    return desk.current(number, agent, Permission.ANSWER);
  }
}
