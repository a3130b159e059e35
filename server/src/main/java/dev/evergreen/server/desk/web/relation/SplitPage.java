package dev.evergreen.server.desk.web.relation;

import dev.evergreen.server.ticket.Message;
import dev.evergreen.server.ticket.MessageId;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.relation.HiddenLinks;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// Choosing which messages of a ticket become one of their own.
public record SplitPage(
    Ticket ticket,
    List<Message> messages,
    HiddenLinks links,
    Set<MessageId> chosen,
    String subject,
    String problem) {
  private static final int SHOWN = 400;

  public SplitPage {
    messages = messages.stream().sorted(Comparator.comparing(Message::at)).toList();
    chosen = Set.copyOf(chosen);
  }

  public String path() {
    return "/tickets/" + ticket.id().value();
  }

  /// What a message says that is new, as far as one needs to know which it is.
  public String words(Message message) {
    var news = links.hidden(message.body().news()).strip();
    return news.length() <= SHOWN
        ? news
        : news.substring(0, news.offsetByCodePoints(0, SHOWN / 2)) + "…";
  }
}
