package dev.evergreen.server.team.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;

/// What a browser is answered before, during and after signing in: a page for a page, a header for
/// htmx, a bare status for everything else.
final class SignInOutcomes {
  /// The request attribute that tells the refusal page why.
  static final String TOO_MANY = "sign-in.too-many";

  private final Entrance entrance;

  SignInOutcomes(Entrance entrance) {
    this.entrance = entrance;
  }

  void accepted(
      HttpServletRequest request, HttpServletResponse response, Authentication authentication)
      throws IOException {
    response.sendRedirect(ReturnPath.of(request.getParameter("next")));
  }

  void refused(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException refusal)
      throws IOException, ServletException {
    if (refusal instanceof SecondStepAsked asked) {
      response.sendRedirect(
          entrance.admit(asked.agent(), request.getParameter("next"), request, response));
      return;
    }
    request.setAttribute(TOO_MANY, refusal instanceof LockedException);
    request.getRequestDispatcher("/sign-in/refused").forward(request, response);
  }

  void signInFirst(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException refusal)
      throws IOException {
    if (request.getHeader("HX-Request") != null) {
      response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
      response.setHeader("HX-Redirect", ReturnPath.signInThenTo(currentPath(request)));
    } else if (request.getMethod().equals("GET") && wantsPage(request)) {
      response.sendRedirect(ReturnPath.signInThenTo(pathOf(request)));
    } else if (wantsPage(request)) {
      response.sendRedirect("/sign-in");
    } else {
      response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
    }
  }

  /// A form without its token, or with one of another browser: nothing has been done.
  void denied(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException refusal)
      throws IOException {
    response.sendError(
        HttpServletResponse.SC_FORBIDDEN,
        "This page has been open for too long. Load it again and repeat what you did.");
  }

  private static boolean wantsPage(HttpServletRequest request) {
    var accept = request.getHeader(HttpHeaders.ACCEPT);
    return accept != null && accept.contains(MediaType.TEXT_HTML_VALUE);
  }

  private static String pathOf(HttpServletRequest request) {
    var query = request.getQueryString();
    return query == null ? request.getRequestURI() : request.getRequestURI() + "?" + query;
  }

  /// The page on which htmx asked, not the part it asked for.
  private static String currentPath(HttpServletRequest request) {
    try {
      var page = URI.create(request.getHeader("HX-Current-URL"));
      var query = page.getRawQuery();
      return query == null ? page.getRawPath() : page.getRawPath() + "?" + query;
    } catch (IllegalArgumentException | NullPointerException _) {
      return "/";
    }
  }
}
