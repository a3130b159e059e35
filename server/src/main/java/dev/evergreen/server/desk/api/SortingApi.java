package dev.evergreen.server.desk.api;

import dev.evergreen.server.platform.api.ApiPage;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.ticket.Code;
import dev.evergreen.server.ticket.Codes;
import dev.evergreen.server.ticket.Severity;
import dev.evergreen.server.ticket.StatusId;
import dev.evergreen.server.ticket.Statuses;
import dev.evergreen.server.ticket.Tag;
import dev.evergreen.server.ticket.Tags;
import dev.evergreen.server.ticket.TicketStatus;
import dev.evergreen.server.ticket.TicketType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// By what a team sorts its tickets, for programs: statuses, tags, the lists of categories and
/// outcomes; and what of it a ticket has.
@RestController
class SortingApi {
  private static final int MOST_TAGS = 1_000;

  private final TicketCalls calls;
  private final TicketFinder finder;
  private final Statuses statuses;
  private final Tags tags;
  private final Codes codes;

  SortingApi(TicketCalls calls, TicketFinder finder, Statuses statuses, Tags tags, Codes codes) {
    this.calls = calls;
    this.finder = finder;
    this.statuses = statuses;
    this.tags = tags;
    this.codes = codes;
  }

  /// @param category `new`, `open`, `pending`, `on_hold`, `solved` or `closed`
  /// @param initial whether a ticket gets it that comes into the category without a choice
  record StatusJson(long id, String category, String name, boolean initial, boolean retired) {
    static StatusJson of(TicketStatus status) {
      return new StatusJson(
          status.id().value(),
          status.category().key(),
          status.name(),
          status.initial(),
          status.retired());
    }
  }

  @Operation(summary = "The statuses that tickets can have", tags = "Sorting")
  @GetMapping("/api/v1/statuses")
  ApiPage<StatusJson> statuses() {
    return ApiPage.whole(statuses.all().statuses().stream().map(StatusJson::of).toList());
  }

  /// @param status the id of a status
  /// @param outcome why, for a status that says it is settled
  /// @param revision the revision of the ticket that the caller has seen
  record NewStatusJson(long status, @Nullable String outcome, long revision) {}

  @Operation(summary = "Put a ticket into a status", tags = "Tickets")
  @PutMapping("/api/v1/tickets/{number}/status")
  TicketJson setStatus(
      @PathVariable long number,
      @RequestBody NewStatusJson body,
      @Parameter(hidden = true) Agent agent,
      HttpServletRequest request) {
    var outcome = body.outcome() == null ? "" : body.outcome();
    return calls.once(
        new TicketCalls.Wanted(number, Permission.CLOSE),
        body,
        agent,
        request,
        ticket ->
            statuses.set(
                ticket.id(), new StatusId(body.status()), outcome, body.revision(), agent.actor()));
  }

  record TagJson(long id, String name) {
    static TagJson of(Tag tag) {
      return new TagJson(tag.id(), tag.name());
    }
  }

  @Operation(summary = "The tags, by name", tags = "Sorting")
  @GetMapping("/api/v1/tags")
  ApiPage<TagJson> tags() {
    return ApiPage.whole(tags.all(MOST_TAGS).stream().map(TagJson::of).toList());
  }

  @Operation(summary = "The names of the tags of a ticket", tags = "Tickets")
  @GetMapping("/api/v1/tickets/{number}/tags")
  ApiPage<String> tagsOf(@PathVariable long number, @Parameter(hidden = true) Agent agent) {
    var sorted = finder.find(number, agent).state().sorted();
    return ApiPage.whole(tags.names(sorted.tags()));
  }

  /// @param tag its name; one that is new becomes a tag
  record NewTagJson(String tag) {}

  @Operation(summary = "Put a tag on a ticket", tags = "Tickets")
  @PostMapping("/api/v1/tickets/{number}/tags")
  TicketJson tag(
      @PathVariable long number,
      @RequestBody NewTagJson body,
      @Parameter(hidden = true) Agent agent,
      HttpServletRequest request) {
    return calls.once(
        new TicketCalls.Wanted(number, Permission.SORT),
        body,
        agent,
        request,
        ticket -> tags.add(ticket.id(), body.tag(), agent.actor()));
  }

  @Operation(summary = "Take a tag off a ticket", tags = "Tickets")
  @DeleteMapping("/api/v1/tickets/{number}/tags/{tag}")
  TicketJson untag(
      @PathVariable long number,
      @PathVariable String tag,
      @Parameter(hidden = true) Agent agent,
      HttpServletRequest request) {
    return calls.once(
        new TicketCalls.Wanted(number, Permission.SORT),
        tag,
        agent,
        request,
        ticket -> tags.remove(ticket.id(), tag, agent.actor()));
  }

  /// @param told what the customer is told when a ticket is closed with it; null for nothing
  record CodeJson(String key, String name, @Nullable String told, boolean retired) {
    static CodeJson of(Code code) {
      return new CodeJson(code.key(), code.name(), code.told(), code.retired());
    }
  }

  @Operation(summary = "The categories", tags = "Sorting")
  @GetMapping("/api/v1/categories")
  ApiPage<CodeJson> categories() {
    return ApiPage.whole(codes.of(Code.List.CATEGORY).stream().map(CodeJson::of).toList());
  }

  @Operation(summary = "The outcomes that tickets are closed with", tags = "Sorting")
  @GetMapping("/api/v1/outcomes")
  ApiPage<CodeJson> outcomes() {
    return ApiPage.whole(codes.of(Code.List.OUTCOME).stream().map(CodeJson::of).toList());
  }

  /// @param types of tickets
  /// @param severities how bad it is for whoever asks
  record KindsJson(List<String> types, List<String> severities) {}

  @Operation(summary = "The types and severities", tags = "Sorting")
  @GetMapping("/api/v1/types")
  KindsJson types() {
    return new KindsJson(
        Arrays.stream(TicketType.values()).map(TicketType::key).toList(),
        Arrays.stream(Severity.values()).map(Severity::key).toList());
  }
}
