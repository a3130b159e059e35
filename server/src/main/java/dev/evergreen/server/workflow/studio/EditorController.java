package dev.evergreen.server.workflow.studio;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.workflow.WorkflowDraft;
import dev.evergreen.server.workflow.WorkflowDrafts;
import dev.evergreen.server.workflow.Workflows;
import dev.evergreen.server.workflow.studio.Editor.Trouble;
import dev.evergreen.server.workflow.studio.Head.Tab;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
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
  private final Heads heads;

  EditorController(Workflows workflows, WorkflowDrafts drafts, Heads heads) {
    this.workflows = workflows;
    this.drafts = drafts;
    this.heads = heads;
  }

  private record Exchange(
      String name,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    /// Whether a script asks, which wants the region that changed and no whole page.
    boolean wantsRegion() {
      return request.getHeader("HX-Request") != null;
    }
  }

  @GetMapping
  String show(
      Agent agent,
      @PathVariable String name,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    WorkflowDraft draft = draft(name, agent);
    if (draft.isInReview()) {
      return "redirect:/workflows/" + name + "/review";
    }
    return page(
        Editor.of(draft, workflows.check(name, draft.text().content())),
        new Exchange(name, agent, request, response, model));
  }

  @GetMapping("/file")
  ResponseEntity<byte[]> file(Agent agent, @PathVariable String name) {
    WorkflowDraft draft = draft(name, agent);
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
    return answer(begun, "", new Exchange(name, agent, request, response, model));
  }

  /// What the checks say of a text that is being typed. Nothing is saved.
  @PostMapping("/check")
  String check(
      Agent agent,
      @PathVariable String name,
      @RequestParam(defaultValue = "") String text,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    String plain = text.replace("\r\n", "\n");
    return page(
        Editor.of(draft(name, agent), plain, workflows.check(name, plain), Trouble.NONE),
        new Exchange(name, agent, request, response, model));
  }

  @PostMapping
  String save(
      Agent agent,
      @PathVariable String name,
      @RequestParam long revision,
      @RequestParam(defaultValue = "") String text,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    return answer(
        drafts.save(name, revision, text, "changed the text", Rights.editor(agent)),
        text,
        new Exchange(name, agent, request, response, model));
  }

  @PostMapping("/undo")
  String undo(
      Agent agent,
      @PathVariable String name,
      @RequestParam long revision,
      @RequestParam(defaultValue = "") String text,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    return answer(
        drafts.undo(name, revision, Rights.editor(agent)),
        text,
        new Exchange(name, agent, request, response, model));
  }

  @PostMapping("/redo")
  String redo(
      Agent agent,
      @PathVariable String name,
      @RequestParam long revision,
      @RequestParam(defaultValue = "") String text,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    return answer(
        drafts.redo(name, revision, Rights.editor(agent)),
        text,
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
            rejected -> refused(rejected.reason(), rejected.detail(), "", exchange));
  }

  /// @param typed what the person has in the field, so that it is not lost when it is refused
  private String answer(Outcome<WorkflowDraft> outcome, String typed, Exchange exchange) {
    return outcome.fold(
        draft ->
            exchange.wantsRegion()
                ? page(
                    Editor.of(draft, workflows.check(exchange.name(), draft.text().content())),
                    exchange)
                : "redirect:/workflows/" + exchange.name() + "/draft",
        rejected -> refused(rejected.reason(), rejected.detail(), typed, exchange));
  }

  private String refused(Reason reason, String detail, String typed, Exchange exchange) {
    WorkflowDraft draft = draft(exchange.name(), exchange.agent());
    exchange.response().setStatus(reason.status());
    String text = typed.isEmpty() ? draft.text().content() : typed.replace("\r\n", "\n");
    var trouble =
        new Trouble(
            detail,
            reason == Reason.OUTDATED
                ? TextDifference.of(draft.text().content(), text)
                : Trouble.NONE.theirs());
    return page(Editor.of(draft, text, workflows.check(exchange.name(), text), trouble), exchange);
  }

  private String page(Editor editor, Exchange exchange) {
    exchange.model().addAttribute("agent", exchange.agent());
    exchange.model().addAttribute("editor", editor);
    if (exchange.wantsRegion()) {
      return "studio/editor";
    }
    exchange.model().addAttribute("head", heads.of(editor.draft(), Tab.DRAFT, exchange.agent()));
    return "studio/draft";
  }

  private WorkflowDraft draft(String name, Agent agent) {
    Rights.editor(agent);
    return drafts.of(name).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }
}
