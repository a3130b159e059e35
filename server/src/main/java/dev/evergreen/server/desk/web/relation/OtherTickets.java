package dev.evergreen.server.desk.web.relation;

import dev.evergreen.server.desk.web.CustomerPanel;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.Tickets;
import dev.evergreen.server.ticket.view.View;
import dev.evergreen.server.ticket.view.ViewPages;
import dev.evergreen.server.ticket.view.Viewpoint;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/// Finds another ticket for a person who has one open: by its number, by words of its subject or
/// its customer's name, or, when nothing is typed yet, the one they most likely mean.
@Component
final class OtherTickets {
  private static final Pattern NUMBER = Pattern.compile("#?(\\d{1,18})");
  private static final int SHOWN = 8;
  private static final int SEARCHED = 200;

  private final Tickets tickets;
  private final ViewPages pages;
  private final DatabaseClock clock;

  OtherTickets(Tickets tickets, ViewPages pages, DatabaseClock clock) {
    this.tickets = tickets;
    this.pages = pages;
    this.clock = clock;
  }

  Optional<Ticket> withNumber(String typed, Agent reader) {
    var number = NUMBER.matcher(typed.strip());
    return number.matches()
        ? tickets.visibleTo(reader).get(new TicketId(Long.parseLong(number.group(1))))
        : Optional.empty();
  }

  List<CustomerPanel.Other> candidates(Ticket ticket, String words, Agent reader) {
    var found = new LinkedHashSet<Ticket>();
    if (words.isBlank()) {
      var visible = tickets.visibleTo(reader);
      found.addAll(visible.alike(ticket.customer(), ticket.subject()));
      visible.of(ticket.customer(), SHOWN + 1).stream()
          .filter(other -> !other.isClosed())
          .forEach(found::add);
    } else {
      withNumber(words, reader).ifPresent(found::add);
      found.addAll(matching(words, reader));
    }
    return found.stream()
        .filter(other -> !other.id().equals(ticket.id()))
        .limit(SHOWN)
        .map(CustomerPanel.Other::of)
        .toList();
  }

  private List<Ticket> matching(String words, Agent reader) {
    var wanted = Arrays.asList(words.toLowerCase(Locale.ROOT).strip().split("\\s+"));
    var matching = new ArrayList<Ticket>();
    var from = new Viewpoint(reader, clock.instant(), ZoneOffset.UTC);
    for (var row : pages.page(View.ALL.terms(), null, SEARCHED, from).rows()) {
      var text = (row.ticket().subject() + " " + row.customer()).toLowerCase(Locale.ROOT);
      if (wanted.stream().allMatch(text::contains)) {
        matching.add(row.ticket());
      }
    }
    return matching;
  }
}
