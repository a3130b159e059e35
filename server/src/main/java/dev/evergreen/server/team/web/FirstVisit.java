package dev.evergreen.server.team.web;

import dev.evergreen.server.team.Founding;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/// As long as there is no agent, everything leads to the welcome page.
final class FirstVisit extends OncePerRequestFilter {
  private final Founding founding;

  FirstVisit(Founding founding) {
    this.founding = founding;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    var path = request.getRequestURI();
    return path.equals("/welcome") || path.startsWith("/health/") || path.startsWith("/assets/");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (founding.isDone()) {
      chain.doFilter(request, response);
    } else {
      response.setStatus(HttpServletResponse.SC_SEE_OTHER);
      response.setHeader("Location", "/welcome");
    }
  }
}
