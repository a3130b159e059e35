package dev.evergreen.server.desk.web.together;

import dev.evergreen.server.channel.SideCorrespondence;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.side.SideConversation;
import java.util.List;

/// The form that begins a side conversation.
///
/// @param forwarded how many messages are passed on with it
/// @param known partners who were written to lately
public record NewSidePage(
    Ticket ticket,
    SideCorrespondence.Opening typed,
    String text,
    Handing handing,
    List<SideConversation.Partner> known,
    String problem,
    int forwarded) {
  public NewSidePage {
    known = List.copyOf(known);
  }

  public String path() {
    return "/tickets/" + ticket.id().value();
  }
}
