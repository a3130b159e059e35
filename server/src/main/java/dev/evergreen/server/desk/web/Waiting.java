package dev.evergreen.server.desk.web;

import dev.evergreen.server.customer.Customer;
import dev.evergreen.server.customer.Customers;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.Tickets;
import dev.evergreen.server.workflow.Task;
import dev.evergreen.server.workflow.Tasks;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// What waits for an agent, over all their tickets, the most urgent first: what the desk shows as
/// long as no ticket is open.
@Component
final class Waiting {

  private static final int SHOWN = 5;

  private final Tasks tasks;
  private final Tickets tickets;
  private final Customers customers;

  Waiting(Tasks tasks, Tickets tickets, Customers customers) {
    this.tasks = tasks;
    this.tickets = tickets;
    this.customers = customers;
  }

  List<WaitingStep> of(Agent agent) {
    return tasks.openFor(agent, SHOWN).stream()
        .filter(task -> task.subject().kind().equals("ticket"))
        .flatMap(task -> step(task, agent).stream())
        .toList();
  }

  private Optional<WaitingStep> step(Task task, Agent agent) {
    return tickets
        .visibleTo(agent)
        .get(new TicketId(task.subject().id()))
        .map(ticket ->
            new WaitingStep(
                ticket.id().value(),
                task.title(),
                task.progress().dueAt(),
                customerOf(ticket),
                ticket.subject()));
  }

  private String customerOf(Ticket ticket) {
    return customers.withId(ticket.customer()).map(Customer::name).orElse("a customer");
  }
}
