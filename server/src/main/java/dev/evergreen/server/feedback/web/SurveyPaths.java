package dev.evergreen.server.feedback.web;

import dev.evergreen.server.team.PublicPaths;
import java.util.List;
import org.springframework.stereotype.Component;

/// Customers answer without signing in: the link is what lets them.
@Component
final class SurveyPaths implements PublicPaths {
  @Override
  public List<String> patterns() {
    return List.of("/survey/**");
  }

  @Override
  public List<String> customersOwn() {
    return List.of("/survey/");
  }
}
