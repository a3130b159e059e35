package dev.evergreen.server.desk.api;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.api.ApiPage;
import dev.evergreen.server.platform.api.ApiRefusal;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.ticket.FollowUp;
import dev.evergreen.server.ticket.FollowUps;
import dev.evergreen.server.ticket.notification.Followers;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// Who is told of a ticket, and when it comes back by itself, for programs.
@RestController
class AttentionApi {
  private final TicketCalls calls;
  private final TicketFinder finder;
  private final Followers followers;
  private final FollowUps followUps;

  AttentionApi(TicketCalls calls, TicketFinder finder, Followers followers, FollowUps followUps) {
    this.calls = calls;
    this.finder = finder;
    this.followers = followers;
    this.followUps = followUps;
  }

  @Operation(summary = "Who follows a ticket", tags = "Attention")
  @GetMapping("/api/v1/tickets/{number}/followers")
  ApiPage<Named> followers(@PathVariable long number, @Parameter(hidden = true) Agent agent) {
    var ticket = finder.find(number, agent);
    return ApiPage.whole(
        followers.of(ticket.id()).stream()
            .map(one -> new Named(one.agent().value(), one.name()))
            .toList());
  }

  @Operation(summary = "Follow a ticket", tags = "Attention")
  @PutMapping("/api/v1/tickets/{number}/following")
  TicketJson follow(
      @PathVariable long number,
      @Parameter(hidden = true) Agent agent,
      HttpServletRequest request) {
    return calls.once(
        new TicketCalls.Wanted(number, Permission.SEE),
        "",
        agent,
        request,
        ticket -> {
          followers.follow(ticket.id(), agent);
          return Outcome.accepted(ticket);
        });
  }

  @Operation(summary = "No longer follow a ticket", tags = "Attention")
  @DeleteMapping("/api/v1/tickets/{number}/following")
  TicketJson unfollow(
      @PathVariable long number,
      @Parameter(hidden = true) Agent agent,
      HttpServletRequest request) {
    return calls.once(
        new TicketCalls.Wanted(number, Permission.SEE),
        "",
        agent,
        request,
        ticket -> {
          followers.unfollow(ticket.id(), agent);
          return Outcome.accepted(ticket);
        });
  }

  /// @param promise what was promised to the customer; empty when it is only put aside
  record FollowUpJson(String promise, Instant at) {
    static FollowUpJson of(FollowUp followUp) {
      return new FollowUpJson(followUp.promise(), followUp.at());
    }
  }

  @Operation(summary = "When a ticket comes back by itself", tags = "Attention")
  @GetMapping("/api/v1/tickets/{number}/follow-up")
  FollowUpJson followUp(@PathVariable long number, @Parameter(hidden = true) Agent agent) {
    var ticket = finder.find(number, agent);
    return followUps
        .of(ticket.id())
        .map(FollowUpJson::of)
        .orElseThrow(() -> ApiRefusal.unknown("follow-up of ticket " + number));
  }

  /// @param promise what is promised to the customer; nothing to put the ticket aside (snooze it)
  record NewFollowUpJson(@Nullable String promise, Instant at) {}

  @Operation(
      summary = "Put a ticket aside until a time, or promise something for then",
      tags = "Attention")
  @PutMapping("/api/v1/tickets/{number}/follow-up")
  TicketJson setFollowUp(
      @PathVariable long number,
      @RequestBody NewFollowUpJson body,
      @Parameter(hidden = true) Agent agent,
      HttpServletRequest request) {
    var promise = body.promise() == null ? "" : body.promise();
    return calls.once(
        new TicketCalls.Wanted(number, Permission.SORT),
        body,
        agent,
        request,
        ticket -> followUps.set(ticket.id(), promise, body.at(), agent));
  }

  @Operation(summary = "Say that what was promised was done", tags = "Attention")
  @PostMapping("/api/v1/tickets/{number}/follow-up/keeping")
  TicketJson keep(
      @PathVariable long number,
      @Parameter(hidden = true) Agent agent,
      HttpServletRequest request) {
    return calls.once(
        new TicketCalls.Wanted(number, Permission.SORT),
        "",
        agent,
        request,
        ticket -> followUps.kept(ticket.id(), agent));
  }

  @Operation(summary = "Let a ticket no longer come back by itself", tags = "Attention")
  @DeleteMapping("/api/v1/tickets/{number}/follow-up")
  TicketJson cancel(
      @PathVariable long number,
      @Parameter(hidden = true) Agent agent,
      HttpServletRequest request) {
    return calls.once(
        new TicketCalls.Wanted(number, Permission.SORT),
        "",
        agent,
        request,
        ticket -> followUps.cancel(ticket.id(), agent));
  }
}
