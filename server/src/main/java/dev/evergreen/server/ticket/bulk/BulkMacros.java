package dev.evergreen.server.ticket.bulk;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.composing.MacroUses;
import dev.evergreen.server.ticket.composing.Macros;
import dev.evergreen.server.ticket.composing.TicketTexts;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// Uses a macro on one ticket of many: its words go to the customer, filled in for this ticket, and
/// what it does is done.
@Component
final class BulkMacros {
  private final Macros macros;
  private final MacroUses uses;
  private final TicketTexts texts;
  private final ObjectProvider<BulkAnswers> answers;

  BulkMacros(
      Macros macros, MacroUses uses, TicketTexts texts, ObjectProvider<BulkAnswers> answers) {
    this.macros = macros;
    this.uses = uses;
    this.texts = texts;
    this.answers = answers;
  }

  /// A ticket that has changed since it was chosen is left alone, and so is all when the macro says
  /// or does not what it did then.
  Outcome<MacroUses.Done> use(Ticket ticket, BulkChange.UseMacro wanted, long seen, Agent by) {
    var macro = macros.visibleTo(by, wanted.macro());
    if (macro.filter(found -> found.text().isBlank() != wanted.writes()).isEmpty()) {
      return Outcome.rejected(Reason.OUTDATED, "That macro was changed or removed meanwhile.");
    }
    if (ticket.revision() != seen) {
      return Outcome.rejected(
          Reason.OUTDATED, "It has changed since; look at it before you use a macro.");
    }
    if (wanted.writes()) {
      var words = texts.filledIn(macro.get().text(), texts.values(ticket.id(), by));
      answers.forEach(one -> one.answer(ticket.id(), words, by));
    }
    return Outcome.accepted(uses.perform(ticket.id(), macro.get().use(), by));
  }
}
