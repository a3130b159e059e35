package dev.evergreen.server.customer.web;

import dev.evergreen.server.customer.CustomerFields;
import dev.evergreen.server.customer.OrganizationId;
import dev.evergreen.server.customer.OrganizationMerges;
import dev.evergreen.server.customer.OrganizationProfile;
import dev.evergreen.server.customer.Organizations;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.team.Agents;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/// Answers a change of an organization. Done leads back to its page; refused shows what is kept
/// about it again, with the reason.
@Component
final class OrganizationAnswers {
  private final Organizations organizations;
  private final OrganizationMerges merges;
  private final CustomerFields fields;
  private final Agents agents;

  OrganizationAnswers(
      Organizations organizations,
      OrganizationMerges merges,
      CustomerFields fields,
      Agents agents) {
    this.organizations = organizations;
    this.merges = merges;
    this.fields = fields;
    this.agents = agents;
  }

  String to(OrganizationId id, Outcome<?> outcome, String done, Exchange exchange) {
    return switch (outcome) {
      case Outcome.Accepted<?> _ -> {
        Flash.say(exchange.request(), exchange.response(), done);
        yield "redirect:/organizations/" + id.value();
      }
      case Outcome.Rejected<?>(Outcome.Reason reason, String detail) -> {
        OrganizationProfile profile =
            organizations
                .profile(id)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        var model = exchange.model();
        exchange.response().setStatus(reason.status());
        model.addAttribute("agent", exchange.agent());
        model.addAttribute("profile", profile);
        model.addAttribute("agents", agents.active());
        model.addAttribute(
            "fields",
            fields.of(CustomerFields.Holder.ORGANIZATION, profile.organization().fields()));
        model.addAttribute("merged", merges.into(id));
        model.addAttribute("refusal", detail);
        yield "customer/organization_refused";
      }
    };
  }
}
