package dev.evergreen.server.channel;

import dev.evergreen.language.Asking;
import dev.evergreen.language.Call;
import dev.evergreen.server.ticket.MessageId;
import dev.evergreen.server.ticket.Messages;
import dev.evergreen.server.ticket.TicketId;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/// The questions that workflows ask about a ticket: a letter goes out, and the next thing that the
/// customer writes on the ticket is the answer.
@Component
final class CustomerQuestions implements Asking {
  private final Correspondence correspondence;
  private final Messages messages;

  CustomerQuestions(Correspondence correspondence, Messages messages) {
    this.correspondence = correspondence;
    this.messages = messages;
  }

  @Override
  public String subjectKind() {
    return "ticket";
  }

  @Override
  public List<String> answers() {
    return List.of("ticket.customer-replied");
  }

  @Override
  public void ask(String question, Call call) {
    if (!correspondence.send(new TicketId(call.subject()), question, Map.of(), call)) {
      throw new IllegalStateException(
          "expected a customer whom a machine may write to now, but found a robot, or one who has had enough letters of ours");
    }
  }

  @Override
  public String said(Map<String, Object> event) {
    return event.get("message") instanceof Number message
        ? messages
            .withId(new MessageId(message.longValue()))
            .map(said -> said.body().news().strip())
            .orElse("")
        : "";
  }
}
