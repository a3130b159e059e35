package dev.evergreen.server.team.web;

import dev.evergreen.server.team.ApiTokens;
import dev.evergreen.server.team.Founding;
import dev.evergreen.server.team.PublicPaths;
import jakarta.servlet.DispatcherType;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.config.annotation.web.configurers.LogoutConfigurer;
import org.springframework.security.config.annotation.web.configurers.RequestCacheConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;

/// Who gets in at all. What an agent may then see is decided by the finders, never by paths.
@Configuration(proxyBeanMethods = false)
class Security {
  private static final String[] OPEN_TO_ALL = {
    "/sign-in",
    "/sign-in/refused",
    "/sign-in/code",
    "/sign-in/passkey",
    "/sign-in/passkey/options",
    "/sign-in/provider",
    "/sign-in/provider/return",
    "/welcome",
    "/password",
    "/password/*",
    "/assets/**",
    "/health/**",
    "/openapi.json",
    "/error"
  };

  /// Requests are measured once, as a whole; not each filter of them again.
  @Bean
  static SecurityObservationSettings noObservations() {
    return SecurityObservationSettings.noObservations();
  }

  /// Programs come in by tokens alone, so their requests need none of what protects people's.
  @Bean
  @Order(1)
  SecurityFilterChain programs(HttpSecurity http, ApiTokens tokens) {
    return http.securityMatcher("/api/**")
        .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
        .csrf(CsrfConfigurer::disable)
        .requestCache(RequestCacheConfigurer::disable)
        .logout(LogoutConfigurer::disable)
        .securityContext(context ->
            context.securityContextRepository(new RequestAttributeSecurityContextRepository()))
        .sessionManagement(
            management -> management.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .addFilterBefore(new ApiTokenFilter(tokens), AuthorizationFilter.class)
        .build();
  }

  @Bean
  SecurityFilterChain securityFilterChain(
      HttpSecurity http,
      Founding founding,
      DatabaseSessions sessions,
      Entrance entrance,
      List<PublicPaths> publicPaths) {
    var contributed =
        publicPaths.stream().flatMap(paths -> paths.patterns().stream()).toArray(String[]::new);
    var outcomes = new SignInOutcomes(entrance);
    return http.authorizeHttpRequests(requests ->
            requests
                // Only the first request asks; what it leads to inside the server has passed.
                .dispatcherTypeMatchers(
                    DispatcherType.ERROR, DispatcherType.FORWARD, DispatcherType.ASYNC)
                .permitAll()
                .requestMatchers(OPEN_TO_ALL)
                .permitAll()
                .requestMatchers(contributed)
                .permitAll()
                .anyRequest()
                .authenticated())
        .formLogin(form ->
            form.loginPage("/sign-in")
                .usernameParameter("email")
                .passwordParameter("password")
                .successHandler(outcomes::accepted)
                .failureHandler(outcomes::refused))
        .logout(out ->
            out.logoutUrl("/sign-out").logoutSuccessUrl("/sign-in").invalidateHttpSession(false))
        .exceptionHandling(failures ->
            failures
                .authenticationEntryPoint(outcomes::signInFirst)
                .accessDeniedHandler(outcomes::denied))
        .securityContext(context -> context.securityContextRepository(sessions))
        .sessionManagement(
            management -> management.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .requestCache(RequestCacheConfigurer::disable)
        .csrf(csrf -> csrf.csrfTokenRepository(new CsrfCookie()))
        .headers(headers ->
            headers
                .frameOptions(frames -> frames.sameOrigin())
                .permissionsPolicyHeader(policy ->
                    policy.policy("camera=(), microphone=(), geolocation=(), payment=(), usb=()"))
                .crossOriginOpenerPolicy(
                    opener -> opener.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                .crossOriginResourcePolicy(
                    resource -> resource.policy(CrossOriginResourcePolicy.SAME_ORIGIN)))
        .addFilterBefore(new FirstVisit(founding), CsrfFilter.class)
        .build();
  }
}
