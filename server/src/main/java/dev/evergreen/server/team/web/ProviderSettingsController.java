package dev.evergreen.server.team.web;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.May;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.team.Roles;
import dev.evergreen.server.team.TeamId;
import dev.evergreen.server.team.Teams;
import dev.evergreen.server.team.provider.Provider;
import dev.evergreen.server.team.provider.Providers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Where the provider of identities is connected by which people sign in.
@Controller
@RequestMapping(ProviderSettingsController.PATH)
class ProviderSettingsController {
  static final String PATH = "/settings/provider";

  private final Providers providers;
  private final Roles roles;
  private final Teams teams;

  ProviderSettingsController(Providers providers, Roles roles, Teams teams) {
    this.providers = providers;
    this.roles = roles;
    this.teams = teams;
  }

  /// What the form sends. Boxes that are not ticked are not sent.
  private record Sent(Map<String, String> fields) {
    Providers.Wanted wanted(List<Long> teams) {
      var role = text("role");
      return new Providers.Wanted(
          text("name"),
          new Provider.Client(text("issuer"), text("client")),
          text("secret"),
          fields.containsKey("active"),
          new Provider.Admission(
              Providers.domains(text("domains")),
              new Provider.Claim(text("claim"), text("value")),
              fields.containsKey("links"),
              role.isEmpty()
                  ? null
                  : new Provider.Newcomers(role, teams.stream().map(TeamId::new).toList())));
    }

    private String text(String name) {
      return fields.getOrDefault(name, "").replace("\0", "").strip();
    }
  }

  @GetMapping
  String show(@May(Permission.ADMINISTER) Agent agent, Model model) {
    var wanted = providers.connected().map(ProviderForm::of).orElse(ProviderForm.BLANK);
    return page(wanted, "", agent, model);
  }

  @PostMapping
  String save(
      @RequestParam Map<String, String> sent,
      @RequestParam(name = "team", defaultValue = "") List<Long> newcomerTeams,
      @RequestParam(defaultValue = "0") long revision,
      @May(Permission.ADMINISTER) Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var wanted = new Sent(sent).wanted(newcomerTeams);
    return switch (providers.save(wanted, revision)) {
      case Outcome.Accepted<Provider>(var provider) -> {
        Flash.say(
            request,
            response,
            "%s was looked at and is connected.%s"
                .formatted(
                    provider.name(),
                    provider.active() ? "" : " Nobody can come by it until you let them."));
        yield "redirect:" + PATH;
      }
      case Outcome.Rejected<Provider>(Outcome.Reason reason, String detail) -> {
        response.setStatus(reason.status());
        yield page(wanted, detail, agent, model);
      }
    };
  }

  @PostMapping("/removal")
  String remove(
      @May(Permission.ADMINISTER) Agent agent,
      HttpServletRequest request,
      HttpServletResponse response) {
    providers.disconnect();
    Flash.say(request, response, "Disconnected. Everybody signs in by what they have here.");
    return "redirect:" + PATH;
  }

  private String page(Providers.Wanted wanted, String problem, Agent agent, Model model) {
    model.addAttribute("agent", agent);
    model.addAttribute(
        "form",
        new ProviderForm(
            wanted,
            providers.connected().map(ProviderForm.State::of).orElse(ProviderForm.State.NONE),
            roles.offered().stream().filter(role -> !role.may(Permission.ADMINISTER)).toList(),
            teams.all(),
            ProviderController.returnAddress(),
            problem));
    return "team/provider";
  }
}
