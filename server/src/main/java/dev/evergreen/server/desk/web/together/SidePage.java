package dev.evergreen.server.desk.web.together;

import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.side.SideConversation;
import dev.evergreen.server.ticket.side.SideMessage;
import java.util.List;

/// A side conversation with what was said in it.
///
/// @param typed words that were not sent; empty when none were refused
public record SidePage(
    Ticket ticket,
    SideConversation side,
    List<SideMessage> messages,
    Handing handing,
    boolean mayWrite,
    String typed,
    String problem) {
  public SidePage {
    messages = List.copyOf(messages);
  }

  public String back() {
    return "/tickets/" + ticket.id().value();
  }

  public String live() {
    return side.ticket().subject().toString();
  }
}
