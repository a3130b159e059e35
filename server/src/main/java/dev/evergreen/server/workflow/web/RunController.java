package dev.evergreen.server.workflow.web;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.workflow.CommandId;
import dev.evergreen.server.workflow.Commands;
import dev.evergreen.server.workflow.RunId;
import dev.evergreen.server.workflow.Runs;
import dev.evergreen.server.workflow.Version;
import dev.evergreen.server.workflow.WorkflowRun;
import dev.evergreen.server.workflow.Workflows;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/// The runs of workflows, for leads and administrators: what stopped, why, and how it goes on. For
/// everybody else there are no such pages; they see a run's path beside its subject.
@Controller
@RequestMapping("/runs")
class RunController {
  private static final int SHOWN = 100;

  private final Runs runs;
  private final Commands commands;
  private final Workflows workflows;
  private final Subjects subjects;

  RunController(Runs runs, Commands commands, Workflows workflows, Subjects subjects) {
    this.runs = runs;
    this.commands = commands;
    this.workflows = workflows;
    this.subjects = subjects;
  }

  @GetMapping
  String list(Agent viewer, @RequestParam(defaultValue = "faults") String view, Model model) {
    expectMender(viewer);
    boolean faults = !view.equals("open");
    model.addAttribute("agent", viewer);
    model.addAttribute("faults", faults);
    model.addAttribute(
        "runs", RunRow.of(faults ? runs.faults(SHOWN) : runs.open(SHOWN), subjects, viewer));
    model.addAttribute("refused", faults ? runs.refusedStarts(20) : java.util.List.of());
    return "workflow/runs";
  }

  @GetMapping("/{id}")
  String show(Agent viewer, @PathVariable long id, Model model) {
    return page(run(viewer, id), viewer, "", model);
  }

  @PostMapping("/{id}/faults/{activation}/retry")
  String retry(
      Agent viewer,
      @PathVariable long id,
      @PathVariable int activation,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    WorkflowRun run = run(viewer, id);
    return answer(
        commands.retry(id(request), run.id(), activation, viewer),
        "Tried again.",
        new Exchange(run, viewer, request, response, model));
  }

  @PostMapping("/{id}/faults/{activation}/skip")
  String skip(
      Agent viewer,
      @PathVariable long id,
      @PathVariable int activation,
      @RequestParam(defaultValue = "") String reason,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    WorkflowRun run = run(viewer, id);
    return answer(
        commands.skip(id(request), run.id(), activation, reason, viewer),
        "The run goes on after that step.",
        new Exchange(run, viewer, request, response, model));
  }

  /// Leaves an open step out, with a reason: the standard may be left, and it is recorded.
  @PostMapping("/{id}/steps/{activation}/deviation")
  String deviate(
      Agent viewer,
      @PathVariable long id,
      @PathVariable int activation,
      @RequestParam(defaultValue = "") String reason,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    WorkflowRun run = run(viewer, id);
    return answer(
        commands.deviate(id(request), run.id(), activation, reason, viewer),
        "Left out. Your reason is recorded.",
        new Exchange(run, viewer, request, response, model));
  }

  /// What would become of the run on another version.
  @GetMapping("/{id}/versions/{number}")
  String preview(Agent viewer, @PathVariable long id, @PathVariable int number, Model model) {
    WorkflowRun run = run(viewer, id);
    Version to = version(run, number);
    model.addAttribute("agent", viewer);
    model.addAttribute("page", MovePage.of(of(run, viewer), to, runs.preview(run, to)));
    return "workflow/move";
  }

  @PostMapping("/{id}/versions/{number}")
  String move(
      Agent viewer,
      @PathVariable long id,
      @PathVariable int number,
      @RequestParam long revision,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    WorkflowRun run = run(viewer, id);
    return answer(
        commands.move(id(request), run.id(), version(run, number), revision, viewer),
        "It follows version " + number + " from here.",
        new Exchange(run, viewer, request, response, model));
  }

  private Version version(WorkflowRun run, int number) {
    return workflows
        .withNumber(run.version().name(), number)
        .filter(_ -> !run.state().status().isFinal())
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  @PostMapping("/{id}/end")
  String end(
      Agent viewer,
      @PathVariable long id,
      @RequestParam(defaultValue = "") String reason,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    WorkflowRun run = run(viewer, id);
    return answer(
        commands.end(id(request), run.id(), reason, viewer),
        "The run is ended.",
        new Exchange(run, viewer, request, response, model));
  }

  private static CommandId id(HttpServletRequest request) {
    String said = request.getParameter("once");
    return CommandId.ofForm(said == null ? "" : said);
  }

  private record Exchange(
      WorkflowRun run,
      Agent viewer,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {}

  private String answer(Outcome<WorkflowRun> outcome, String done, Exchange exchange) {
    return switch (outcome) {
      case Outcome.Accepted<WorkflowRun>(WorkflowRun run) -> {
        Flash.say(
            exchange.request(),
            exchange.response(),
            run.isFaulted() ? "It stopped again; see below." : done);
        yield "redirect:/runs/" + run.id().value();
      }
      case Outcome.Rejected<WorkflowRun>(Outcome.Reason reason, String detail) -> {
        exchange.response().setStatus(reason.status());
        yield page(
            run(exchange.viewer(), exchange.run().id().value()),
            exchange.viewer(),
            detail,
            exchange.model());
      }
    };
  }

  private String page(WorkflowRun run, Agent viewer, String problem, Model model) {
    model.addAttribute("agent", viewer);
    model.addAttribute(
        "page", RunPage.of(of(run, viewer), runs.history(run.id()), workflows, problem));
    return "workflow/run";
  }

  private RunPage.Case of(WorkflowRun run, Agent viewer) {
    return new RunPage.Case(
        run, RunRow.About.of(run.subject(), subjects.find(run.subject(), viewer).orElse(null)));
  }

  private WorkflowRun run(Agent viewer, long id) {
    expectMender(viewer);
    return runs.withId(new RunId(id))
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  private static void expectMender(Agent viewer) {
    if (!RunPage.mayMend(viewer)) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
  }
}
