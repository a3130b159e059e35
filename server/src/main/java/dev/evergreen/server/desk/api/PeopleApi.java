package dev.evergreen.server.desk.api;

import dev.evergreen.server.customer.Customer;
import dev.evergreen.server.customer.CustomerId;
import dev.evergreen.server.customer.CustomerPage;
import dev.evergreen.server.customer.CustomerSearch;
import dev.evergreen.server.customer.Customers;
import dev.evergreen.server.customer.Identities;
import dev.evergreen.server.customer.Identity;
import dev.evergreen.server.customer.Organization;
import dev.evergreen.server.customer.Profile;
import dev.evergreen.server.platform.api.ApiCalls;
import dev.evergreen.server.platform.api.ApiPage;
import dev.evergreen.server.platform.api.ApiRefusal;
import dev.evergreen.server.platform.api.Cursor;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.May;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.team.Team;
import dev.evergreen.server.team.Teams;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// People for programs: customers, and the agents and teams that answer them.
@RestController
class PeopleApi {
  private final Customers customers;
  private final Identities identities;
  private final CustomerSearch search;
  private final Agents agents;
  private final Teams teams;
  private final ApiCalls calls;

  PeopleApi(
      Customers customers,
      Identities identities,
      CustomerSearch search,
      Agents agents,
      Teams teams,
      ApiCalls calls) {
    this.customers = customers;
    this.identities = identities;
    this.search = search;
    this.agents = agents;
    this.teams = teams;
    this.calls = calls;
  }

  /// A customer in a list.
  record CustomerRowJson(
      long id, String name, @Nullable String address, @Nullable String organization) {
    static CustomerRowJson of(CustomerPage.Row row) {
      return new CustomerRowJson(row.id().value(), row.name(), row.address(), row.organization());
    }
  }

  /// @param note what the team keeps about them; customers never see it
  /// @param revision counts every change
  record CustomerJson(
      long id,
      String name,
      List<String> addresses,
      @Nullable Named organization,
      String note,
      Instant createdAt,
      long revision) {
    static CustomerJson of(Profile profile) {
      Customer customer = profile.customer();
      Organization organization = profile.organization();
      return new CustomerJson(
          customer.id().value(),
          customer.name(),
          customer.addresses(),
          organization == null ? null : new Named(organization.id().value(), organization.name()),
          profile.note(),
          customer.createdAt(),
          profile.revision());
    }
  }

  @Operation(
      summary = "Customers by name, all or those whose name or address begins as asked",
      tags = "Customers")
  @GetMapping("/api/v1/customers")
  ApiPage<CustomerRowJson> customers(
      @Parameter(description = "the beginning of a name or an address")
          @RequestParam(defaultValue = "")
          String q,
      @Parameter(description = "the next of the page before") @RequestParam(required = false)
          @Nullable String cursor,
      @Parameter(hidden = true) @May(Permission.SEE_CUSTOMERS) Agent agent) {
    var after =
        Cursor.read(cursor, it -> new CustomerPage.Cursor(it.at(0), new CustomerId(it.number(1))));
    var page = search.beginning(q, after);
    var next = page.next();
    return new ApiPage<>(
        page.rows().stream().map(CustomerRowJson::of).toList(),
        next == null ? null : Cursor.of(next.name(), next.id().value()).text());
  }

  @Operation(summary = "A customer", tags = "Customers")
  @GetMapping("/api/v1/customers/{id}")
  CustomerJson customer(
      @PathVariable long id, @Parameter(hidden = true) @May(Permission.SEE_CUSTOMERS) Agent agent) {
    return json(id);
  }

  record NameJson(String name) {}

  @Operation(summary = "Rename a customer", tags = "Customers")
  @PutMapping("/api/v1/customers/{id}/name")
  CustomerJson rename(
      @PathVariable long id,
      @RequestBody NameJson body,
      @Parameter(hidden = true) @May(Permission.EDIT_CUSTOMERS) Agent agent,
      HttpServletRequest request) {
    return calls.once(
        Callers.call(request, agent),
        body,
        CustomerJson.class,
        () -> customers.rename(new CustomerId(id), body.name(), agent.actor()).map(_ -> json(id)));
  }

  record AddressJson(String address) {}

  @Operation(summary = "Add an e-mail address of a customer", tags = "Customers")
  @PostMapping("/api/v1/customers/{id}/addresses")
  CustomerJson addAddress(
      @PathVariable long id,
      @RequestBody AddressJson body,
      @Parameter(hidden = true) @May(Permission.EDIT_CUSTOMERS) Agent agent,
      HttpServletRequest request) {
    return calls.once(
        Callers.call(request, agent),
        body,
        CustomerJson.class,
        () ->
            identities
                .add(new CustomerId(id), Identity.Kind.ADDRESS, body.address(), agent.actor())
                .map(_ -> json(id)));
  }

  private CustomerJson json(long id) {
    return customers
        .profile(new CustomerId(id))
        .map(CustomerJson::of)
        .orElseThrow(() -> ApiRefusal.unknown("customer " + id));
  }

  /// @param role `collaborator`, `agent`, `lead` or `administrator`
  record AgentJson(long id, String name, String email, String role) {
    static AgentJson of(Agent agent) {
      return new AgentJson(agent.id().value(), agent.name(), agent.email(), agent.role().word());
    }
  }

  @Operation(summary = "The agents who work here", tags = "Agents and teams")
  @GetMapping("/api/v1/agents")
  ApiPage<AgentJson> agents() {
    return ApiPage.whole(agents.active().stream().map(AgentJson::of).toList());
  }

  /// @param key what workflows call it
  record TeamJson(long id, String key, String name) {
    static TeamJson of(Team team) {
      return new TeamJson(team.id().value(), team.key(), team.name());
    }
  }

  @Operation(summary = "The teams", tags = "Agents and teams")
  @GetMapping("/api/v1/teams")
  ApiPage<TeamJson> teams() {
    return ApiPage.whole(teams.all().stream().map(TeamJson::of).toList());
  }
}
