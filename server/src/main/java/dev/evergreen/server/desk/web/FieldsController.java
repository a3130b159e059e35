package dev.evergreen.server.desk.web;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.ticket.Changes;
import dev.evergreen.server.ticket.Code;
import dev.evergreen.server.ticket.Codes;
import dev.evergreen.server.ticket.Priority;
import dev.evergreen.server.ticket.Severity;
import dev.evergreen.server.ticket.Sorting;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.TicketFields;
import dev.evergreen.server.ticket.TicketType;
import dev.evergreen.server.ticket.Tickets;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// How a ticket is sorted: type, severity, priority, category, root cause, and the team's own
/// fields.
@Controller
final class FieldsController {
  private static final int LONGEST_CAUSE = 2_000;

  private final Desk desk;
  private final Changing changing;
  private final Sorting sorting;
  private final Codes codes;
  private final Tickets tickets;
  private final TicketFields fields;

  FieldsController(
      Desk desk,
      Changing changing,
      Sorting sorting,
      Codes codes,
      Tickets tickets,
      TicketFields fields) {
    this.desk = desk;
    this.changing = changing;
    this.sorting = sorting;
    this.codes = codes;
    this.tickets = tickets;
    this.fields = fields;
  }

  /// What a form sends; null for what it does not ask.
  record Typed(
      @Nullable String priority,
      @Nullable String category,
      @Nullable String type,
      @Nullable String severity,
      @Nullable String rootCause) {}

  @PostMapping("/tickets/{number}/fields")
  String change(
      @PathVariable long number,
      Typed typed,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var ticket = desk.ticket(number, agent);
    return changing.anyTimes(
        ticket.id(),
        () ->
            read(typed, ticket).map(changes -> sorting.update(ticket.id(), changes, agent.actor())),
        "Saved.",
        new Exchange(agent, request, response, model));
  }

  @PostMapping("/tickets/{number}/own-fields/{key}")
  String set(
      @PathVariable long number,
      @PathVariable String key,
      @RequestParam(defaultValue = "") String value,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var ticket = desk.ticket(number, agent);
    return changing.anyTimes(
        ticket.id(),
        () -> fields.set(ticket.id(), key, value, tickets.visibleTo(agent), agent.actor()),
        "Saved.",
        new Exchange(agent, request, response, model));
  }

  private Outcome<Changes> read(Typed typed, Ticket ticket) {
    return one(typed.priority(), Priority::of)
        .fold(
            priority ->
                one(typed.type(), TicketType::of)
                    .fold(
                        type ->
                            one(typed.severity(), Severity::of)
                                .fold(
                                    severity ->
                                        changes(
                                            typed,
                                            priority.value,
                                            type.value,
                                            severity.value,
                                            ticket),
                                    FieldsController::again),
                        FieldsController::again),
            FieldsController::again);
  }

  private Outcome<Changes> changes(
      Typed typed,
      @Nullable Priority priority,
      @Nullable TicketType type,
      @Nullable Severity severity,
      Ticket ticket) {
    var category = typed.category();
    if (category != null
        && !category.isEmpty()
        && !category.equals(ticket.state().category())
        && codes.withKey(Code.List.CATEGORY, category).filter(code -> !code.retired()).isEmpty()) {
      return Outcome.rejected(
          Reason.INVALID, "Expected a category of the team, but found “" + category + "”.");
    }
    var cause = typed.rootCause();
    if (cause != null && (cause.strip().length() > LONGEST_CAUSE || cause.contains("\0"))) {
      return Outcome.rejected(Reason.INVALID, "Expected a root cause of at most 2,000 letters.");
    }
    return Outcome.accepted(new Changes(category, priority, null, type, severity, cause));
  }

  /// A value that a form may leave out.
  private record Given<T>(@Nullable T value) {}

  private static <T> Outcome<Given<T>> one(
      @Nullable String key, Function<String, Outcome<T>> read) {
    return key == null || key.isEmpty()
        ? Outcome.accepted(new Given<>(null))
        : read.apply(key).map(Given::new);
  }

  private static <T> Outcome<Changes> again(Outcome.Rejected<T> refused) {
    return Outcome.rejected(refused.reason(), refused.detail());
  }
}
