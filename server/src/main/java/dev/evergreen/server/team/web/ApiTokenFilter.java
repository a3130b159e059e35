package dev.evergreen.server.team.web;

import dev.evergreen.server.team.ApiToken.Scope;
import dev.evergreen.server.team.ApiTokens;
import dev.evergreen.server.team.ApiTokens.Caller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.filter.OncePerRequestFilter;

/// Lets programs in by the token they bring with each request (RFC 6750), and by nothing else: no
/// cookie counts here, so no page can make a browser call the API. Reading needs the scope to read,
/// everything else the scope to write.
final class ApiTokenFilter extends OncePerRequestFilter {
  /// The request attribute that holds the token.
  static final String TOKEN = "api-token";

  private static final String SCHEME = "Bearer ";
  private static final Set<String> READING = Set.of("GET", "HEAD");
  private static final String NO_TOKEN =
      """
      {"type":"about:blank","title":"A token is needed","status":401,"detail":"Expected a token that \
      is good, as the header Authorization: Bearer evg_…"}\
      """;

  private static final String TOO_MANY =
      """
      {"type":"about:blank","title":"Too many calls","status":429,"detail":"Expected at most %d calls \
      a minute by this token. Wait as long as Retry-After says; nothing was changed."}\
      """
          .formatted(ApiLimits.CALLS_A_MINUTE);

  private final ApiLimits limits = new ApiLimits();
  private final ApiTokens tokens;

  ApiTokenFilter(ApiTokens tokens) {
    this.tokens = tokens;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var caller = bearer(request).flatMap(tokens::find);
    var needed = READING.contains(request.getMethod()) ? Scope.READ : Scope.WRITE;
    if (caller.isEmpty()) {
      refuse(response, HttpServletResponse.SC_UNAUTHORIZED, "", NO_TOKEN);
    } else if (!caller.get().may(needed)) {
      var scope = needed.name().toLowerCase(java.util.Locale.ROOT);
      refuse(
          response,
          HttpServletResponse.SC_FORBIDDEN,
          " error=\"insufficient_scope\", scope=\"" + scope + "\"",
          """
          {"type":"about:blank","title":"This token may not do that","status":403,\
          "detail":"Expected a token with the scope %s."}\
          """
              .formatted(scope));
    } else if (!limits.admit(caller.get().token(), response)) {
      problem(response, HttpStatus.TOO_MANY_REQUESTS.value(), TOO_MANY);
    } else {
      admit(caller.get(), request);
      chain.doFilter(request, response);
    }
  }

  private static Optional<String> bearer(HttpServletRequest request) {
    return Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION))
        .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
        .map(header -> header.substring(SCHEME.length()).strip());
  }

  private static void admit(Caller caller, HttpServletRequest request) {
    request.setAttribute(TOKEN, caller.token());
    SecurityContextHolder.setContext(new SecurityContextImpl(new SignedIn(caller.agent(), null)));
  }

  private static void refuse(
      HttpServletResponse response, int status, String challenge, String problem)
      throws IOException {
    response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer" + challenge);
    problem(response, status, problem);
  }

  private static void problem(HttpServletResponse response, int status, String problem)
      throws IOException {
    response.setStatus(status);
    response.setContentType("application/problem+json");
    response.getOutputStream().write(problem.getBytes(StandardCharsets.UTF_8));
  }
}
