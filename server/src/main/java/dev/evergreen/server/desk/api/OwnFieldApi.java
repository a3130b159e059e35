package dev.evergreen.server.desk.api;

import dev.evergreen.server.customer.CustomerFields;
import dev.evergreen.server.customer.CustomerFields.Holder;
import dev.evergreen.server.customer.CustomerId;
import dev.evergreen.server.customer.Customers;
import dev.evergreen.server.customer.OrganizationId;
import dev.evergreen.server.customer.Organizations;
import dev.evergreen.server.platform.api.ApiCalls;
import dev.evergreen.server.platform.api.ApiPage;
import dev.evergreen.server.platform.api.ApiRefusal;
import dev.evergreen.server.platform.field.FieldValues;
import dev.evergreen.server.platform.field.OwnField;
import dev.evergreen.server.platform.field.OwnFields;
import dev.evergreen.server.platform.field.ShownField;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.May;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.ticket.TicketFields;
import dev.evergreen.server.ticket.Tickets;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The team's own fields, and what tickets, customers and organizations hold in them, for programs.
@RestController
class OwnFieldApi {
  private final OwnFields defined;
  private final OfTickets tickets;
  private final OfCustomers customers;

  OwnFieldApi(OwnFields defined, OfTickets tickets, OfCustomers customers) {
    this.defined = defined;
    this.tickets = tickets;
    this.customers = customers;
  }

  @Component
  record OfTickets(TicketFields fields, Tickets visible, TicketFinder finder, TicketCalls calls) {}

  @Component
  record OfCustomers(
      CustomerFields fields, Customers customers, Organizations organizations, ApiCalls calls) {}

  /// @param key what workflows, and the values, call it
  /// @param kind `text`, `number`, `date`, `choice`, `money`, `reference` or `flag`
  /// @param options what can be chosen, of a choice
  record FieldJson(String key, String label, String kind, List<String> options, boolean retired) {
    static FieldJson of(OwnField field) {
      return new FieldJson(
          field.key(), field.label(), field.kind().key(), field.shape().options(), field.retired());
    }
  }

  @Operation(summary = "The team's own fields", tags = "Sorting")
  @GetMapping("/api/v1/fields")
  ApiPage<FieldJson> fields(
      @Parameter(description = "whose: `ticket`, `customer` or `organization`")
          @RequestParam(defaultValue = TicketFields.ABOUT)
          String about) {
    return ApiPage.whole(defined.of(about).stream().map(FieldJson::of).toList());
  }

  /// @param value as people type it; empty when there is none
  record ValueJson(String key, String label, String value) {
    static ValueJson of(ShownField field) {
      return new ValueJson(field.field().key(), field.field().label(), field.input());
    }
  }

  /// @param value as people type it; empty to take it away
  record NewValueJson(String value) {}

  @Operation(summary = "The own fields of a ticket", tags = "Tickets")
  @GetMapping("/api/v1/tickets/{number}/fields")
  ApiPage<ValueJson> ofTicket(@PathVariable long number, @Parameter(hidden = true) Agent agent) {
    var ticket = tickets.finder().find(number, agent);
    return page(tickets.fields().of(ticket, tickets.visible().visibleTo(agent)));
  }

  @Operation(summary = "Set an own field of a ticket, or empty it", tags = "Tickets")
  @PutMapping("/api/v1/tickets/{number}/fields/{key}")
  TicketJson setOfTicket(
      @PathVariable long number,
      @PathVariable String key,
      @RequestBody NewValueJson body,
      @Parameter(hidden = true) Agent agent,
      HttpServletRequest request) {
    var visible = tickets.visible().visibleTo(agent);
    return tickets
        .calls()
        .once(
            new TicketCalls.Wanted(number, Permission.SORT),
            body,
            agent,
            request,
            ticket -> tickets.fields().set(ticket.id(), key, body.value(), visible, agent.actor()));
  }

  @Operation(summary = "The own fields of a customer", tags = "Customers")
  @GetMapping("/api/v1/customers/{id}/fields")
  ApiPage<ValueJson> ofCustomer(
      @PathVariable long id, @Parameter(hidden = true) @May(Permission.SEE_CUSTOMERS) Agent agent) {
    return page(customers.fields().of(Holder.CUSTOMER, customer(id)));
  }

  /// What one holds now.
  record ValuesJson(List<ValueJson> items) {}

  @Operation(summary = "Set an own field of a customer, or empty it", tags = "Customers")
  @PutMapping("/api/v1/customers/{id}/fields/{key}")
  ValuesJson setOfCustomer(
      @PathVariable long id,
      @PathVariable String key,
      @RequestBody NewValueJson body,
      @Parameter(hidden = true) @May(Permission.EDIT_CUSTOMERS) Agent agent,
      HttpServletRequest request) {
    customer(id);
    return set(Holder.CUSTOMER, new Wanted(id, key, body), () -> customer(id), agent, request);
  }

  @Operation(summary = "The own fields of an organization", tags = "Customers")
  @GetMapping("/api/v1/organizations/{id}/fields")
  ApiPage<ValueJson> ofOrganization(
      @PathVariable long id, @Parameter(hidden = true) @May(Permission.SEE_CUSTOMERS) Agent agent) {
    return page(customers.fields().of(Holder.ORGANIZATION, organization(id)));
  }

  @Operation(summary = "Set an own field of an organization, or empty it", tags = "Customers")
  @PutMapping("/api/v1/organizations/{id}/fields/{key}")
  ValuesJson setOfOrganization(
      @PathVariable long id,
      @PathVariable String key,
      @RequestBody NewValueJson body,
      @Parameter(hidden = true) @May(Permission.EDIT_CUSTOMERS) Agent agent,
      HttpServletRequest request) {
    organization(id);
    return set(
        Holder.ORGANIZATION, new Wanted(id, key, body), () -> organization(id), agent, request);
  }

  private record Wanted(long id, String key, NewValueJson body) {}

  private ValuesJson set(
      Holder holder,
      Wanted wanted,
      Supplier<FieldValues> now,
      Agent agent,
      HttpServletRequest request) {
    return customers
        .calls()
        .once(
            Callers.call(request, agent),
            wanted.body(),
            ValuesJson.class,
            () ->
                customers
                    .fields()
                    .set(holder, wanted.id(), wanted.key(), wanted.body().value(), agent.actor())
                    .map(_ -> new ValuesJson(json(customers.fields().of(holder, now.get())))));
  }

  private FieldValues customer(long id) {
    return customers
        .customers()
        .withId(new CustomerId(id))
        .orElseThrow(() -> ApiRefusal.unknown("customer " + id))
        .fields();
  }

  private FieldValues organization(long id) {
    return customers
        .organizations()
        .withId(new OrganizationId(id))
        .orElseThrow(() -> ApiRefusal.unknown("organization " + id))
        .fields();
  }

  private static ApiPage<ValueJson> page(List<ShownField> fields) {
    return ApiPage.whole(json(fields));
  }

  private static List<ValueJson> json(List<ShownField> fields) {
    return fields.stream().map(ValueJson::of).toList();
  }
}
