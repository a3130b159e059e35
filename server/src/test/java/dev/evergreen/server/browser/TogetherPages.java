package dev.evergreen.server.browser;

import dev.evergreen.server.channel.SideCorrespondence;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Teams;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.Tickets;
import dev.evergreen.server.ticket.task.NewTeamTask;
import dev.evergreen.server.ticket.task.TeamTasks;
import java.util.List;
import java.util.Map;

/// A ticket on which others work too, and the pages that this has.
record TogetherPages(
    Tickets tickets, SideCorrespondence correspondence, TeamTasks tasks, Teams teams) {

  Map<String, List<String>> furnish(long number, Agent by) {
    Ticket ticket = tickets.withId(new TicketId(number)).orElseThrow();
    var side =
        correspondence
            .begin(
                ticket,
                new SideCorrespondence.Opening("repairs@partner.example", "Repairs", "Spare part"),
                "Is there a spare one?",
                List.of(),
                by)
            .expected();
    var team = teams.withKey("frontline").orElseThrow().id();
    var task =
        tasks
            .give(
                ticket.id(),
                new NewTeamTask("Look in the depot", team, null, null, null),
                by.actor())
            .expected();
    var here = "/tickets/" + number;
    return Map.ofEntries(
        Map.entry("/tickets/{number}/sides/new", List.of(here + "/sides/new")),
        Map.entry("/tickets/{number}/sides/{id:\\d+}", List.of(side.path())),
        Map.entry("/tickets/{number}/team-tasks/new", List.of(here + "/team-tasks/new")),
        Map.entry("/tickets/{number}/consultations/new", List.of(here + "/consultations/new")),
        Map.entry("/tickets/{number}/hand-over", List.of(here + "/hand-over")),
        Map.entry("/tickets/{number}/incidents", List.of(here + "/incidents")),
        Map.entry(
            "/team-tasks",
            List.of("/team-tasks", "/team-tasks?part=all", "/team-tasks?part=ended")),
        Map.entry("/team-tasks/{id:\\d+}", List.of("/team-tasks/" + task.value())));
  }
}
