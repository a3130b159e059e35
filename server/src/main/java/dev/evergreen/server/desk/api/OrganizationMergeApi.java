package dev.evergreen.server.desk.api;

import dev.evergreen.server.customer.OrganizationId;
import dev.evergreen.server.customer.OrganizationMerge;
import dev.evergreen.server.customer.OrganizationMerges;
import dev.evergreen.server.customer.Organizations;
import dev.evergreen.server.platform.api.ApiCalls;
import dev.evergreen.server.platform.api.ApiPage;
import dev.evergreen.server.platform.api.ApiRefusal;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.May;
import dev.evergreen.server.team.Permission;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// Two records of one organization made one, and two again, for programs.
@RestController
class OrganizationMergeApi {
  private final Organizations organizations;
  private final OrganizationMerges merges;
  private final ApiCalls calls;

  OrganizationMergeApi(Organizations organizations, OrganizationMerges merges, ApiCalls calls) {
    this.organizations = organizations;
    this.merges = merges;
    this.calls = calls;
  }

  /// @param other the record that goes into this one
  /// @param otherRevision of that record, as the caller has seen it
  /// @param revision of this record, as the caller has seen it
  record JoinJson(long other, long otherRevision, long revision) {}

  /// @param source the record that went into the other
  /// @param people how many went along
  record JoinedJson(
      long id, long source, long target, int people, Instant at, @Nullable Instant undoneAt) {
    static JoinedJson of(OrganizationMerge merge) {
      return new JoinedJson(
          merge.id(),
          merge.source().value(),
          merge.target().value(),
          merge.moved().people(),
          merge.done().at(),
          merge.undoneAt());
    }
  }

  @Operation(summary = "Make two records of one organization one", tags = "Customers")
  @PostMapping("/api/v1/organizations/{id}/merge")
  JoinedJson merge(
      @PathVariable long id,
      @RequestBody JoinJson body,
      @Parameter(hidden = true) @May(Permission.EDIT_CUSTOMERS) Agent agent,
      HttpServletRequest request) {
    var target = new OrganizationMerges.Seen(known(id), body.revision());
    var source =
        new OrganizationMerges.Seen(new OrganizationId(body.other()), body.otherRevision());
    return calls.once(
        Callers.call(request, agent),
        body,
        JoinedJson.class,
        () -> merges.merge(source, target, agent.actor()).map(JoinedJson::of));
  }

  @Operation(summary = "The records that went into this organization", tags = "Customers")
  @GetMapping("/api/v1/organizations/{id}/merges")
  ApiPage<JoinedJson> merges(
      @PathVariable long id, @Parameter(hidden = true) @May(Permission.SEE_CUSTOMERS) Agent agent) {
    return ApiPage.whole(into(id).stream().map(JoinedJson::of).toList());
  }

  @Operation(summary = "Make one organization two again", tags = "Customers")
  @PostMapping("/api/v1/organizations/{id}/merges/{merge}/undoing")
  JoinedJson undo(
      @PathVariable long id,
      @PathVariable long merge,
      @Parameter(hidden = true) @May(Permission.EDIT_CUSTOMERS) Agent agent,
      HttpServletRequest request) {
    if (into(id).stream().noneMatch(one -> one.id() == merge)) {
      throw ApiRefusal.unknown("merge " + merge);
    }
    return calls.once(
        Callers.call(request, agent),
        merge,
        JoinedJson.class,
        () -> merges.undo(merge, agent.actor()).map(JoinedJson::of));
  }

  private List<OrganizationMerge> into(long id) {
    return merges.into(known(id));
  }

  private OrganizationId known(long id) {
    return organizations
        .withId(new OrganizationId(id))
        .orElseThrow(() -> ApiRefusal.unknown("organization " + id))
        .id();
  }
}
