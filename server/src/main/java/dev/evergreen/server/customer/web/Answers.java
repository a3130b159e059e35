package dev.evergreen.server.customer.web;

import dev.evergreen.server.customer.CustomerId;
import dev.evergreen.server.customer.Dossiers;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.web.Flash;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/// Answers a change of a customer. Done leads back to the profile; refused shows the regions of the
/// profile again, with the reason and with what was typed.
@Component
final class Answers {
  private final Dossiers dossiers;

  Answers(Dossiers dossiers) {
    this.dossiers = dossiers;
  }

  String to(CustomerId id, Outcome<?> outcome, String done, String typed, Exchange exchange) {
    return switch (outcome) {
      case Outcome.Accepted<?> _ -> {
        Flash.say(exchange.request(), exchange.response(), done);
        yield "redirect:/customers/" + id.value();
      }
      case Outcome.Rejected<?>(Outcome.Reason reason, String detail) -> {
        exchange.response().setStatus(reason.status());
        exchange.model().addAttribute("agent", exchange.agent());
        exchange
            .model()
            .addAttribute(
                "dossier",
                dossiers
                    .of(id)
                    .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND)));
        exchange.model().addAttribute("refusal", detail);
        exchange.model().addAttribute("typed", typed);
        yield "customer/refused";
      }
    };
  }
}
