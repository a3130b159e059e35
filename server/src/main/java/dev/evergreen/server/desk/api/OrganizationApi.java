package dev.evergreen.server.desk.api;

import dev.evergreen.server.customer.OrganizationDomains;
import dev.evergreen.server.customer.OrganizationId;
import dev.evergreen.server.customer.OrganizationProfile;
import dev.evergreen.server.customer.OrganizationSearch;
import dev.evergreen.server.customer.Organizations;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.api.ApiCalls;
import dev.evergreen.server.platform.api.ApiPage;
import dev.evergreen.server.platform.api.ApiRefusal;
import dev.evergreen.server.platform.api.Cursor;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.team.May;
import dev.evergreen.server.team.Permission;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The organizations that customers belong to, for programs.
@RestController
class OrganizationApi {
  private static final int MOST_PEOPLE = 200;

  private final Organizations organizations;
  private final OrganizationDomains domains;
  private final OrganizationSearch search;
  private final ApiCalls calls;

  OrganizationApi(
      Organizations organizations,
      OrganizationDomains domains,
      OrganizationSearch search,
      ApiCalls calls) {
    this.organizations = organizations;
    this.domains = domains;
    this.search = search;
    this.calls = calls;
  }

  /// @param manager who of us looks after them
  /// @param people those who belong to it, at most 200
  record OrganizationJson(
      long id,
      String name,
      List<String> domains,
      @Nullable Named manager,
      String note,
      List<Named> people,
      long revision) {}

  @Operation(
      summary = "Organizations by name, all or those that begin as asked",
      tags = "Customers")
  @GetMapping("/api/v1/organizations")
  ApiPage<Named> list(
      @Parameter(description = "the beginning of a name") @RequestParam(defaultValue = "") String q,
      @Parameter(description = "the next of the page before") @RequestParam(required = false)
          @Nullable String cursor,
      @Parameter(hidden = true) @May(Permission.SEE_CUSTOMERS) Agent agent) {
    var after =
        Cursor.read(
            cursor,
            it -> new OrganizationSearch.Cursor(it.at(0), new OrganizationId(it.number(1))));
    var page = search.beginning(q, after);
    var next = page.next();
    return new ApiPage<>(
        page.rows().stream().map(row -> new Named(row.id().value(), row.name())).toList(),
        next == null ? null : Cursor.of(next.name(), next.id().value()).text());
  }

  @Operation(summary = "An organization", tags = "Customers")
  @GetMapping("/api/v1/organizations/{id}")
  OrganizationJson show(
      @PathVariable long id, @Parameter(hidden = true) @May(Permission.SEE_CUSTOMERS) Agent agent) {
    return json(id);
  }

  /// @param manager the id of the agent who looks after them
  /// @param revision the one that the caller has seen
  record DescriptionJson(String note, @Nullable Long manager, long revision) {}

  @Operation(summary = "Describe an organization", tags = "Customers")
  @PutMapping("/api/v1/organizations/{id}/description")
  OrganizationJson describe(
      @PathVariable long id,
      @RequestBody DescriptionJson body,
      @Parameter(hidden = true) @May(Permission.EDIT_CUSTOMERS) Agent agent,
      HttpServletRequest request) {
    var manager = body.manager() == null ? null : new AgentId(body.manager());
    return changed(
        id,
        body,
        agent,
        request,
        () ->
            organizations.describe(
                new OrganizationId(id), body.note(), manager, body.revision(), agent.actor()));
  }

  record NewNameJson(String name) {}

  @Operation(summary = "Rename an organization", tags = "Customers")
  @PutMapping("/api/v1/organizations/{id}/name")
  OrganizationJson rename(
      @PathVariable long id,
      @RequestBody NewNameJson body,
      @Parameter(hidden = true) @May(Permission.EDIT_CUSTOMERS) Agent agent,
      HttpServletRequest request) {
    return changed(
        id,
        body,
        agent,
        request,
        () -> organizations.rename(new OrganizationId(id), body.name(), agent.actor()));
  }

  record DomainJson(String domain) {}

  @Operation(summary = "Recognize an organization's people by a mail domain", tags = "Customers")
  @PostMapping("/api/v1/organizations/{id}/domains")
  OrganizationJson addDomain(
      @PathVariable long id,
      @RequestBody DomainJson body,
      @Parameter(hidden = true) @May(Permission.EDIT_CUSTOMERS) Agent agent,
      HttpServletRequest request) {
    return changed(
        id,
        body,
        agent,
        request,
        () -> domains.add(new OrganizationId(id), body.domain(), agent.actor()));
  }

  @Operation(summary = "No longer recognize them by a mail domain", tags = "Customers")
  @DeleteMapping("/api/v1/organizations/{id}/domains/{domain}")
  OrganizationJson removeDomain(
      @PathVariable long id,
      @PathVariable String domain,
      @Parameter(hidden = true) @May(Permission.EDIT_CUSTOMERS) Agent agent,
      HttpServletRequest request) {
    return changed(
        id,
        domain,
        agent,
        request,
        () -> domains.remove(new OrganizationId(id), domain, agent.actor()));
  }

  private OrganizationJson changed(
      long id,
      Object body,
      Agent agent,
      HttpServletRequest request,
      Supplier<? extends Outcome<?>> verb) {
    profile(id);
    return calls.once(
        Callers.call(request, agent),
        body,
        OrganizationJson.class,
        () -> verb.get().map(_ -> json(id)));
  }

  private OrganizationProfile profile(long id) {
    return organizations
        .profile(new OrganizationId(id))
        .orElseThrow(() -> ApiRefusal.unknown("organization " + id));
  }

  private OrganizationJson json(long id) {
    var profile = profile(id);
    var manager = profile.manager();
    return new OrganizationJson(
        id,
        profile.organization().name(),
        profile.domains(),
        manager == null ? null : new Named(manager.id().value(), manager.name()),
        profile.note(),
        search.members(new OrganizationId(id), MOST_PEOPLE).stream()
            .map(one -> new Named(one.id().value(), one.name()))
            .toList(),
        profile.revision());
  }
}
