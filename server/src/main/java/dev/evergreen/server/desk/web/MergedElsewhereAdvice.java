package dev.evergreen.server.desk.web;

import dev.evergreen.server.platform.web.Flash;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/// Leads from a merged ticket's address to the ticket that it lives on in. A form that was sent to
/// the old address has changed nothing, and its sender is told so.
@ControllerAdvice
final class MergedElsewhereAdvice {

  @ExceptionHandler
  String lead(MergedElsewhere merged, HttpServletRequest request, HttpServletResponse response) {
    var there = "/tickets/" + merged.into().value();
    if (!request.getMethod().equals("GET")) {
      Flash.say(
          request,
          response,
          "Ticket %s lives on in %s since a moment ago. Nothing was changed; look at it here."
              .formatted(merged.ticket(), merged.into()));
      return "redirect:" + there;
    }
    var rest = request.getRequestURI().substring(("/tickets/" + merged.ticket().value()).length());
    return "redirect:" + there + rest;
  }
}
