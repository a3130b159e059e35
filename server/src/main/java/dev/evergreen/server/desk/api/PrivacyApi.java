package dev.evergreen.server.desk.api;

import dev.evergreen.server.customer.CustomerId;
import dev.evergreen.server.customer.Customers;
import dev.evergreen.server.customer.Profile;
import dev.evergreen.server.platform.DataExport;
import dev.evergreen.server.platform.Erasures;
import dev.evergreen.server.platform.Erasures.Cause;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.platform.api.ApiCalls;
import dev.evergreen.server.platform.api.ApiRefusal;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.May;
import dev.evergreen.server.team.Permission;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// What is kept of a person, given out and erased, for programs of leads and administrators.
@RestController
class PrivacyApi {
  private final Customers customers;
  private final DataExport export;
  private final Erasures erasures;
  private final ApiCalls calls;

  PrivacyApi(Customers customers, DataExport export, Erasures erasures, ApiCalls calls) {
    this.customers = customers;
    this.export = export;
    this.erasures = erasures;
    this.calls = calls;
  }

  @Operation(summary = "Everything that is kept of a customer, as a ZIP file", tags = "Privacy")
  @GetMapping(path = "/api/v1/customers/{id}/export", produces = "application/zip")
  void export(
      @PathVariable long id,
      @Parameter(hidden = true) @May(Permission.EXPORT) Agent agent,
      HttpServletResponse response)
      throws IOException {
    var subject = profile(id).customer().id().subject();
    response.setContentType("application/zip");
    response.setHeader(
        "Content-Disposition", "attachment; filename=\"customer-%d.zip\"".formatted(id));
    export.write(subject, response.getOutputStream());
  }

  /// @param name of the customer, exactly: nobody is erased by a mistyped number
  record ErasureJson(String name) {}

  /// @param receipt by which the erasure is found under the settings of privacy
  record ReceiptJson(long receipt) {}

  @Operation(
      summary = "Erase what is kept of a customer",
      description = "It is done in the background and cannot be taken back.",
      tags = "Privacy")
  @PostMapping("/api/v1/customers/{id}/erasure")
  @ResponseStatus(HttpStatus.ACCEPTED)
  ReceiptJson erase(
      @PathVariable long id,
      @RequestBody ErasureJson body,
      @Parameter(hidden = true) @May(Permission.EXPORT) Agent agent,
      HttpServletRequest request) {
    var customer = profile(id).customer();
    return calls.once(
        Callers.call(request, agent),
        body,
        ReceiptJson.class,
        () ->
            customer.name().equals(body.name().strip())
                ? erasures
                    .begin(customer.id().subject(), Cause.ASKED, agent.actor())
                    .map(receipt -> new ReceiptJson(receipt.id()))
                : Outcome.rejected(
                    Reason.INVALID, "Expected `name` to be the customer's name exactly."));
  }

  private Profile profile(long id) {
    return customers
        .profile(new CustomerId(id))
        .filter(profile -> !profile.place().isErased())
        .orElseThrow(() -> ApiRefusal.unknown("customer " + id));
  }
}
