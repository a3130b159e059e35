package dev.evergreen.server.platform.web;

import dev.evergreen.server.platform.Outcome;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.function.Function;

/// How a page answers a form by which something on it is kept: added, changed, removed.
public final class FormAnswers {
  private FormAnswers() {}

  /// Who asks, and what the answer is written with.
  public record Asked(HttpServletRequest request, HttpServletResponse response) {}

  /// What was done is said on the page where it shows; what was refused comes back with the reason.
  ///
  /// @param refused renders the page with a sentence on it
  public static <T> String answer(
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
