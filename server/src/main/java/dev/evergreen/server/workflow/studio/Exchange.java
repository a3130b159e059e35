package dev.evergreen.server.workflow.studio;

import dev.evergreen.server.team.Agent;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.ui.Model;

/// One request about one draft, and where its answer goes.
public record Exchange(
    String name,
    Agent agent,
    HttpServletRequest request,
    HttpServletResponse response,
    Model model) {

  /// Whether a script asks, which wants the region that changed and no whole page.
  boolean wantsRegion() {
    return request.getHeader("HX-Request") != null;
  }

  /// The text as it stands in the field, when it was sent along; else null.
  @Nullable String typed() {
    String text = request.getParameter("text");
    return text == null ? null : text.replace("\r\n", "\n").replace("\0", "");
  }

  /// The revision of the draft that the page was made of; null when it was not sent, or is none.
  @Nullable Long seen() {
    String revision = request.getParameter("revision");
    return revision != null && revision.matches("\\d{1,18}") ? Long.valueOf(revision) : null;
  }
}
