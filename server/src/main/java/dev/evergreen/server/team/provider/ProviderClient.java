package dev.evergreen.server.team.provider;

import dev.evergreen.server.platform.EmailAddress;
import dev.evergreen.server.platform.Outbound;
import dev.evergreen.server.team.Token;
import java.util.Base64;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.oauth2.client.authentication.OAuth2LoginAuthenticationToken;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.authentication.OidcAuthorizationCodeAuthenticationProvider;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.userinfo.DefaultOAuth2UserService;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/// Speaks OpenID Connect with one provider: authorization code with PKCE, state and nonce. The
/// checks are Spring Security's; each of its requests goes through [Outbound].
final class ProviderClient {
  private static final List<String> SCOPES = List.of("openid", "profile", "email");

  private final ClientRegistration registration;
  private final OidcAuthorizationCodeAuthenticationProvider authentication;

  /// @param returnAddress where the provider sends people back to
  ProviderClient(Provider provider, String secret, String returnAddress, Outbound outbound) {
    var said = Discovery.JSON.readValue(provider.configuration(), Discovery.OBJECT);
    var known = ClientRegistrations.fromOidcConfiguration(said);
    if (secret.isEmpty()) {
      known.clientAuthenticationMethod(ClientAuthenticationMethod.NONE);
    } else {
      known.clientSecret(secret);
    }
    registration =
        known
            .registrationId("provider")
            .clientId(provider.client().id())
            .scope(SCOPES)
            .redirectUri(returnAddress)
            .build();
    var operations = new RestTemplate(outbound.requests());
    var tokens = new RestClientAuthorizationCodeTokenResponseClient();
    tokens.setRestClient(
        RestClient.builder()
            .requestFactory(outbound.requests())
            .configureMessageConverters(converters ->
                converters
                    .addCustomConverter(new FormHttpMessageConverter())
                    .addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter()))
            .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
            .build());
    var users = new DefaultOAuth2UserService();
    users.setRestOperations(operations);
    var people = new OidcUserService();
    people.setOauth2UserService(users);
    people.setRetrieveUserInfo(_ -> {
      var address = registration.getProviderDetails().getUserInfoEndpoint().getUri();
      return address != null && !address.isBlank();
    });
    authentication = new OidcAuthorizationCodeAuthenticationProvider(tokens, people);
    var decoder =
        NimbusJwtDecoder.withJwkSetUri(
                Objects.requireNonNull(registration.getProviderDetails().getJwkSetUri()))
            .restOperations(operations)
            .jwsAlgorithms(all -> all.addAll(algorithms(said)))
            .build();
    decoder.setJwtValidator(
        new DelegatingOAuth2TokenValidator<>(
            new JwtTimestampValidator(), new OidcIdTokenValidator(registration)));
    authentication.setJwtDecoderFactory(_ -> decoder);
  }

  /// Those of public keys alone: nobody who knows our secret can sign for the provider.
  private static Set<SignatureAlgorithm> algorithms(Map<String, Object> said) {
    var offered = new HashSet<SignatureAlgorithm>();
    if (said.get("id_token_signing_alg_values_supported") instanceof Collection<?> names) {
      names.stream()
          .map(name -> SignatureAlgorithm.from(String.valueOf(name)))
          .filter(one -> one != null)
          .forEach(offered::add);
    }
    return offered.isEmpty() ? Set.of(SignatureAlgorithm.RS256) : offered;
  }

  /// What has to be known again when somebody comes back.
  record Sent(String state, String nonce, String verifier) {}

  /// Where to send somebody, and what to remember.
  record Departure(String address, Sent sent) {}

  Departure depart() {
    var nonce = Token.random().value();
    var state = Token.random().value();
    var builder = request(state);
    builder
        .attributes(attributes -> attributes.put(OidcParameterNames.NONCE, nonce))
        .additionalParameters(parameters -> parameters.put(OidcParameterNames.NONCE, hash(nonce)));
    OAuth2AuthorizationRequestCustomizers.withPkce().accept(builder);
    var request = builder.build();
    String verifier = Objects.requireNonNull(request.getAttribute(VERIFIER));
    return new Departure(request.getAuthorizationRequestUri(), new Sent(state, nonce, verifier));
  }

  private static final String VERIFIER = "code_verifier";

  private OAuth2AuthorizationRequest.Builder request(String state) {
    return OAuth2AuthorizationRequest.authorizationCode()
        .clientId(registration.getClientId())
        .authorizationUri(
            Objects.requireNonNull(registration.getProviderDetails().getAuthorizationUri()))
        .redirectUri(registration.getRedirectUri())
        .scopes(registration.getScopes())
        .state(state);
  }

  private static String hash(String nonce) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Token.sha256(nonce));
  }

  /// What the browser brought back: a code, or an error and why.
  record Brought(String state, String code, String error, String why) {}

  /// Fetches who it is for the code. Throws Spring Security's `AuthenticationException` when the
  /// provider refused, or when anything it said is not as it must be.
  ProviderAccounts.Person arrive(Sent sent, Brought brought) {
    var request =
        request(sent.state())
            .attributes(attributes -> {
              attributes.put(OidcParameterNames.NONCE, sent.nonce());
              attributes.put(VERIFIER, sent.verifier());
            })
            .build();
    var response =
        (brought.error().isEmpty()
                ? OAuth2AuthorizationResponse.success(brought.code())
                : OAuth2AuthorizationResponse.error(brought.error())
                    .errorDescription(brought.why()))
            .redirectUri(Objects.requireNonNull(registration.getRedirectUri()))
            .state(brought.state())
            .build();
    var known =
        authentication.authenticate(
            new OAuth2LoginAuthenticationToken(
                registration, new OAuth2AuthorizationExchange(request, response)));
    if (known == null || !(known.getPrincipal() instanceof OidcUser user)) {
      throw new IllegalStateException("expected a person, but found " + known);
    }
    return person(user);
  }

  private static ProviderAccounts.Person person(OidcUser user) {
    var verified = "true".equals(String.valueOf(user.getClaims().get("email_verified")));
    var address = user.getEmail();
    var name = user.getFullName();
    return new ProviderAccounts.Person(
        Objects.requireNonNull(user.getSubject()),
        verified && address != null ? EmailAddress.parse(address) : Optional.empty(),
        name == null ? "" : name,
        user.getClaims());
  }
}
