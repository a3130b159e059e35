package dev.evergreen.server.workflow.webhook;

import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.AgentMail;
import dev.evergreen.server.team.Agents;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// Tells the administrators by mail that a webhook is told nothing more. The settings page says so
/// too, for as long as it is so.
@Component
class SwitchedOff {
  private static final Logger log = LoggerFactory.getLogger(SwitchedOff.class);

  private final Agents agents;
  private final List<AgentMail> mail;
  private final String publicUrl;

  SwitchedOff(
      Agents agents,
      ObjectProvider<AgentMail> mail,
      @Value("${evergreen.public-url:http://localhost:${server.port:8080}}") String publicUrl) {
    this.agents = agents;
    this.mail = mail.orderedStream().toList();
    this.publicUrl = publicUrl;
  }

  void tell(Webhook webhook) {
    log.warn(
        "The webhook {} was switched off, because it took nothing any more: {}",
        webhook.id().value(),
        webhook.health().problem());
    agents.active().stream()
        .filter(Agent::isAdministrator)
        .forEach(agent ->
            mail.stream()
                .filter(AgentMail::isPossible)
                .forEach(carrier ->
                    carrier.send(
                        agent,
                        "A webhook was switched off: " + webhook.wish().name(),
                        letter(agent.name(), webhook))));
  }

  private String letter(String name, Webhook webhook) {
    return """
    Hello %s,

    the webhook “%s” (%s) was switched off, because it took nothing any more. The last problem was:

    %s

    What happens from now on is kept for %d days. When the receiver works again, switch the webhook on and
    have what it missed sent:

    %s/settings/webhooks/%d
    """
        .formatted(
            name,
            webhook.wish().name(),
            webhook.wish().url(),
            webhook.health().problem(),
            Deliveries.KEPT.toDays(),
            publicUrl,
            webhook.id().value());
  }
}
