package dev.evergreen.server.desk.web;

import dev.evergreen.server.team.TeamId;
import dev.evergreen.server.team.Teams;
import dev.evergreen.server.ticket.view.Audience;
import dev.evergreen.server.ticket.view.View;
import dev.evergreen.server.ticket.view.ViewCounts;
import dev.evergreen.server.ticket.view.Viewpoint;
import dev.evergreen.server.ticket.view.Views;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.springframework.stereotype.Component;

/// Makes the menu of views: what is there for an agent, counted as far as counts are worth.
@Component
final class ViewsMenus {
  private final Views views;
  private final ViewCounts counts;
  private final Teams teams;

  ViewsMenus(Views views, ViewCounts counts, Teams teams) {
    this.views = views;
    this.counts = counts;
    this.teams = teams;
  }

  ViewsMenu of(String current, Viewpoint from) {
    var sections = new LinkedHashMap<String, List<ViewsMenu.Item>>();
    for (View view : views.of(from.agent())) {
      sections
          .computeIfAbsent(heading(view.audience()), _ -> new ArrayList<>())
          .add(new ViewsMenu.Item(view.key(), view.name(), count(view, from)));
    }
    return new ViewsMenu(
        sections.entrySet().stream()
            .map(section -> new ViewsMenu.Section(section.getKey(), section.getValue()))
            .toList(),
        current,
        true);
  }

  private String count(View view, Viewpoint from) {
    if (view.isHistory()) {
      return "";
    }
    var count = counts.of(view, from);
    return count.number() + (count.isAll() ? "" : "+");
  }

  private String heading(Audience audience) {
    return switch (audience) {
      case Audience.Shipped _ -> "";
      case Audience.Own _ -> "Your views";
      case Audience.OfTeam(TeamId team) ->
          teams.withId(team).map(found -> found.name()).orElse("A team");
      case Audience.Everybody _ -> "For everybody";
    };
  }
}
