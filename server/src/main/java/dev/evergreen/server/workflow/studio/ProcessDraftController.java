package dev.evergreen.server.workflow.studio;

import dev.evergreen.language.WorkflowText;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.workflow.ProcessDraft;
import dev.evergreen.server.workflow.ProcessDrafts;
import dev.evergreen.server.workflow.Processes;
import dev.evergreen.server.workflow.studio.Editor.Trouble;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/// A process is written: by its form, or as the text beside it, checked while it is typed.
@Controller
@RequestMapping("/processes/{name}/draft")
class ProcessDraftController {
  private final ProcessDrafts drafts;
  private final Processes processes;

  ProcessDraftController(ProcessDrafts drafts, Processes processes) {
    this.drafts = drafts;
    this.processes = processes;
  }

  @GetMapping
  String show(@ModelAttribute(binding = false) Exchange exchange) {
    ProcessDraft draft = draft(exchange);
    return show(draft, draft.text().content(), Trouble.NONE, exchange);
  }

  @GetMapping("/file")
  ResponseEntity<byte[]> file(Agent agent, @PathVariable String name) {
    Rights.editor(agent);
    return drafts
        .of(name)
        .map(draft -> Download.yaml(name + "-draft", draft.text().content()))
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  @PostMapping("/beginning")
  String begin(@ModelAttribute(binding = false) Exchange exchange) {
    return answer(drafts.begin(exchange.name(), Rights.editor(exchange.agent())), null, exchange);
  }

  /// What the checks say of a text that is being typed. Nothing is saved.
  @PostMapping("/check")
  String check(@ModelAttribute(binding = false) Exchange exchange) {
    ProcessDraft draft = draft(exchange);
    String text = typed(draft, exchange);
    Long seen = exchange.seen();
    Trouble trouble =
        seen == null || seen == draft.revision()
            ? Trouble.NONE
            : Trouble.outdated(draft.text().content(), text, seen, draft.changedMeanwhile());
    return show(draft, text, trouble, exchange);
  }

  /// @param over the revision that is to be written over, where somebody has said so
  @PostMapping
  String save(
      @ModelAttribute(binding = false) Exchange exchange,
      @RequestParam long revision,
      @RequestParam(required = false) @Nullable Long over) {
    String text = typed(draft(exchange), exchange);
    return answer(
        drafts.save(
            exchange.name(),
            over == null ? revision : over,
            text,
            "changed the text",
            exchange.agent()),
        text,
        exchange);
  }

  /// Changes the text as it stands in its field, when that was sent along, else the saved one.
  @PostMapping("/form")
  String fill(
      @ModelAttribute(binding = false) Exchange exchange,
      @RequestParam long revision,
      @RequestParam MultiValueMap<String, String> sent) {
    Optional<WorkflowText> text = WorkflowText.of(typed(draft(exchange), exchange));
    if (text.isEmpty()) {
      return refused(
          Reason.INVALID,
          "The text cannot be read at present, so the form changed nothing; mend it first.",
          null,
          exchange);
    }
    String changed = ProcessForm.apply(text.get(), sent).text();
    return answer(
        drafts.save(exchange.name(), revision, changed, "filled in the form", exchange.agent()),
        changed,
        exchange);
  }

  @PostMapping("/undo")
  String undo(@ModelAttribute(binding = false) Exchange exchange, @RequestParam long revision) {
    return answer(
        drafts.undo(exchange.name(), revision, Rights.editor(exchange.agent())), null, exchange);
  }

  @PostMapping("/redo")
  String redo(@ModelAttribute(binding = false) Exchange exchange, @RequestParam long revision) {
    return answer(
        drafts.redo(exchange.name(), revision, Rights.editor(exchange.agent())), null, exchange);
  }

  @PostMapping("/discarding")
  String discard(@ModelAttribute(binding = false) Exchange exchange, @RequestParam long revision) {
    return left(
        drafts.discard(exchange.name(), revision, Rights.editor(exchange.agent())),
        "The draft is gone. Nothing else has changed.",
        exchange);
  }

  @PostMapping("/publication")
  String publish(@ModelAttribute(binding = false) Exchange exchange, @RequestParam long revision) {
    return left(
        drafts.putInForce(exchange.name(), revision, Rights.editor(exchange.agent())),
        "In force: everybody who works here reads it so from now on.",
        exchange);
  }

  private ProcessDraft draft(Exchange exchange) {
    Rights.editor(exchange.agent());
    return drafts
        .of(exchange.name())
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  private static String typed(ProcessDraft draft, Exchange exchange) {
    String typed = exchange.typed();
    return typed == null ? draft.text().content() : typed;
  }

  private String show(ProcessDraft draft, String text, Trouble trouble, Exchange exchange) {
    exchange.model().addAttribute("agent", exchange.agent());
    exchange
        .model()
        .addAttribute(
            "editor",
            ProcessEditor.of(
                draft, text, drafts.check(draft.process(), text), trouble, drafts.workflows()));
    return exchange.wantsRegion() ? "studio/process_editor" : "studio/process_draft";
  }

  /// @param mine the text that was to be saved; null when there was none
  private String answer(Outcome<ProcessDraft> outcome, @Nullable String mine, Exchange exchange) {
    return outcome.fold(
        draft ->
            exchange.wantsRegion()
                ? show(draft, draft.text().content(), Trouble.NONE, exchange)
                : "redirect:/processes/" + draft.process() + "/draft",
        rejected -> refused(rejected.reason(), rejected.detail(), mine, exchange));
  }

  /// The draft is over: what follows is the page of the process, or of all.
  private String left(Outcome<ProcessDraft> outcome, String done, Exchange exchange) {
    return outcome.fold(
        draft -> {
          Flash.say(exchange.request(), exchange.response(), done);
          return processes.withName(draft.process()).isPresent()
              ? "redirect:/processes/" + draft.process()
              : "redirect:/workflows";
        },
        rejected -> refused(rejected.reason(), rejected.detail(), null, exchange));
  }

  private String refused(Reason reason, String detail, @Nullable String mine, Exchange exchange) {
    ProcessDraft draft = draft(exchange);
    exchange.response().setStatus(reason.status());
    String text = mine == null ? typed(draft, exchange) : mine;
    return show(
        draft,
        text,
        reason == Reason.OUTDATED
            ? Trouble.outdated(draft.text().content(), text, exchange.seen(), detail)
            : Trouble.refused(detail),
        exchange);
  }
}
