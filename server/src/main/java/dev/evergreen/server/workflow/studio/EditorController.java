package dev.evergreen.server.workflow.studio;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.workflow.WorkflowDraft;
import dev.evergreen.server.workflow.WorkflowDrafts;
import dev.evergreen.server.workflow.Workflows;
import dev.evergreen.server.workflow.studio.Editor.Trouble;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/// A draft is written: its text is checked while it is typed, saved, taken back.
@Controller
@RequestMapping("/workflows/{name}/draft")
class EditorController {
  private final Workflows workflows;
  private final WorkflowDrafts drafts;
  private final EditorPages pages;

  EditorController(Workflows workflows, WorkflowDrafts drafts, EditorPages pages) {
    this.workflows = workflows;
    this.drafts = drafts;
    this.pages = pages;
  }

  @GetMapping
  String show(
      @ModelAttribute(binding = false) Exchange exchange,
      @RequestParam(required = false) @Nullable String step) {
    WorkflowDraft draft = pages.draft(exchange.name(), exchange.agent());
    return draft.isInReview()
        ? "redirect:/workflows/" + exchange.name() + "/review"
        : pages.show(draft, draft.text().content(), Editor.chosen(step), Trouble.NONE, exchange);
  }

  @GetMapping("/file")
  ResponseEntity<byte[]> file(Agent agent, @PathVariable String name) {
    WorkflowDraft draft = pages.draft(name, agent);
    return Download.yaml(name + "-draft", draft.text().content());
  }

  /// @param version whose text it begins with; 0 for the newest
  @PostMapping("/beginning")
  String begin(
      @ModelAttribute(binding = false) Exchange exchange,
      @RequestParam(defaultValue = "0") int version) {
    String name = exchange.name();
    Outcome<WorkflowDraft> begun = drafts.begin(name, Rights.editor(exchange.agent()));
    if (version > 0 && begun instanceof Outcome.Accepted<WorkflowDraft>(WorkflowDraft draft)) {
      String text =
          workflows
              .withNumber(name, version)
              .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND))
              .file()
              .text();
      String change = "went back to version " + version;
      begun = drafts.save(name, draft.revision(), text, change, exchange.agent());
    }
    return pages.answer(begun, null, null, exchange);
  }

  /// What the checks say of a text that is being typed. Nothing is saved.
  @PostMapping("/check")
  String check(
      @ModelAttribute(binding = false) Exchange exchange,
      @RequestParam(required = false) @Nullable String step) {
    return pages.look(
        pages.draft(exchange.name(), exchange.agent()), Editor.chosen(step), exchange);
  }

  /// @param over the revision that is to be written over, where somebody has said so
  @PostMapping
  String save(
      @ModelAttribute(binding = false) Exchange exchange,
      @RequestParam long revision,
      @RequestParam(required = false) @Nullable Long over,
      @RequestParam(required = false) @Nullable String step) {
    String typed = exchange.typed();
    return pages.answer(
        drafts.save(
            exchange.name(),
            over == null ? revision : over,
            typed == null ? "" : typed,
            "changed the text",
            Rights.editor(exchange.agent())),
        null,
        Editor.chosen(step),
        exchange);
  }

  @PostMapping("/undo")
  String undo(
      @ModelAttribute(binding = false) Exchange exchange,
      @RequestParam long revision,
      @RequestParam(required = false) @Nullable String step) {
    return pages.answer(
        drafts.undo(exchange.name(), revision, Rights.editor(exchange.agent())),
        null,
        Editor.chosen(step),
        exchange);
  }

  @PostMapping("/redo")
  String redo(
      @ModelAttribute(binding = false) Exchange exchange,
      @RequestParam long revision,
      @RequestParam(required = false) @Nullable String step) {
    return pages.answer(
        drafts.redo(exchange.name(), revision, Rights.editor(exchange.agent())),
        null,
        Editor.chosen(step),
        exchange);
  }

  @PostMapping("/discarding")
  String discard(@ModelAttribute(binding = false) Exchange exchange, @RequestParam long revision) {
    String name = exchange.name();
    return drafts
        .discard(name, revision, Rights.editor(exchange.agent()))
        .fold(
            _ -> {
              Flash.say(
                  exchange.request(),
                  exchange.response(),
                  "The draft is gone. Nothing else has changed.");
              return workflows.newest(name).isPresent()
                  ? "redirect:/workflows/" + name
                  : "redirect:/workflows";
            },
            rejected -> pages.refused(rejected.reason(), rejected.detail(), null, null, exchange));
  }
}
