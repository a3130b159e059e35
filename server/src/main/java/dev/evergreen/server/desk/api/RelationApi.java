package dev.evergreen.server.desk.api;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.api.ApiCalls;
import dev.evergreen.server.platform.api.ApiPage;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.May;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.ticket.Link;
import dev.evergreen.server.ticket.MessageId;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.Tickets;
import dev.evergreen.server.ticket.relation.Links;
import dev.evergreen.server.ticket.relation.Merge;
import dev.evergreen.server.ticket.relation.Merges;
import dev.evergreen.server.ticket.relation.Splits;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// How tickets hang together, for programs: merged, split, linked. Light collaborators help on
/// tickets; which ones there are is decided by those who answer.
@RestController
class RelationApi {
  private static final int MOST_LINKS = 200;
  private static final int LONGEST_SUBJECT = 200;

  private final TicketCalls calls;
  private final TicketFinder finder;
  private final ApiCalls once;
  private final Verbs verbs;

  /// What can be done.
  @org.springframework.stereotype.Component
  record Verbs(Tickets tickets, Merges merges, Splits splits, Links links) {}

  RelationApi(TicketCalls calls, TicketFinder finder, ApiCalls once, Verbs verbs) {
    this.calls = calls;
    this.finder = finder;
    this.once = once;
    this.verbs = verbs;
  }

  /// @param into the number of the ticket that goes on
  /// @param revision of the ticket that ends, as the caller has seen it
  /// @param intoRevision of the ticket that goes on, as the caller has seen it
  record MergeJson(long into, long revision, long intoRevision) {}

  @Operation(
      summary = "Merge a ticket into another",
      description = "Answers the ticket that goes on. It can be undone.",
      tags = "Relations")
  @PostMapping("/api/v1/tickets/{number}/merge")
  TicketJson merge(
      @PathVariable long number,
      @RequestBody MergeJson body,
      @Parameter(hidden = true) @May(Permission.MERGE) Agent agent,
      HttpServletRequest request) {
    var ending = finder.find(number, agent, Permission.MERGE).id();
    return calls.once(
        new TicketCalls.Wanted(body.into(), Permission.MERGE),
        body,
        agent,
        request,
        into ->
            verbs.merges().merge(ending, body.revision(), into.id(), body.intoRevision(), agent));
  }

  @Operation(summary = "What was merged into a ticket", tags = "Relations")
  @GetMapping("/api/v1/tickets/{number}/merges")
  ApiPage<Long> merges(
      @PathVariable long number, @Parameter(hidden = true) @May(Permission.MERGE) Agent agent) {
    var into = finder.find(number, agent, Permission.MERGE).id();
    return ApiPage.whole(
        verbs.merges().into(into).stream().map(Merge::ticket).map(TicketId::value).toList());
  }

  /// @param ticket the one that is by itself again
  /// @param sent what was sent since the merge and stays where it was sent
  /// @param received the same of what came in
  record UnmergedJson(long ticket, long sent, long received) {}

  @Operation(summary = "Take a merge back", tags = "Relations")
  @PostMapping("/api/v1/tickets/{number}/merges/{merged}/undoing")
  UnmergedJson unmerge(
      @PathVariable long number,
      @PathVariable long merged,
      @Parameter(hidden = true) @May(Permission.MERGE) Agent agent,
      HttpServletRequest request) {
    var into = finder.find(number, agent, Permission.MERGE).id();
    return once.once(
        Callers.call(request, agent),
        merged,
        UnmergedJson.class,
        () ->
            verbs
                .merges()
                .undo(new TicketId(merged), into, agent)
                .map(since -> new UnmergedJson(merged, since.sent(), since.received())));
  }

  /// @param messages the ids of those that go
  /// @param subject of the new ticket
  record SplitJson(List<Long> messages, String subject, long revision) {
    SplitJson {
      messages = List.copyOf(messages);
    }
  }

  @Operation(summary = "Split messages off into a ticket of their own", tags = "Relations")
  @PostMapping("/api/v1/tickets/{number}/split")
  @ResponseStatus(HttpStatus.CREATED)
  TicketJson split(
      @PathVariable long number,
      @RequestBody SplitJson body,
      @Parameter(hidden = true) @May(Permission.MERGE) Agent agent,
      HttpServletRequest request) {
    var from = finder.find(number, agent, Permission.MERGE).id();
    var chosen = body.messages().stream().map(MessageId::new).collect(Collectors.toSet());
    var subject = body.subject().strip();
    return once.once(
        Callers.call(request, agent),
        body,
        TicketJson.class,
        () ->
            subject.isEmpty() || subject.length() > LONGEST_SUBJECT
                ? Outcome.rejected(
                    Outcome.Reason.INVALID, "Expected `subject` to have 1 to 200 letters.")
                : verbs
                    .splits()
                    .split(from, body.revision(), chosen, subject, agent)
                    .map(finder::json));
  }

  /// @param role what the other ticket is to this one: `related`, `problem`, `incident`, `parent`,
  ///   `part`, …
  record LinkJson(long ticket, String subject, String role) {
    static LinkJson of(Link link) {
      return new LinkJson(
          link.other().id().value(),
          link.other().subject(),
          link.role().name().toLowerCase(Locale.ROOT));
    }
  }

  @Operation(summary = "What is linked to a ticket", tags = "Relations")
  @GetMapping("/api/v1/tickets/{number}/links")
  ApiPage<LinkJson> links(@PathVariable long number, @Parameter(hidden = true) Agent agent) {
    var ticket = finder.find(number, agent);
    return ApiPage.whole(
        verbs.tickets().visibleTo(agent).links(ticket.id(), MOST_LINKS).stream()
            .map(LinkJson::of)
            .toList());
  }

  /// @param ticket the number of the other
  record NewLinkJson(long ticket, Link.Role role) {}

  @Operation(summary = "Link a ticket to another", tags = "Relations")
  @PostMapping("/api/v1/tickets/{number}/links")
  TicketJson link(
      @PathVariable long number,
      @RequestBody NewLinkJson body,
      @Parameter(hidden = true) @May(Permission.MERGE) Agent agent,
      HttpServletRequest request) {
    var other = finder.find(body.ticket(), agent, Permission.MERGE).id();
    return calls.once(
        new TicketCalls.Wanted(number, Permission.MERGE),
        body,
        agent,
        request,
        ticket -> verbs.links().link(ticket.id(), body.role(), other, agent));
  }

  @Operation(summary = "Take a link away", tags = "Relations")
  @DeleteMapping("/api/v1/tickets/{number}/links/{other}")
  TicketJson unlink(
      @PathVariable long number,
      @PathVariable long other,
      @Parameter(hidden = true) @May(Permission.MERGE) Agent agent,
      HttpServletRequest request) {
    return calls.once(
        new TicketCalls.Wanted(number, Permission.MERGE),
        other,
        agent,
        request,
        ticket -> verbs.links().unlink(ticket.id(), new TicketId(other), agent));
  }
}
