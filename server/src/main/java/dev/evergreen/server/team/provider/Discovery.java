package dev.evergreen.server.team.provider;

import dev.evergreen.server.platform.Outbound;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Asks a provider what it is (OpenID Connect Discovery 1.0), and looks whether one can sign in by
/// it: before anything is saved, in sentences that say what to do.
@Component
final class Discovery {
  static final JsonMapper JSON = JsonMapper.builder().build();
  static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  private static final String PATH = "/.well-known/openid-configuration";
  private static final List<String> NEEDED =
      List.of("authorization_endpoint", "token_endpoint", "jwks_uri");
  private static final int LONGEST = 500;

  private final Outbound outbound;

  Discovery(Outbound outbound) {
    this.outbound = outbound;
  }

  /// @return what the provider says of itself, as JSON
  Outcome<String> look(String issuer) {
    var wrong = wrongAddress("The address of the provider", issuer);
    if (wrong.isPresent()) {
      return Outcome.rejected(Reason.INVALID, wrong.get());
    }
    var address = issuer.replaceFirst("/$", "") + PATH;
    try {
      var answer = outbound.ask(new Outbound.Request("GET", URI.create(address), Map.of(), null));
      return answer.status() == 200
          ? read(issuer, address, answer.text())
          : Outcome.rejected(
              Reason.INVALID,
              "Expected a provider at %s, but it answered %d. Its address is what it calls “issuer”."
                  .formatted(address, answer.status()));
    } catch (UncheckedIOException e) {
      return Outcome.rejected(
          Reason.INVALID, "Expected a provider at %s, but: %s.".formatted(address, said(e)));
    }
  }

  private static String said(UncheckedIOException e) {
    return String.valueOf(e.getMessage()).replaceFirst("\\.$", "");
  }

  private static Outcome<String> read(String issuer, String address, String text) {
    Map<String, Object> said;
    try {
      said = JSON.readValue(text, OBJECT);
    } catch (JacksonException _) {
      return Outcome.rejected(
          Reason.INVALID,
          "Expected what a provider says of itself at %s, but it is no JSON.".formatted(address));
    }
    return objection(issuer, said)
        .<Outcome<String>>map(why -> Outcome.rejected(Reason.INVALID, why))
        .orElseGet(() -> Outcome.accepted(text));
  }

  private static Optional<String> objection(String issuer, Map<String, Object> said) {
    if (!issuer.equals(said.get("issuer"))) {
      return Optional.of(
          "Expected the provider to call itself %s, but it says “%s”: take that as its address."
              .formatted(issuer, said.get("issuer")));
    }
    for (var name : NEEDED) {
      var wrong =
          wrongAddress(
              "What the provider says of itself (" + name + ")", String.valueOf(said.get(name)));
      if (wrong.isPresent()) {
        return wrong;
      }
    }
    if (!offers(said, "response_types_supported", "code")) {
      return Optional.of("Expected a provider that answers with a code, but it offers none.");
    }
    if (!offers(said, "code_challenge_methods_supported", "S256")) {
      return Optional.of(
          "Expected a provider that checks who fetches a code (PKCE with S256), but it does not.");
    }
    return Optional.empty();
  }

  /// What a provider does not say at all is not held against it.
  private static boolean offers(Map<String, Object> said, String name, String wanted) {
    return !(said.get(name) instanceof List<?> offered) || offered.contains(wanted);
  }

  /// Secrets travel there, so nobody may read along; on this machine itself nobody can.
  private static Optional<String> wrongAddress(String what, String text) {
    try {
      var address = URI.create(text);
      var host = address.getHost();
      if (text.length() <= LONGEST
          && host != null
          && address.getRawUserInfo() == null
          && address.getRawFragment() == null
          && ("https".equals(address.getScheme())
              || ("http".equals(address.getScheme()) && isHere(host)))) {
        return Optional.empty();
      }
    } catch (IllegalArgumentException _) {
      // said below
    }
    return Optional.of(
        "%s: expected an address like https://login.example.com, but found “%s”."
            .formatted(what, text));
  }

  private static boolean isHere(String host) {
    try {
      return host.equals("localhost") || InetAddress.ofLiteral(host).isLoopbackAddress();
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
