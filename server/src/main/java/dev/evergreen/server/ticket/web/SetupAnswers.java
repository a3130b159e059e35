package dev.evergreen.server.ticket.web;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Permission;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.function.Function;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/// How the pages on which tickets are set up answer. For whoever may not set anything up they do
/// not exist.
final class SetupAnswers {
  private SetupAnswers() {}

  /// Who asks, and what the answer is written with.
  record Asked(HttpServletRequest request, HttpServletResponse response) {}

  /// Administrators and leads keep the lists by which tickets are sorted.
  static Agent leading(Agent agent) {
    if (!agent.may(Permission.SET_UP)) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    return agent;
  }

  static Agent administering(Agent agent) {
    if (!agent.isAdministrator()) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    return agent;
  }

  /// What was done is said on the page where it shows; what was refused comes back with the reason.
  ///
  /// @param refused renders the page with a sentence on it
  static <T> String answer(
      Outcome<T> outcome,
      Function<T, String> done,
      String here,
      Function<String, String> refused,
      Asked asked) {
    return switch (outcome) {
      case Outcome.Accepted<T>(T value) -> {
        Flash.say(asked.request(), asked.response(), done.apply(value));
        yield "redirect:" + here;
      }
      case Outcome.Rejected<T>(Outcome.Reason reason, String detail) -> {
        asked.response().setStatus(reason.status());
        yield refused.apply(detail);
      }
    };
  }
}
