package dev.evergreen.server.team.web;

import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.May;
import dev.evergreen.server.team.Session;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// Gives controllers the signed-in [Agent], or the whole [Session], as a parameter. On pages open
/// to all the parameter is `@Nullable`; where not everybody may come it says so by [May].
@Component
final class AgentArguments implements HandlerMethodArgumentResolver, WebMvcConfigurer {
  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(this);
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == Agent.class
        || parameter.getParameterType() == Session.class;
  }

  @Override
  public @Nullable Object resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest request,
      @Nullable WebDataBinderFactory binders) {
    if (SecurityContextHolder.getContext().getAuthentication() instanceof SignedIn signedIn) {
      var session = signedIn.session();
      if (parameter.getParameterType() == Agent.class) {
        return admitted(signedIn.getPrincipal(), parameter);
      }
      if (session != null) {
        return session;
      }
    }
    if (parameter.isOptional()) {
      return null;
    }
    throw new IllegalStateException(
        "expected a signed-in agent for " + parameter + ", but the path is open to all");
  }

  private static Agent admitted(Agent agent, MethodParameter parameter) {
    var needed = parameter.getParameterAnnotation(May.class);
    if (needed != null && !agent.may(needed.value())) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    return agent;
  }
}
