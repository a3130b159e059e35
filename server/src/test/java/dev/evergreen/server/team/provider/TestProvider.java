package dev.evergreen.server.team.provider;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.SecurityContextHolderFilter;

/// A real provider of identities, Spring Authorization Server, on an address of its own. Whoever
/// says who they are is believed; what it then says of them is put together by each test.
final class TestProvider implements AutoCloseable {
  static final String CLIENT = "evergreen";
  private static final String PERSON = "X-Person";
  static final String SECRET = "a secret of the test";

  private final Map<String, Map<String, Object>> people = new ConcurrentHashMap<>();
  private final AnnotationConfigServletWebServerApplicationContext server;
  private final HttpClient browser = HttpClient.newHttpClient();

  /// @param returnAddress the one address that it sends people back to
  TestProvider(String returnAddress) {
    server = new AnnotationConfigServletWebServerApplicationContext();
    server.registerBean("people", People.class, () -> new People(people, returnAddress));
    server.register(Configured.class);
    server.refresh();
  }

  record People(Map<String, Map<String, Object>> claims, String returnAddress) {}

  String issuer() {
    return "http://127.0.0.2:" + Objects.requireNonNull(server.getWebServer()).getPort();
  }

  /// What it says of somebody beside their name.
  void knows(String subject, Map<String, Object> claims) {
    people.put(subject, claims);
  }

  /// Where it sends the browser of somebody who proves who they are.
  String prove(String subject, String address) {
    var request =
        HttpRequest.newBuilder(URI.create(address))
            .header(PERSON, subject)
            .header("Accept", "text/html")
            .build();
    try {
      return browser
          .send(request, HttpResponse.BodyHandlers.ofString())
          .headers()
          .firstValue("Location")
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    browser.close();
    server.close();
  }

  /// No configuration by name, so that the program under test does not take it for one of its own.
  @EnableWebSecurity
  static class Configured {
    @Bean
    TomcatServletWebServerFactory web() throws UnknownHostException {
      var factory = new TomcatServletWebServerFactory(0);
      factory.setAddress(InetAddress.getByName("127.0.0.2"));
      factory.setRegisterDefaultServlet(true); // filters stand before a servlet alone
      return factory;
    }

    @Bean
    DelegatingFilterProxyRegistrationBean filters() {
      return new DelegatingFilterProxyRegistrationBean("springSecurityFilterChain");
    }

    @Bean
    SecurityFilterChain chain(HttpSecurity http) {
      return http.oauth2AuthorizationServer(
              authorization -> authorization.oidc(Customizer.withDefaults()))
          .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
          .addFilterAfter(
              (request, response, rest) -> {
                var name = ((HttpServletRequest) request).getHeader(PERSON);
                if (name != null) {
                  SecurityContextHolder.getContext()
                      .setAuthentication(
                          UsernamePasswordAuthenticationToken.authenticated(
                              name,
                              "",
                              List.of(
                                  FactorGrantedAuthority.fromAuthority(
                                      FactorGrantedAuthority.PASSWORD_AUTHORITY))));
                }
                rest.doFilter(request, response);
              },
              SecurityContextHolderFilter.class)
          .build();
    }

    @Bean
    RegisteredClientRepository clients(People people) {
      return new InMemoryRegisteredClientRepository(
          RegisteredClient.withId("one")
              .clientId(CLIENT)
              .clientSecret("{noop}" + SECRET)
              .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
              .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
              .redirectUri(people.returnAddress())
              .scope("openid")
              .scope("profile")
              .scope("email")
              .clientSettings(
                  ClientSettings.builder()
                      .requireProofKey(true)
                      .requireAuthorizationConsent(false)
                      .build())
              .build());
    }

    @Bean
    OAuth2TokenCustomizer<JwtEncodingContext> claims(People people) {
      return context ->
          people
              .claims()
              .getOrDefault(
                  Objects.requireNonNull(context.<Authentication>getPrincipal()).getName(),
                  Map.of())
              .forEach(context.getClaims()::claim);
    }

    @Bean
    JWKSource<SecurityContext> keys() throws NoSuchAlgorithmException {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      var pair = generator.generateKeyPair();
      return new ImmutableJWKSet<>(
          new JWKSet(
              new RSAKey.Builder((RSAPublicKey) pair.getPublic())
                  .privateKey((RSAPrivateKey) pair.getPrivate())
                  .keyID("of-the-test")
                  .build()));
    }

    @Bean
    JwtDecoder decoder(JWKSource<SecurityContext> keys) {
      return OAuth2AuthorizationServerConfiguration.jwtDecoder(keys);
    }

    @Bean
    AuthorizationServerSettings settings() {
      return AuthorizationServerSettings.builder().build();
    }
  }
}
