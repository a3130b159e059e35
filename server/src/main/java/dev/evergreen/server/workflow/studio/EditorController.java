package dev.evergreen.server.workflow.studio;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.workflow.WorkflowDraft;
import dev.evergreen.server.workflow.WorkflowDrafts;
import dev.evergreen.server.workflow.Workflows;
import dev.evergreen.server.workflow.studio.Editor.Trouble;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
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
      Agent agent,
      @PathVariable String name,
      @RequestParam(required = false) @Nullable String step,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    WorkflowDraft draft = pages.draft(name, agent);
    return draft.isInReview()
        ? "redirect:/workflows/" + name + "/review"
        : pages.show(
            draft,
            draft.text().content(),
            Editor.chosen(step),
            Trouble.NONE,
            new Exchange(name, agent, request, response, model));
  }

  @GetMapping("/file")
  ResponseEntity<byte[]> file(Agent agent, @PathVariable String name) {
    WorkflowDraft draft = pages.draft(name, agent);
    return ResponseEntity.ok()
        .header(HttpHeaders.CONTENT_TYPE, "application/yaml; charset=utf-8")
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename(name + "-draft.yaml").build().toString())
        .body(draft.text().content().getBytes(StandardCharsets.UTF_8));
  }

  /// @param version whose text it begins with; 0 for the newest
  @PostMapping("/beginning")
  String begin(
      Agent agent,
      @PathVariable String name,
      @RequestParam(defaultValue = "0") int version,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    Outcome<WorkflowDraft> begun = drafts.begin(name, Rights.editor(agent));
    if (version > 0 && begun instanceof Outcome.Accepted<WorkflowDraft>(WorkflowDraft draft)) {
      String text =
          workflows
              .withNumber(name, version)
              .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND))
              .file()
              .text();
      begun = drafts.save(name, draft.revision(), text, "went back to version " + version, agent);
    }
    return pages.answer(begun, null, new Exchange(name, agent, request, response, model));
  }

  /// What the checks say of a text that is being typed. Nothing is saved.
  @PostMapping("/check")
  String check(
      Agent agent,
      @PathVariable String name,
      @RequestParam(required = false) @Nullable String step,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var exchange = new Exchange(name, agent, request, response, model);
    WorkflowDraft draft = pages.draft(name, agent);
    String typed = exchange.typed();
    return pages.show(
        draft,
        typed == null ? draft.text().content() : typed,
        Editor.chosen(step),
        Trouble.NONE,
        exchange);
  }

  @PostMapping
  String save(
      Agent agent,
      @PathVariable String name,
      @RequestParam long revision,
      @RequestParam(required = false) @Nullable String step,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var exchange = new Exchange(name, agent, request, response, model);
    String typed = exchange.typed();
    return pages.answer(
        drafts.save(
            name, revision, typed == null ? "" : typed, "changed the text", Rights.editor(agent)),
        Editor.chosen(step),
        exchange);
  }

  @PostMapping("/undo")
  String undo(
      Agent agent,
      @PathVariable String name,
      @RequestParam long revision,
      @RequestParam(required = false) @Nullable String step,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    return pages.answer(
        drafts.undo(name, revision, Rights.editor(agent)),
        Editor.chosen(step),
        new Exchange(name, agent, request, response, model));
  }

  @PostMapping("/redo")
  String redo(
      Agent agent,
      @PathVariable String name,
      @RequestParam long revision,
      @RequestParam(required = false) @Nullable String step,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    return pages.answer(
        drafts.redo(name, revision, Rights.editor(agent)),
        Editor.chosen(step),
        new Exchange(name, agent, request, response, model));
  }

  @PostMapping("/discarding")
  String discard(
      Agent agent,
      @PathVariable String name,
      @RequestParam long revision,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var exchange = new Exchange(name, agent, request, response, model);
    return drafts
        .discard(name, revision, Rights.editor(agent))
        .fold(
            _ -> {
              Flash.say(request, response, "The draft is gone. Nothing else has changed.");
              return workflows.newest(name).isPresent()
                  ? "redirect:/workflows/" + name
                  : "redirect:/workflows";
            },
            rejected -> pages.refused(rejected.reason(), rejected.detail(), null, exchange));
  }
}
