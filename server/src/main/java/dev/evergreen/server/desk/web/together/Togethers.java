package dev.evergreen.server.desk.web.together;

import dev.evergreen.server.team.Agent;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.consulting.Consultations;
import dev.evergreen.server.ticket.consulting.HandOvers;
import dev.evergreen.server.ticket.side.FoundSides;
import dev.evergreen.server.ticket.task.VisibleTeamTasks;
import org.springframework.stereotype.Component;

/// Finds what others have to do with a ticket. Its row says whether there is anything, so that most
/// tickets cost nothing here.
@Component
public final class Togethers {
  private final Consultations consultations;
  private final HandOvers handOvers;
  private final VisibleTeamTasks tasks;
  private final FoundSides sides;

  Togethers(
      Consultations consultations, HandOvers handOvers, VisibleTeamTasks tasks, FoundSides sides) {
    this.consultations = consultations;
    this.handOvers = handOvers;
    this.tasks = tasks;
    this.sides = sides;
  }

  public Together of(Ticket ticket, Agent reader) {
    return ticket.beside().any()
        ? new Together(
            ticket,
            handOvers.waitingFor(ticket, reader).orElse(null),
            consultations.of(ticket.id()),
            tasks.of(ticket.id()),
            sides.of(ticket.id()),
            reader)
        : Together.nothing(ticket, reader);
  }
}
