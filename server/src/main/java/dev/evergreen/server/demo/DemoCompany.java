package dev.evergreen.server.demo;

import dev.evergreen.server.channel.OwnAddresses;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.Settings;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.Founding;
import dev.evergreen.server.team.NewAgent;
import dev.evergreen.server.team.Passwords;
import dev.evergreen.server.team.TeamId;
import dev.evergreen.server.team.Teams;
import dev.evergreen.server.workflow.OpeningHours;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Component;

/// Founds the demo's company: its name and addresses, its hours, its teams and the people in them.
@Component
@ConditionalOnBooleanProperty("evergreen.demo")
class DemoCompany {
  private static final List<String> WEEK =
      List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");

  private final Settings settings;
  private final OwnAddresses addresses;
  private final Teams teams;
  private final Agents agents;
  private final Passwords passwords;
  private final ShopSorting sorting;

  DemoCompany(
      Settings settings,
      OwnAddresses addresses,
      Teams teams,
      Agents agents,
      Passwords passwords,
      ShopSorting sorting) {
    this.settings = settings;
    this.addresses = addresses;
    this.teams = teams;
    this.agents = agents;
    this.passwords = passwords;
    this.sorting = sorting;
  }

  /// The web shop answers every day of the week, in the time zone of whoever looks at it.
  void found() {
    settings.put(Founding.ORGANIZATION_NAME, DemoPeople.SHOP);
    settings.put(Founding.SUPPORT_ADDRESS, DemoPeople.SUPPORT);
    settings.put(
        OpeningHours.SETTING,
        ZoneId.systemDefault()
            + WEEK.stream().map(day -> "; " + day + " 08:00-20:00").collect(Collectors.joining()));
    addresses.refresh();
    var keys = new HashMap<String, TeamId>();
    for (var team : DemoPeople.TEAMS) {
      keys.put(team.key(), teams.create(team.key(), team.name(), Actor.SYSTEM).expected().id());
    }
    DemoPeople.COLLEAGUES.forEach(colleague -> hire(colleague, keys));
    sorting.setUp();
  }

  private Agent hire(DemoPeople.Colleague colleague, Map<String, TeamId> keys) {
    return agents
        .add(
            new NewAgent(
                colleague.name(),
                colleague.address(),
                colleague.role(),
                colleague.teams().stream().map(keys::get).toList()),
            Actor.SYSTEM)
        .expected();
  }

  /// To those whose sign-ins are shown: encoding takes a tenth of a second each, on purpose.
  void givePasswords() {
    agents.active().stream()
        .filter(agent -> DemoPeople.SIGN_INS.contains(agent.email()))
        .forEach(agent -> passwords.set(agent.id(), DemoPeople.PASSWORD, agent.actor()).expected());
  }
}
