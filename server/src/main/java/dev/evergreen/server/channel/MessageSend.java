package dev.evergreen.server.channel;

import dev.evergreen.language.Action;
import dev.evergreen.language.Call;
import dev.evergreen.language.Input;
import dev.evergreen.server.ticket.TicketId;
import java.util.Map;
import org.springframework.stereotype.Component;

/// The action `message.send`: a workflow writes to the customer.
@Component
final class MessageSend implements Action<MessageSend.Text> {
  static final String NAME = "message.send";

  private final Correspondence correspondence;

  MessageSend(Correspondence correspondence) {
    this.correspondence = correspondence;
  }

  record Text(
      @Input(value = "Which message text: the name of its file.", text = true) String template) {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Class<Text> input() {
    return Text.class;
  }

  @Override
  public Map<String, Object> perform(Text text, Call call) {
    boolean sent =
        correspondence.send(new TicketId(call.subject()), text.template(), Map.of(), call);
    return Map.of("sent", sent);
  }
}
