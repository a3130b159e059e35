package dev.evergreen.server.desk.web;

import dev.evergreen.server.channel.SendingPreferences;
import dev.evergreen.server.platform.web.Page;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.view.Order;
import dev.evergreen.server.ticket.view.View;
import dev.evergreen.server.ticket.view.ViewPage;
import dev.evergreen.server.ticket.view.ViewPages;
import dev.evergreen.server.ticket.view.Viewpoint;
import dev.evergreen.server.ticket.view.Views;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/// Where a person goes when they have sent something: they stay, or go on with the next ticket of
/// the view that they came from, as they prefer. It is looked up before the sending moves the
/// ticket.
@Component
final class Afterwards {
  private static final int GROUPED = 100;

  private final SendingPreferences preferences;
  private final Views views;
  private final ViewPages pages;
  private final Desk desk;

  Afterwards(SendingPreferences preferences, Views views, ViewPages pages, Desk desk) {
    this.preferences = preferences;
    this.views = views;
    this.pages = pages;
    this.desk = desk;
  }

  /// @param view the key of the view; empty to stay
  String there(Ticket ticket, String view, Exchange exchange) {
    var here = "/tickets/" + ticket.id().value() + (view.isEmpty() ? "" : "?view=" + view);
    if (view.isEmpty() || !preferences.goesOn(exchange.agent().id())) {
      return here;
    }
    return views
        .get(view, exchange.agent())
        .map(found -> next(ticket, found, exchange))
        .orElse(here);
  }

  private String next(Ticket ticket, View view, Exchange exchange) {
    var from = desk.from(exchange.agent(), Page.zoneOf(exchange.request()));
    return Stream.concat(after(ticket, view, from), first(view, from))
        .filter(other -> !other.id().equals(ticket.id()))
        .findFirst()
        .map(other -> "/tickets/" + other.id().value() + "?view=" + view.key())
        .orElse("/tickets?view=" + view.key());
  }

  private Stream<Ticket> after(Ticket ticket, View view, Viewpoint from) {
    var terms = view.terms();
    if (!(terms.order() instanceof Order.Usual order) || terms.isReadTogether()) {
      return tickets(pages.page(terms, null, GROUPED, from))
          .dropWhile(other -> !other.id().equals(ticket.id()));
    }
    return tickets(pages.page(terms, ViewPage.Cursor.at(ticket, order), 1, from));
  }

  private Stream<Ticket> first(View view, Viewpoint from) {
    return tickets(pages.page(view.terms(), null, 2, from));
  }

  private static Stream<Ticket> tickets(ViewPage page) {
    return page.rows().stream().map(ViewPage.Row::ticket);
  }
}
