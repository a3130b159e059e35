package dev.evergreen.server.workflow;

import dev.evergreen.language.ActionType;
import dev.evergreen.language.Parameter;
import dev.evergreen.language.Vocabulary;
import java.util.List;

/// What workflows are offered whatever their business is.
public final class WorkflowVocabulary implements Vocabulary {
  @Override
  public List<ActionType> actions() {
    return List.of(
        ActionType.of(
            WebhookCall.NAME,
            "Tells another program something over HTTP, or asks it: a JSON object goes there, after the step has been "
                + "written down, and what comes back can go `into` run data. It is told at least once; a repetition has the same "
                + "`Idempotency-Key`, and all are signed as [Standard Webhooks](https://www.standardwebhooks.com). Only public "
                + "addresses are called, and those that the administrator names in EVERGREEN_OUTBOUND_ALLOWED (hosts, addresses "
                + "and networks, separated by commas). Any other answer than 2xx, redirections too, and none within 25 seconds "
                + "are failures.",
            WebhookCall.Message.class,
            Parameter.open(
                "answer",
                "A value of the JSON that came back, by its path: `into: {credit_limit: answer.customer.limit}`.")));
  }
}
