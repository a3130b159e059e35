package dev.evergreen.server.platform.api;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Answers what no other part of the API does, in the shape of the API.
@Hidden
@RestController
class ApiNowhere {

  @RequestMapping("/api/**")
  Void refuse(HttpServletRequest request) {
    throw ApiRefusal.unknown("%s %s".formatted(request.getMethod(), request.getRequestURI()));
  }
}
