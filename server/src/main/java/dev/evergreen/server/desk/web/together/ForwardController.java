package dev.evergreen.server.desk.web.together;

import dev.evergreen.server.channel.SideCorrespondence.Opening;
import dev.evergreen.server.desk.web.Desk;
import dev.evergreen.server.platform.web.Page;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.ticket.Attachment;
import dev.evergreen.server.ticket.Message;
import dev.evergreen.server.ticket.MessageId;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.Tickets;
import dev.evergreen.server.ticket.relation.HiddenLinks;
import dev.evergreen.server.ticket.side.FoundSides;
import jakarta.servlet.http.HttpServletRequest;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/// Passes on what was said, a message or all of it, with its files, to somebody outside. It begins
/// a side conversation: what they answer stands there, and the customer sees nothing of it. Notes
/// are never passed on, nor the customer's own links.
@Controller
final class ForwardController {
  private static final int MOST = 30;
  private static final int LONGEST = 60_000;
  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm", Locale.ENGLISH);

  private final Desk desk;
  private final Tickets tickets;
  private final FoundSides found;
  private final Along along;
  private final HiddenLinks links;

  ForwardController(Desk desk, Tickets tickets, FoundSides found, Along along, HiddenLinks links) {
    this.desk = desk;
    this.tickets = tickets;
    this.found = found;
    this.along = along;
    this.links = links;
  }

  /// @param message the one that is passed on; without it all that was said
  @GetMapping("/tickets/{number}/forwarding")
  String form(
      @PathVariable long number,
      @RequestParam(required = false) @Nullable Long message,
      Agent agent,
      HttpServletRequest request,
      Model model) {
    var ticket = desk.ticket(number, agent, Permission.ANSWER);
    var said = said(ticket, message, agent);
    var files =
        said.stream()
            .flatMap(one -> one.body().attachments().stream())
            .map(Attachment::id)
            .collect(Collectors.toSet());
    model.addAttribute("agent", agent);
    model.addAttribute(
        "page",
        new NewSidePage(
            ticket,
            new Opening("", "", "Fwd: " + ticket.subject()),
            "\n\n" + quoted(said, Page.zoneOf(request)),
            along.offered(ticket, files),
            found.partners(),
            "",
            said.size()));
    return "desk/together/side_new";
  }

  private List<Message> said(Ticket ticket, @Nullable Long message, Agent agent) {
    var all = tickets.visibleTo(agent).conversation(ticket).messages();
    if (message == null) {
      return all.subList(Math.max(0, all.size() - MOST), all.size());
    }
    var wanted = new MessageId(message);
    var one = all.stream().filter(said -> said.id().equals(wanted)).toList();
    if (one.isEmpty()) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    return one;
  }

  private String quoted(List<Message> said, ZoneId zone) {
    var text =
        said.stream().map(message -> quoted(message, zone)).collect(Collectors.joining("\n\n"));
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }

  private String quoted(Message message, ZoneId zone) {
    return "---------- Forwarded message ----------\nFrom: %s\nDate: %s\n\n%s"
        .formatted(
            message.author().name(),
            WHEN.format(message.at().atZone(zone)),
            links.hidden(message.body().news()));
  }
}
