package dev.evergreen.server.desk.api;

import dev.evergreen.server.customer.Consent;
import dev.evergreen.server.customer.Consents;
import dev.evergreen.server.customer.CustomerId;
import dev.evergreen.server.customer.CustomerMerge;
import dev.evergreen.server.customer.CustomerMerges;
import dev.evergreen.server.customer.Customers;
import dev.evergreen.server.customer.Identities;
import dev.evergreen.server.customer.Identity;
import dev.evergreen.server.customer.Profile;
import dev.evergreen.server.platform.Outcome;
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
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What a customer is known by, agreed to and was made one with, for programs.
@RestController
class CustomerApi {
  private final Customers customers;
  private final Identities identities;
  private final Consents consents;
  private final CustomerMerges merges;
  private final ApiCalls calls;

  CustomerApi(
      Customers customers,
      Identities identities,
      Consents consents,
      CustomerMerges merges,
      ApiCalls calls) {
    this.customers = customers;
    this.identities = identities;
    this.consents = consents;
    this.merges = merges;
    this.calls = calls;
  }

  /// @param kind `address`, `phone` or `handle`
  /// @param verification how they have shown that it is theirs; `unverified` while they have not
  record IdentityJson(
      String kind,
      String value,
      String verification,
      @Nullable Instant verifiedAt,
      Instant addedAt) {
    static IdentityJson of(Identity identity) {
      return new IdentityJson(
          identity.kind().name().toLowerCase(Locale.ROOT),
          identity.value(),
          identity.verification().name().toLowerCase(Locale.ROOT),
          identity.verifiedAt(),
          identity.addedAt());
    }
  }

  record IdentitiesJson(List<IdentityJson> items) {}

  @Operation(summary = "What a customer is recognized by", tags = "Customers")
  @GetMapping("/api/v1/customers/{id}/identities")
  ApiPage<IdentityJson> identities(
      @PathVariable long id, @Parameter(hidden = true) @May(Permission.SEE_CUSTOMERS) Agent agent) {
    return ApiPage.whole(identitiesOf(profile(id)));
  }

  /// @param value an address, a number, or `network:name`
  record NewIdentityJson(Identity.Kind kind, String value) {}

  @Operation(summary = "Add something that a customer is recognized by", tags = "Customers")
  @PostMapping("/api/v1/customers/{id}/identities")
  IdentitiesJson add(
      @PathVariable long id,
      @RequestBody NewIdentityJson body,
      @Parameter(hidden = true) @May(Permission.EDIT_CUSTOMERS) Agent agent,
      HttpServletRequest request) {
    var customer = profile(id).customer().id();
    return changed(
        id,
        body,
        agent,
        request,
        () -> identities.add(customer, body.kind(), body.value(), agent.actor()));
  }

  @Operation(summary = "Take something away that a customer is recognized by", tags = "Customers")
  @DeleteMapping("/api/v1/customers/{id}/identities")
  IdentitiesJson remove(
      @PathVariable long id,
      @RequestParam Identity.Kind kind,
      @RequestParam String value,
      @Parameter(hidden = true) @May(Permission.EDIT_CUSTOMERS) Agent agent,
      HttpServletRequest request) {
    var customer = profile(id).customer().id();
    return changed(
        id,
        kind + " " + value,
        agent,
        request,
        () -> identities.remove(customer, kind, value, agent.actor()));
  }

  private IdentitiesJson changed(
      long id,
      Object body,
      Agent agent,
      HttpServletRequest request,
      Supplier<? extends Outcome<?>> verb) {
    return calls.once(
        Callers.call(request, agent),
        body,
        IdentitiesJson.class,
        () -> verb.get().map(_ -> new IdentitiesJson(identitiesOf(profile(id)))));
  }

  private List<IdentityJson> identitiesOf(Profile profile) {
    return identities.of(profile.customer().id()).stream().map(IdentityJson::of).toList();
  }

  /// @param other the record that goes into this one
  /// @param otherRevision of that record, as the caller has seen it
  /// @param revision of this record, as the caller has seen it
  record MergeJson(long other, long otherRevision, long revision) {}

  /// @param source the record that went into the other
  record MergedJson(long id, long source, long target, Instant at, @Nullable Instant undoneAt) {
    static MergedJson of(CustomerMerge merge) {
      return new MergedJson(
          merge.id(), merge.source().value(), merge.target().value(), merge.at(), merge.undoneAt());
    }
  }

  @Operation(summary = "Make two records of one person one", tags = "Customers")
  @PostMapping("/api/v1/customers/{id}/merge")
  MergedJson merge(
      @PathVariable long id,
      @RequestBody MergeJson body,
      @Parameter(hidden = true) @May(Permission.EDIT_CUSTOMERS) Agent agent,
      HttpServletRequest request) {
    var target = new CustomerMerges.Seen(profile(id).customer().id(), body.revision());
    var source = new CustomerMerges.Seen(new CustomerId(body.other()), body.otherRevision());
    return calls.once(
        Callers.call(request, agent),
        body,
        MergedJson.class,
        () -> merges.merge(source, target, agent.actor()).map(MergedJson::of));
  }

  @Operation(summary = "The records that went into this one", tags = "Customers")
  @GetMapping("/api/v1/customers/{id}/merges")
  ApiPage<MergedJson> merges(
      @PathVariable long id,
      @Parameter(hidden = true) @May(Permission.EDIT_CUSTOMERS) Agent agent) {
    return ApiPage.whole(
        merges.into(profile(id).customer().id()).stream().map(MergedJson::of).toList());
  }

  @Operation(summary = "Make one record two again", tags = "Customers")
  @PostMapping("/api/v1/customers/{id}/merges/{merge}/undoing")
  MergedJson undo(
      @PathVariable long id,
      @PathVariable long merge,
      @Parameter(hidden = true) @May(Permission.EDIT_CUSTOMERS) Agent agent,
      HttpServletRequest request) {
    if (merges.into(profile(id).customer().id()).stream().noneMatch(one -> one.id() == merge)) {
      throw ApiRefusal.unknown("merge " + merge);
    }
    return calls.once(
        Callers.call(request, agent),
        merge,
        MergedJson.class,
        () -> merges.undo(merge, agent.actor()).map(MergedJson::of));
  }

  /// @param kind what it is about: `newsletter`
  /// @param how it was told: `by phone`
  record ConsentJson(String kind, boolean given, String how, Instant at) {
    static ConsentJson of(Consent consent) {
      return new ConsentJson(consent.kind(), consent.isGiven(), consent.how(), consent.at());
    }
  }

  record ConsentsJson(List<ConsentJson> items) {}

  @Operation(summary = "What a customer agreed to or took back", tags = "Customers")
  @GetMapping("/api/v1/customers/{id}/consents")
  ApiPage<ConsentJson> consents(
      @PathVariable long id, @Parameter(hidden = true) @May(Permission.SEE_CUSTOMERS) Agent agent) {
    return ApiPage.whole(consentsOf(profile(id)));
  }

  record NewConsentJson(String kind, boolean given, String how) {}

  @Operation(summary = "Keep what a customer agreed to or took back", tags = "Customers")
  @PostMapping("/api/v1/customers/{id}/consents")
  ConsentsJson consent(
      @PathVariable long id,
      @RequestBody NewConsentJson body,
      @Parameter(hidden = true) @May(Permission.EDIT_CUSTOMERS) Agent agent,
      HttpServletRequest request) {
    var customer = profile(id).customer().id();
    return calls.once(
        Callers.call(request, agent),
        body,
        ConsentsJson.class,
        () ->
            consents
                .tell(customer, body.kind(), body.given(), body.how(), agent.actor())
                .map(_ -> new ConsentsJson(consentsOf(profile(id)))));
  }

  private List<ConsentJson> consentsOf(Profile profile) {
    return consents.of(profile.customer().id()).stream().map(ConsentJson::of).toList();
  }

  private Profile profile(long id) {
    return customers
        .profile(new CustomerId(id))
        .orElseThrow(() -> ApiRefusal.unknown("customer " + id));
  }
}
