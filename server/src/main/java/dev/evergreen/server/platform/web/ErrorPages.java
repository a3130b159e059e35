package dev.evergreen.server.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorViewResolver;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;

/// What went wrong, in the reader's words and the product's hand; never a stack trace, a class name
/// or what the request contained.
@Component
final class ErrorPages implements ErrorViewResolver {

  @Override
  public ModelAndView resolveErrorView(
      HttpServletRequest request, HttpStatus status, Map<String, Object> model) {
    return new ModelAndView(
        "error/show", Map.of("status", status.value(), "problem", Problem.of(status)), status);
  }
}
