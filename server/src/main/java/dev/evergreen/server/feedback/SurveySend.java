package dev.evergreen.server.feedback;

import dev.evergreen.language.Action;
import dev.evergreen.language.Call;
import dev.evergreen.server.ticket.TicketId;
import java.util.Map;
import org.springframework.stereotype.Component;

/// The action `survey.send`: a workflow asks the customer how we did.
@Component
final class SurveySend implements Action<SurveySend.Nothing> {
  static final String NAME = "survey.send";

  private final Surveys surveys;

  SurveySend(Surveys surveys) {
    this.surveys = surveys;
  }

  /// There is one question, so there is nothing to say about it.
  record Nothing() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Class<Nothing> input() {
    return Nothing.class;
  }

  @Override
  public Map<String, Object> perform(Nothing nothing, Call call) {
    return Map.of("asked", surveys.ask(new TicketId(call.subject()), call));
  }
}
