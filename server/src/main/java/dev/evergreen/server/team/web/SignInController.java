package dev.evergreen.server.team.web;

import dev.evergreen.server.platform.Settings;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Founding;
import dev.evergreen.server.team.provider.Provider;
import dev.evergreen.server.team.provider.Providers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// The sign-in page, before and after a refused try. The try itself is taken by the security
/// filters.
@Controller
class SignInController {
  private static final String REFUSED =
      "This address and password do not open an account. After several tries an account rests for"
          + " some minutes.";
  static final String TOO_MANY =
      "There were too many tries from your network. Wait a minute, then try again.";

  private final Settings settings;
  private final Providers providers;

  SignInController(Settings settings, Providers providers) {
    this.settings = settings;
    this.providers = providers;
  }

  @GetMapping("/sign-in")
  String show(@Nullable Agent agent, @RequestParam(defaultValue = "") String next, Model model) {
    return agent == null ? page("", next, "", model) : "redirect:" + ReturnPath.of(next);
  }

  @PostMapping("/sign-in/refused")
  String refused(
      @RequestParam(defaultValue = "") String email,
      @RequestParam(defaultValue = "") String next,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var tooMany = Boolean.TRUE.equals(request.getAttribute(SignInOutcomes.TOO_MANY));
    response.setStatus((tooMany ? HttpStatus.TOO_MANY_REQUESTS : HttpStatus.UNAUTHORIZED).value());
    return page(email, next, tooMany ? TOO_MANY : REFUSED, model);
  }

  /// Whoever came back from the provider and may not come in.
  String refused(String why, Model model) {
    return page("", "", why, model);
  }

  private String page(String email, String next, String error, Model model) {
    model.addAttribute("email", email.length() > 254 ? "" : email);
    model.addAttribute("next", ReturnPath.of(next));
    model.addAttribute("error", error);
    model.addAttribute("provider", providers.open().map(Provider::name).orElse(""));
    model.addAttribute("organization", settings.get(Founding.ORGANIZATION_NAME));
    return "team/sign_in";
  }
}
