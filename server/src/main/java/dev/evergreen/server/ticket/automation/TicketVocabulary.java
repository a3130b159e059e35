package dev.evergreen.server.ticket.automation;

import dev.evergreen.engine.ValueType;
import dev.evergreen.language.ActionType;
import dev.evergreen.language.EventType;
import dev.evergreen.language.FactType;
import dev.evergreen.language.Parameter;
import dev.evergreen.language.Vocabulary;
import dev.evergreen.server.ticket.task.GiveTask;
import java.util.List;

/// What tickets offer to workflows.
public final class TicketVocabulary implements Vocabulary {
  private static final String TICKET = "ticket";

  @Override
  public List<ActionType> actions() {
    return List.of(
        ActionType.of(
            TicketActions.Update.NAME,
            "Sets the fields that are given; the others stay.",
            TicketActions.Fields.class),
        ActionType.of(
            TicketActions.Assign.NAME,
            "Gives the ticket to a team, to an agent, or to both; what is not given is taken away.",
            TicketActions.Assignee.class),
        ActionType.of(
            TicketActions.Tag.NAME,
            "Puts a tag on the ticket, takes one off, or both.",
            TicketActions.Tagging.class),
        ActionType.of(
            TicketActions.SetField.NAME,
            "Sets one of the team's own fields, or empties it. What does not fit the field fails.",
            TicketActions.FieldValue.class),
        ActionType.of(
            GiveTask.NAME,
            "Gives a task to a team or a colleague and does not wait for it. What the workflow waits for is a step of its own.",
            GiveTask.Wanted.class,
            number("task", "Its number.")),
        ActionType.of(
            TicketActions.Close.NAME,
            "Closes the ticket: nothing more is to be done. A closed one stays as it is.",
            TicketActions.Ending.class));
  }

  @Override
  public List<EventType> events() {
    return List.of(
        event("ticket.opened", "Somebody asked for help.", text("channel", "How they wrote.")),
        byCustomer("ticket.customer-replied", "The customer wrote again."),
        event("ticket.automatic-mail", "A machine wrote in the customer's place."),
        event("ticket.agent-replied", "An agent wrote to the customer."),
        event("ticket.message-sent", "A workflow wrote to the customer."),
        event("ticket.note-added", "An agent left a note for colleagues."),
        event("ticket.assigned", "It was given to somebody, or taken away."),
        event(
            "ticket.updated",
            "Type, category, severity, priority, solution or root cause changed."),
        byCustomer("ticket.solution-confirmed", "The customer says that the answer helped."),
        byCustomer("ticket.solution-rejected", "The customer says that the answer did not help."),
        event(
            "ticket.status-changed",
            "It was put into another status.",
            text("status", "Of which category the status is."),
            text("name", "How the team calls it.")),
        event(
            "ticket.solved",
            "It was put into a status that says it is solved.",
            text("name", "How the team calls the status."),
            text("outcome", "Why; empty when nobody said.")),
        event(
            "ticket.field-changed",
            "One of the team's own fields changed.",
            text("field", "Its key.")),
        event(
            "ticket.not-settled",
            "An answer went out with which it was to be settled, and it could not be.",
            text("reason", "Why.")),
        event("ticket.tagged", "Tags were put on or taken off."),
        event("ticket.change-undone", "Somebody took back what they had changed."),
        event("ticket.archived", "It left the working lists, long after it was closed."),
        event("ticket.closed", "Nothing more is to be done.", text("outcome", "Why.")),
        event("ticket.reopened", "A settled ticket came back."),
        event(
            "ticket.came-back",
            "A time came that somebody had set for it: a promise to the customer is due, or it was put aside until now.",
            text("promise", "What was promised; nothing when it was only put aside.")),
        event("ticket.promise-kept", "What was promised to the customer was done."),
        byCustomer(
            "ticket.continued",
            "The customer wrote again after it was closed, which became a new ticket."),
        event("ticket.continues", "It goes on from a closed one.", number("ticket", "Which.")),
        event("ticket.side-begun", "An agent wrote to a partner, aside."),
        event("ticket.side-answered", "A partner answered, aside."),
        event("ticket.side-closed", "A side conversation was closed."),
        event(
            "ticket.task-given",
            "A task was given to a team or a colleague.",
            number("task", "Its number."),
            text("text", "What is to be done.")),
        event(
            "ticket.task-done",
            "A task is done.",
            number("task", "Its number."),
            text("text", "What was to be done."),
            text("note", "What was said of it; nothing when nothing was.")),
        event(
            "ticket.task-declined",
            "A task is not going to be done.",
            number("task", "Its number."),
            text("text", "What was to be done."),
            text("note", "Why.")),
        event(
            "ticket.task-late",
            "A task is not done by when it was wanted.",
            number("task", "Its number."),
            text("text", "What is to be done.")),
        event("ticket.consulted", "A colleague was asked."),
        event("ticket.consultation-answered", "A colleague who was asked has answered."),
        event("ticket.handed-over", "It was handed over with a note."),
        event("ticket.merged", "It lives on in another ticket.", number("ticket", "Which.")),
        event("ticket.took-over", "Another ticket lives on in it.", number("ticket", "Which.")),
        event(
            "ticket.unmerged", "It is a ticket of its own again.", number("ticket", "From which.")),
        event("ticket.split-off", "It was split off.", number("ticket", "From which.")),
        event(
            "ticket.linked",
            "It was linked to another.",
            number("ticket", "To which."),
            text("as", "What the other is to it.")));
  }

  private static EventType event(String kind, String description, Parameter... data) {
    return EventType.of(kind, TICKET, description, data);
  }

  private static EventType byCustomer(String kind, String description) {
    return EventType.byCustomer(kind, TICKET, description);
  }

  private static Parameter number(String name, String description) {
    return Parameter.of(name, description, new ValueType.Whole());
  }

  private static Parameter text(String name, String description) {
    return Parameter.of(name, description, new ValueType.Text());
  }

  @Override
  public List<FactType> facts() {
    return List.of(
        FactType.of(
            TICKET,
            TICKET,
            "The ticket as it is now. The team's own fields stand beside these, as `ticket.fields.` and their keys.",
            TicketFacts.OfTicket.class),
        FactType.of(
            "customer",
            TICKET,
            "Who asks. The team's own fields stand beside these, as `customer.fields.` and their keys.",
            TicketFacts.OfCustomer.class),
        FactType.of(
            "organization",
            TICKET,
            "To whom the customer belongs, with `organization.fields.` of the team's own.",
            TicketFacts.OfOrganization.class));
  }
}
