package dev.evergreen.server.customer.web;

import dev.evergreen.server.customer.CustomerFields;
import dev.evergreen.server.customer.CustomerFields.Holder;
import dev.evergreen.server.customer.CustomerId;
import dev.evergreen.server.customer.Customers;
import dev.evergreen.server.customer.OrganizationId;
import dev.evergreen.server.customer.Organizations;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.platform.field.FieldValues;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.May;
import dev.evergreen.server.team.Permission;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/// The values of the team's own fields on a customer or an organization: set one by one, and taken
/// back.
@Controller
@RequestMapping("/{holder:customers|organizations}/{id}/own-fields")
class OwnFieldController {
  private final CustomerFields fields;
  private final Customers customers;
  private final Organizations organizations;

  OwnFieldController(CustomerFields fields, Customers customers, Organizations organizations) {
    this.fields = fields;
    this.customers = customers;
    this.organizations = organizations;
  }

  @PostMapping("/{key}")
  String set(
      @PathVariable String holder,
      @PathVariable long id,
      @PathVariable String key,
      @RequestParam(defaultValue = "") String value,
      @May(Permission.EDIT_CUSTOMERS) Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var place = place(holder, id);
    return answer(
        place,
        fields.set(place.holder(), id, key, value, agent.actor()),
        "Saved.",
        new Exchange(agent, request, response, model));
  }

  @PostMapping("/changes/{revision}/undoing")
  String undo(
      @PathVariable String holder,
      @PathVariable long id,
      @PathVariable long revision,
      @May(Permission.EDIT_CUSTOMERS) Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var place = place(holder, id);
    return answer(
        place,
        fields.undo(place.holder(), id, revision, agent.actor()).map(_ -> Optional.<Long>empty()),
        "It is as it was before.",
        new Exchange(agent, request, response, model));
  }

  /// Whose fields they are, and where its page is.
  private record Place(Holder holder, long id, String name, String href) {}

  private Place place(String path, long id) {
    var holder = path.equals("customers") ? Holder.CUSTOMER : Holder.ORGANIZATION;
    var name =
        switch (holder) {
          case CUSTOMER -> customers.withId(new CustomerId(id)).map(one -> one.name());
          case ORGANIZATION -> organizations.withId(new OrganizationId(id)).map(one -> one.name());
        };
    return new Place(
        holder,
        id,
        name.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND)),
        "/" + path + "/" + id);
  }

  private String answer(
      Place place, Outcome<Optional<Long>> outcome, String done, Exchange exchange) {
    return switch (outcome) {
      case Outcome.Accepted<Optional<Long>>(var change) -> {
        say(place, change, done, exchange);
        yield isInPlace(exchange) ? card(place, "", exchange) : "redirect:" + place.href();
      }
      case Outcome.Rejected<Optional<Long>>(Reason reason, String detail) -> {
        exchange.response().setStatus(reason.status());
        exchange.model().addAttribute("agent", exchange.agent());
        exchange.model().addAttribute("name", place.name());
        yield isInPlace(exchange)
            ? card(place, detail, exchange)
            : card(place, detail, exchange) + "_refused";
      }
    };
  }

  private static void say(Place place, Optional<Long> change, String done, Exchange exchange) {
    change.ifPresentOrElse(
        revision ->
            Flash.say(
                exchange.request(),
                exchange.response(),
                done,
                place.href() + "/own-fields/changes/" + revision + "/undoing"),
        () -> Flash.say(exchange.request(), exchange.response(), done));
  }

  private static boolean isInPlace(Exchange exchange) {
    return exchange.request().getHeader("HX-Request") != null;
  }

  private String card(Place place, String problem, Exchange exchange) {
    exchange.model().addAttribute("base", place.href());
    exchange.model().addAttribute("fields", fields.of(place.holder(), values(place)));
    exchange.model().addAttribute("problem", problem);
    return "customer/own_fields";
  }

  private FieldValues values(Place place) {
    return switch (place.holder()) {
      case CUSTOMER -> customers.withId(new CustomerId(place.id())).orElseThrow().fields();
      case ORGANIZATION ->
          organizations.withId(new OrganizationId(place.id())).orElseThrow().fields();
    };
  }
}
