package dev.evergreen.server.workflow.studio;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.workflow.WorkflowDraft;
import dev.evergreen.server.workflow.WorkflowDrafts;
import dev.evergreen.server.workflow.Workflows;
import dev.evergreen.server.workflow.studio.Editor.Trouble;
import dev.evergreen.server.workflow.studio.Head.Tab;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/// Shows a draft while it is written: as a page, or to a script as the region that changed.
@Component
class EditorPages {
  private final Workflows workflows;
  private final WorkflowDrafts drafts;
  private final StepForms forms;
  private final Heads heads;

  EditorPages(Workflows workflows, WorkflowDrafts drafts, StepForms forms, Heads heads) {
    this.workflows = workflows;
    this.drafts = drafts;
    this.forms = forms;
    this.heads = heads;
  }

  WorkflowDraft draft(String name, Agent agent) {
    Rights.editor(agent);
    return drafts.of(name).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  /// @param chosen the id of the step that is filled in; null for none
  String show(
      WorkflowDraft draft,
      String text,
      @Nullable String chosen,
      Trouble trouble,
      Exchange exchange) {
    Editor editor =
        Editor.of(draft, text, workflows.check(draft.workflow(), text), chosen, trouble, forms);
    exchange.model().addAttribute("agent", exchange.agent());
    exchange.model().addAttribute("editor", editor);
    if (exchange.wantsRegion()) {
      return "studio/editor";
    }
    exchange.model().addAttribute("head", heads.of(draft, Tab.DRAFT, exchange.agent()));
    return "studio/draft";
  }

  /// Shows a text that nobody asked to save, and says at once when somebody else did.
  String look(WorkflowDraft draft, @Nullable String chosen, Exchange exchange) {
    String typed = exchange.typed();
    String text = typed == null ? draft.text().content() : typed;
    Long seen = exchange.seen();
    Trouble trouble =
        seen == null || seen == draft.revision()
            ? Trouble.NONE
            : Trouble.outdated(draft.text().content(), text, seen, draft.changedMeanwhile());
    return show(draft, text, chosen, trouble, exchange);
  }

  /// Shows what came of a change; what was refused is told, and what was typed stays.
  ///
  /// @param mine the text that was to be saved; null for the one that was sent
  /// @param chosen the id of the step that is filled in afterwards; null for none
  String answer(
      Outcome<WorkflowDraft> outcome,
      @Nullable String mine,
      @Nullable String chosen,
      Exchange exchange) {
    return outcome.fold(
        draft ->
            exchange.wantsRegion()
                ? show(draft, draft.text().content(), chosen, Trouble.NONE, exchange)
                : "redirect:" + Editor.address(draft.workflow(), chosen),
        rejected -> refused(rejected.reason(), rejected.detail(), mine, chosen, exchange));
  }

  String refused(
      Reason reason,
      String detail,
      @Nullable String mine,
      @Nullable String chosen,
      Exchange exchange) {
    WorkflowDraft draft = draft(exchange.name(), exchange.agent());
    exchange.response().setStatus(reason.status());
    String sent = mine == null ? exchange.typed() : mine;
    String text = sent == null ? draft.text().content() : sent;
    var trouble =
        reason == Reason.OUTDATED
            ? Trouble.outdated(draft.text().content(), text, exchange.seen(), detail)
            : Trouble.refused(detail);
    return show(draft, text, chosen, trouble, exchange);
  }
}
