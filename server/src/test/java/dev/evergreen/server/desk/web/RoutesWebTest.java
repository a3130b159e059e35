package dev.evergreen.server.desk.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.team.Role;
import dev.evergreen.server.team.Visitor;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// Asks every route that the program has, whoever wrote it: a new one is asked too.
class RoutesWebTest extends WebTest {
  /// What answers without a session, and why it may.
  private static final List<String> OPEN =
      List.of(
          "/sign-in",
          "/password",
          "/welcome",
          "/invitations/",
          "/survey/",
          "/s/",
          "/digest/",
          "/assets/",
          "/health",
          "/openapi.json",
          "/error");

  /// Programs come in by tokens alone: no form reaches what is here.
  private static final String API = "/api/";

  @Autowired
  @Qualifier("requestMappingHandlerMapping")
  RequestMappingHandlerMapping mappings;

  @Test
  void a_form_without_its_token_is_refused_whatever_it_asks_for() {
    Visitor visitor = signedIn(somebody("Ines", Role.ADMINISTRATOR));

    var forms = paths(RequestMethod.POST);

    assertThat(forms).hasSizeGreaterThan(60);
    assertThat(forms)
        .allSatisfy(path ->
            assertThat(visitor.postBare(path, Map.of("_csrf", "forged")).statusCode())
                .as(path)
                .isEqualTo(403));
  }

  @Test
  void only_forms_change_anything_but_for_programs() {
    assertThat(mappings.getHandlerMethods().keySet())
        .filteredOn(route -> !route.getPatternValues().iterator().next().startsWith(API))
        .allSatisfy(route ->
            assertThat(List.of(RequestMethod.GET, RequestMethod.POST))
                .containsAll(route.getMethodsCondition().getMethods()));
  }

  @Test
  void without_a_session_nothing_but_what_is_open_answers() {
    Visitor visitor = stranger();
    var closed =
        paths(RequestMethod.GET).stream()
            .filter(path -> OPEN.stream().noneMatch(path::startsWith))
            .toList();

    assertThat(closed).hasSizeGreaterThan(50);
    assertThat(closed)
        .allSatisfy(path -> {
          var answer = visitor.get(path);
          assertThat(answer.statusCode()).as(path).isIn(302, 401);
          assertThat(answer.headers().firstValue("Location").orElse("/sign-in"))
              .as(path)
              .contains("/sign-in");
        });
  }

  /// The paths of all routes that take this method, with something in the place of what they name.
  private SortedSet<String> paths(RequestMethod method) {
    var paths = new TreeSet<String>();
    mappings.getHandlerMethods().keySet().stream()
        .filter(route -> {
          var methods = route.getMethodsCondition().getMethods();
          return methods.isEmpty() || methods.contains(method);
        })
        .flatMap(route -> route.getPatternValues().stream())
        .filter(pattern -> method == RequestMethod.GET || !pattern.startsWith(API))
        .map(pattern -> pattern.replaceAll("\\{[^}]+}|\\*+", "1"))
        .forEach(paths::add);
    return paths;
  }
}
