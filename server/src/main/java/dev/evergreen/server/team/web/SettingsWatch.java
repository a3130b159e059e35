package dev.evergreen.server.team.web;

import dev.evergreen.server.platform.SettingsAudit;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// Has whatever is sent to a page of settings, or by a program to the same, written to the audit
/// log with what became of it. New pages are watched without knowing.
@Component
final class SettingsWatch implements HandlerInterceptor, WebMvcConfigurer {
  private static final String CHANGE = SettingsWatch.class.getName();
  private static final Set<String> LOOKING = Set.of("GET", "HEAD", "OPTIONS");

  private final SettingsAudit audit;

  SettingsWatch(SettingsAudit audit) {
    this.audit = audit;
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry
        .addInterceptor(this)
        .addPathPatterns(
            "/settings/**",
            "/api/v1/webhooks/**",
            "/api/v1/macros/**",
            "/api/v1/canned-responses/**",
            "/api/v1/tags/**");
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (!LOOKING.contains(request.getMethod())
        && SecurityContextHolder.getContext().getAuthentication() instanceof SignedIn signedIn) {
      request.setAttribute(CHANGE, audit.begin(signedIn.getPrincipal().actor()));
    }
    return true;
  }

  /// Before the answer is sent: whoever has it finds the change in the log.
  @Override
  public void postHandle(
      HttpServletRequest request,
      HttpServletResponse response,
      Object handler,
      @Nullable ModelAndView view) {
    end(request);
  }

  @Override
  public void afterCompletion(
      HttpServletRequest request,
      HttpServletResponse response,
      Object handler,
      @Nullable Exception failure) {
    end(request);
  }

  private void end(HttpServletRequest request) {
    if (request.getAttribute(CHANGE) instanceof Long change) {
      request.removeAttribute(CHANGE);
      audit.end(change);
    }
  }
}
