package dev.evergreen.server.desk.web;

import dev.evergreen.server.channel.HeldReplies;
import dev.evergreen.server.channel.SendingPreferences;
import dev.evergreen.server.customer.Customer;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.Permission;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.composing.CannedResponses;
import dev.evergreen.server.ticket.composing.Draft;
import dev.evergreen.server.ticket.composing.DraftFiles;
import dev.evergreen.server.ticket.composing.Drafts;
import dev.evergreen.server.ticket.composing.MacroNames;
import dev.evergreen.server.ticket.composing.Macros;
import dev.evergreen.server.ticket.composing.Mood;
import dev.evergreen.server.ticket.composing.Moods;
import dev.evergreen.server.ticket.composing.TicketTexts;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// What an agent needs to write on a ticket: the draft they left, and canned responses filled in
/// for this customer.
@Component
public final class Writing {

  private final Drafts drafts;
  private final DraftFiles files;
  private final CannedResponses canned;
  private final HeldReplies held;
  private final SendingPreferences preferences;
  private final Agents agents;
  private final Moods moods;
  private final Macros macros;
  private final TicketTexts texts;
  private final MacroNames names;

  Writing(
      Drafts drafts,
      DraftFiles files,
      CannedResponses canned,
      HeldReplies held,
      SendingPreferences preferences,
      Agents agents,
      Moods moods,
      Macros macros,
      TicketTexts texts,
      MacroNames names) {
    this.drafts = drafts;
    this.files = files;
    this.canned = canned;
    this.held = held;
    this.preferences = preferences;
    this.agents = agents;
    this.moods = moods;
    this.macros = macros;
    this.texts = texts;
    this.names = names;
  }

  /// What the composer is made from beside what is kept of it: the customer, the conversation, what
  /// was refused, the view that its reader came from, and what can be chosen on the ticket.
  record Setting(Customer customer, Timeline said, Refusal refusal, String view, Offered offered) {}

  Composer composer(Ticket ticket, Setting setting, Agent agent) {
    var refusal = setting.refusal();
    var customer = setting.customer();
    var typed = refusal.typed();
    var written = typed == null ? kept(ticket, agent) : typed;
    return new Composer(
        ticket.id().value(),
        agent.id().value(),
        customer.name(),
        written,
        files.of(ticket.id(), agent.id()).stream()
            .filter(file -> file.contentId() == null)
            .map(Composer.File::of)
            .toList(),
        ticket.isFor(agent, Permission.ANSWER) && !customer.addresses().isEmpty()
            ? sending(ticket, setting, written, agent)
            : null,
        refusal.aboutWords());
  }

  private Composer.Sending sending(
      Ticket ticket, Setting setting, Composer.Draft written, Agent agent) {
    var start = preferences.on(ticket.id(), agent.id());
    return new Composer.Sending(
        start.undo(),
        macros.visibleTo(agent).stream()
            .map(macro -> new Choice("" + macro.id(), macro.name()))
            .toList(),
        recipients(setting.customer(), setting.said(), written.copies(), start.copied()),
        new Composer.Seen(
            ticket.revision(),
            setting.refusal() instanceof Refusal.OfCrossing,
            setting.refusal() instanceof Refusal.OfUnfinished),
        new Composer.After(setting.view(), start.goesOn(), setting.offered()));
  }

  /// Those who have been getting copies get the next one too, unless something else was typed. Whom
  /// a mail named since we last answered is only proposed.
  private static Composer.Recipients recipients(
      Customer customer, Timeline said, Draft.Copies typed, List<String> copied) {
    var cc = typed.cc() == null ? String.join(", ", copied) : typed.cc();
    return new Composer.Recipients(
        customer.name(),
        cc,
        typed.bcc(),
        said.copiedSinceAnswer().stream()
            .filter(address -> !customer.addresses().contains(address))
            .filter(address -> !cc.contains(address))
            .toList());
  }

  /// A macro as it would work on this ticket; empty when it is not there for this agent.
  Optional<MacroOffer> macro(Ticket ticket, long id, Agent agent) {
    return macros
        .visibleTo(agent, id)
        .map(macro ->
            new MacroOffer(
                macro.id(),
                macro.name(),
                texts.filledIn(macro.text(), texts.values(ticket.id(), agent)),
                macro.effects().words(names.all()),
                !macro.text().isBlank() && moods.of(ticket.id()) == Mood.ANGRY));
  }

  /// What was sent on a ticket and has not gone out yet.
  Held held(Ticket ticket, Agent reader) {
    return new Held(
        ticket.id().value(),
        held.of(ticket.id(), reader).stream()
            .map(one ->
                Held.One.of(one, agents.withId(one.writer()).map(Agent::name).orElse("Somebody")))
            .toList());
  }

  /// What may be put in after `::`, filled in for this ticket. Asked for when somebody begins to
  /// write: most who open a ticket only read it.
  Canned.Offer canned(Ticket ticket, Agent agent) {
    return new Canned.Offer(
        canned.filledIn(ticket.id(), agent).stream()
            .map(one -> new Canned(one.id(), one.name(), one.text()))
            .toList(),
        moods.of(ticket.id()) == Mood.ANGRY);
  }

  private Composer.Draft kept(Ticket ticket, Agent agent) {
    return drafts
        .of(ticket.id(), agent.id())
        .map(draft ->
            new Composer.Draft(
                draft.text(), draft.html(), draft.kind() == Draft.Kind.NOTE, draft.copies()))
        .orElse(Composer.Draft.EMPTY);
  }
}
