package dev.evergreen.server.ticket.composing;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.ticket.Assignments;
import dev.evergreen.server.ticket.Changes;
import dev.evergreen.server.ticket.Settlements;
import dev.evergreen.server.ticket.Sorting;
import dev.evergreen.server.ticket.Statuses;
import dev.evergreen.server.ticket.Tags;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.TicketChanges;
import dev.evergreen.server.ticket.TicketFields;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.Tickets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Does what macros do beside writing. All of one use is one change, which its user can take back
/// as a whole. What the ticket does not take, a field that is gone since for example, is left out
/// and said; the rest is done.
@Component
public class MacroUses {
  private final Tickets tickets;
  private final TicketChanges changes;
  private final Sorting sorting;
  private final Tags tags;
  private final TicketFields fields;
  private final Assignments assignments;
  private final Statuses statuses;
  private final Settlements settlements;

  MacroUses(
      Tickets tickets,
      TicketChanges changes,
      Sorting sorting,
      Tags tags,
      TicketFields fields,
      Assignments assignments,
      Statuses statuses,
      Settlements settlements) {
    this.tickets = tickets;
    this.changes = changes;
    this.sorting = sorting;
    this.tags = tags;
    this.fields = fields;
    this.assignments = assignments;
    this.statuses = statuses;
    this.settlements = settlements;
  }

  /// What came of a use.
  ///
  /// @param change the way back; empty when nothing changed
  /// @param refused why something was left out, a sentence each
  /// @param unsettled why it was not settled with it; empty when it was, or was not to be
  public record Done(Optional<Long> change, List<String> refused, String unsettled) {
    public Done {
      refused = List.copyOf(refused);
    }
  }

  /// Does all of it in one transaction. In the timeline a macro is one thing: its entry, which
  /// comes last, names the first that belongs to it. What no macro did, but sending, has no name.
  @Transactional
  public Done perform(TicketId id, Macro.Use use, Agent by) {
    var before =
        tickets
            .withId(id)
            .orElseThrow(() -> new IllegalStateException("expected ticket " + id + ", but none"));
    var refused = new ArrayList<String>();
    var unsettled = new ArrayList<String>();
    var kept =
        changes
            .keep(
                id,
                by,
                () -> {
                  perform(before, use.effects(), by, refused);
                  settle(before, use.effects().settling(), by, unsettled);
                  return Outcome.accepted(id);
                })
            .expected();
    refused.addAll(unsettled);
    if (!use.name().isEmpty()) {
      var data = new HashMap<String, Object>();
      data.put("macro", use.name());
      data.put("first", before.revision() + 1);
      kept.change().ifPresent(change -> data.put("change", change));
      if (!refused.isEmpty()) {
        data.put("refused", List.copyOf(refused));
      }
      tickets.record(id, "ticket.macro-applied", by.actor(), data);
    }
    return new Done(kept.change(), refused, String.join(" ", unsettled));
  }

  private void perform(Ticket before, MacroEffects effects, Agent by, List<String> refused) {
    var id = before.id();
    var sorts = effects.sorts();
    if (before.isFor(by, Permission.SORT)) {
      sort(id, sorts, by, refused);
    } else if (!sorts.equals(MacroEffects.NONE.sorts())) {
      refused.add("Your role does not let you sort this ticket.");
    }
    hand(before, effects.handing(), by, refused);
  }

  private void sort(TicketId id, MacroEffects.Sorts sorts, Agent by, List<String> refused) {
    sorting.update(
        id,
        new Changes(sorts.category(), sorts.priority(), null, sorts.type(), null, null),
        by.actor());
    sorts.tags().forEach(tag -> say(tags.add(id, tag, by.actor()), refused));
    sorts.untags().forEach(tag -> say(tags.remove(id, tag, by.actor()), refused));
    sorts
        .fields()
        .forEach((key, value) ->
            say(fields.set(id, key, value, tickets.visibleTo(by), by.actor()), refused));
  }

  private void hand(Ticket before, MacroEffects.Handing handing, Agent by, List<String> refused) {
    var id = before.id();
    if (handing.team() == null && !handing.takes()) {
      return;
    }
    if (before.isFor(by, Permission.ASSIGN)) {
      say(
          assignments.assign(
              id,
              handing.team() == null ? before.assignment().team() : handing.team(),
              handing.takes() ? by.id() : before.assignment().agent(),
              null,
              by.actor()),
          refused);
    } else {
      refused.add("Your role does not let you assign this ticket.");
    }
  }

  private void settle(
      Ticket before, MacroEffects.Settling settling, Agent by, List<String> refused) {
    var id = before.id();
    var why = settling.outcome() == null ? "" : settling.outcome();
    if (settling.status() == null && why.isEmpty()) {
      return;
    }
    if (!before.isFor(by, Permission.CLOSE)) {
      refused.add("Your role does not let you set the status of this ticket.");
    } else if (settling.status() != null) {
      say(statuses.set(id, settling.status(), why, null, by.actor()), refused);
    } else {
      say(settlements.close(id, why, null, by.actor()), refused);
    }
  }

  private static void say(Outcome<Ticket> outcome, List<String> refused) {
    if (outcome instanceof Outcome.Rejected<Ticket>(_, String detail)) {
      refused.add(detail);
    }
  }
}
