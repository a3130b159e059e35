package dev.evergreen.server.workflow.studio;

import dev.evergreen.language.WorkflowFile;
import dev.evergreen.language.bpmn.Bpmn;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.workflow.OfferedWorkflows;
import dev.evergreen.server.workflow.ProcessDraft;
import dev.evergreen.server.workflow.ProcessDrafts;
import dev.evergreen.server.workflow.Runs;
import dev.evergreen.server.workflow.WorkflowDraft;
import dev.evergreen.server.workflow.WorkflowDrafts;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/// All workflows, and the ways to a new one: from nothing, as a copy, from a file.
@Controller
@RequestMapping("/workflows")
class GalleryController {
  private final Galleries galleries;
  private final Heads heads;
  private final WorkflowDrafts drafts;
  private final ProcessDrafts processes;
  private final OfferedWorkflows offered;
  private final Runs runs;

  GalleryController(
      Galleries galleries,
      Heads heads,
      WorkflowDrafts drafts,
      ProcessDrafts processes,
      OfferedWorkflows offered,
      Runs runs) {
    this.galleries = galleries;
    this.heads = heads;
    this.drafts = drafts;
    this.processes = processes;
    this.offered = offered;
    this.runs = runs;
  }

  private record Exchange(
      Agent agent, HttpServletRequest request, HttpServletResponse response, Model model) {}

  @GetMapping
  String list(Agent agent, Model model) {
    Gallery gallery = galleries.of(agent);
    model.addAttribute("agent", agent);
    model.addAttribute("gallery", gallery);
    model.addAttribute("stopped", gallery.editor() && !runs.faults(1).isEmpty());
    return "studio/gallery";
  }

  @GetMapping("/new")
  String beginning(Agent agent, Model model) {
    return beginning(Beginning.EMPTY, Rights.editor(agent), model);
  }

  @PostMapping
  String create(
      Agent agent,
      @RequestParam(defaultValue = "") String title,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    Rights.editor(agent);
    var exchange = new Exchange(agent, request, response, model);
    return title.isBlank()
        ? refused(
            Beginning.ofWorkflow(
                title, "Expected a title that says what is done, such as “Handle a return”."),
            Reason.INVALID,
            exchange)
        : answer(
            NewText.fresh(title.strip())
                .createIn(drafts, "begun from nothing", agent)
                .map(GalleryController::address),
            detail -> Beginning.ofWorkflow(title, detail),
            exchange);
  }

  @PostMapping("/processes")
  String createProcess(
      Agent agent,
      @RequestParam(name = "process", defaultValue = "") String title,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    Rights.editor(agent);
    var exchange = new Exchange(agent, request, response, model);
    return title.isBlank()
        ? refused(
            Beginning.ofProcess(
                title,
                "Expected a title that says what is to be reached, such as “After-sales care”."),
            Reason.INVALID,
            exchange)
        : answer(
            NewProcess.fresh(title.strip())
                .createIn(processes, "begun from nothing", agent)
                .map(GalleryController::address),
            detail -> Beginning.ofProcess(title, detail),
            exchange);
  }

  @PostMapping("/import")
  String bring(
      Agent agent,
      @RequestParam MultipartFile file,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model)
      throws IOException {
    Rights.editor(agent);
    var exchange = new Exchange(agent, request, response, model);
    String name = file.getOriginalFilename() == null ? "" : file.getOriginalFilename();
    String text;
    try {
      text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file.getBytes())).toString();
    } catch (CharacterCodingException _) {
      return refused(
          Beginning.ofFile("Expected a text in UTF-8, found something else in “" + name + "”."),
          Reason.INVALID,
          exchange);
    }
    if (text.isBlank()) {
      return refused(
          Beginning.ofFile("Expected a workflow file, found nothing in it."),
          Reason.INVALID,
          exchange);
    }
    if (text.stripLeading().startsWith("<")) {
      return bringModel(name, text, exchange);
    }
    String change = "brought in from " + name;
    return answer(
        NewProcess.isIn(text)
            ? NewProcess.imported(name, text)
                .bringInto(processes, change, agent)
                .map(GalleryController::address)
            : NewText.imported(name, text)
                .bringInto(drafts, change, agent)
                .map(GalleryController::address),
        Beginning::ofFile,
        exchange);
  }

  private String bringModel(String name, String xml, Exchange exchange) {
    Bpmn.Imported model = Bpmn.read(xml);
    if (model.definition() == null) {
      String obstacles =
          model.obstacles().stream().map(Bpmn.Obstacle::toString).collect(Collectors.joining(" "));
      return refused(
          Beginning.ofFile("“%s” cannot be taken: %s.".formatted(name, obstacles)),
          Reason.INVALID,
          exchange);
    }
    return answer(
        NewText.ofModel(model.definition())
            .bringInto(drafts, "brought in from " + name, exchange.agent())
            .map(GalleryController::address),
        Beginning::ofFile,
        exchange);
  }

  @GetMapping("/{name}/copy")
  String copying(Agent agent, @PathVariable String name, Model model) {
    WorkflowFile source = source(name);
    return copying(
        source, "Copy of " + source.definition().title(), "", Rights.editor(agent), model);
  }

  @PostMapping("/{name}/copy")
  String copy(
      Agent agent,
      @PathVariable String name,
      @RequestParam(defaultValue = "") String title,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    Rights.editor(agent);
    WorkflowFile source = source(name);
    String wanted = title.isBlank() ? source.definition().title() : title.strip();
    return switch (NewText.copy(source, wanted)
        .createIn(drafts, "copied from " + source.definition().title(), agent)) {
      case Outcome.Accepted<WorkflowDraft>(WorkflowDraft draft) -> {
        Flash.say(request, response, "Copied. Nothing runs on it until it is published.");
        yield "redirect:" + address(draft);
      }
      case Outcome.Rejected<WorkflowDraft>(Reason reason, String detail) -> {
        response.setStatus(reason.status());
        yield copying(source, title, detail, agent, model);
      }
    };
  }

  /// What is copied: what runs here, or else what came with the program.
  private WorkflowFile source(String name) {
    return offered
        .withName(name)
        .filter(_ -> galleries.isOffered(name))
        .orElseGet(() -> heads.version(name).file());
  }

  private static String address(WorkflowDraft draft) {
    return "/workflows/" + draft.workflow() + "/draft";
  }

  private static String address(ProcessDraft draft) {
    return "/processes/" + draft.process() + "/draft";
  }

  /// @param outcome where the new draft is
  private static String answer(
      Outcome<String> outcome, Function<String, Beginning> again, Exchange exchange) {
    return switch (outcome) {
      case Outcome.Accepted<String>(String address) -> {
        Flash.say(
            exchange.request(),
            exchange.response(),
            "Your draft. Nothing has changed for anybody until it is in force.");
        yield "redirect:" + address;
      }
      case Outcome.Rejected<String>(Reason reason, String detail) ->
          refused(again.apply(detail), reason, exchange);
    };
  }

  private static String refused(Beginning beginning, Reason reason, Exchange exchange) {
    exchange.response().setStatus(reason.status());
    return beginning(beginning, exchange.agent(), exchange.model());
  }

  private static String beginning(Beginning beginning, Agent agent, Model model) {
    model.addAttribute("agent", agent);
    model.addAttribute("beginning", beginning);
    return "studio/new";
  }

  private static String copying(
      WorkflowFile source, String title, String problem, Agent agent, Model model) {
    model.addAttribute("agent", agent);
    model.addAttribute("source", source);
    model.addAttribute("copyTitle", title);
    model.addAttribute("problem", problem);
    return "studio/copy";
  }
}
