package dev.evergreen.server.desk.web.relation;

import dev.evergreen.server.customer.Customer;
import dev.evergreen.server.customer.Customers;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.relation.Merge;
import dev.evergreen.server.ticket.relation.Merges;
import dev.evergreen.server.workflow.Runs;
import dev.evergreen.server.workflow.Task;
import dev.evergreen.server.workflow.Tasks;
import dev.evergreen.server.workflow.WorkflowRun;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Merges with what hangs on a ticket beside its conversation: the runs of its workflows end, and
/// those of the ticket that goes on are left alone. All of it is one transaction.
@Component
class Mergings {
  private final Merges merges;
  private final Runs runs;
  private final Tasks tasks;
  private final Customers customers;

  Mergings(Merges merges, Runs runs, Tasks tasks, Customers customers) {
    this.merges = merges;
    this.runs = runs;
    this.tasks = tasks;
    this.customers = customers;
  }

  MergePreview preview(Ticket from, Ticket into) {
    return new MergePreview(
        from,
        into,
        merges.contentsOf(from.id()),
        new MergePreview.Asking(nameOf(from), nameOf(into)),
        new MergePreview.Work(
            underWay(from.id()).stream().map(run -> run.version().title()).toList(),
            tasks.of(from.id().subject()).stream().map(Task::title).toList(),
            underWay(into.id()).stream().map(run -> run.version().title()).toList()),
        merges.obstacle(from, into).orElse(""));
  }

  /// See [Merges#merge]. Runs are held before tickets, as their steps do.
  @Transactional
  Outcome<Merge> merge(TicketId from, long seen, TicketId into, long seenInto, Agent by) {
    for (var run : underWay(from)) {
      var ended = runs.end(run.id(), "The ticket was merged into " + into, by);
      if (ended instanceof Outcome.Rejected<WorkflowRun>(var reason, var detail)) {
        return Outcome.rejected(reason, detail);
      }
    }
    return merges.merge(from, seen, into, seenInto, by);
  }

  private List<WorkflowRun> underWay(TicketId ticket) {
    return runs.of(ticket.subject()).stream()
        .filter(run -> !run.state().status().isFinal())
        .toList();
  }

  private String nameOf(Ticket ticket) {
    return customers.withId(ticket.customer()).map(Customer::name).orElse("a customer");
  }
}
