package dev.evergreen.server.channel;

import dev.evergreen.server.team.Agent;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.bulk.BulkAnswers;
import java.util.List;
import org.springframework.stereotype.Component;

/// Answers one ticket of many, as an agent would.
@Component
final class AnswersOfMany implements BulkAnswers {
  private final Correspondence correspondence;

  AnswersOfMany(Correspondence correspondence) {
    this.correspondence = correspondence;
  }

  @Override
  public void answer(TicketId ticket, String text, Agent by) {
    var _ = correspondence.reply(ticket, new Reply(text, List.of()), by);
  }
}
