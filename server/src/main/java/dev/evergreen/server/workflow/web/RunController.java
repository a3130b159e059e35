package dev.evergreen.server.workflow.web;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.workflow.RunId;
import dev.evergreen.server.workflow.Runs;
import dev.evergreen.server.workflow.WorkflowRun;
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

  RunController(Runs runs) {
    this.runs = runs;
  }

  @GetMapping
  String list(Agent viewer, @RequestParam(defaultValue = "faults") String view, Model model) {
    expectMender(viewer);
    boolean faults = !view.equals("open");
    model.addAttribute("agent", viewer);
    model.addAttribute("faults", faults);
    model.addAttribute("runs", RunRow.of(faults ? runs.faults(SHOWN) : runs.open(SHOWN)));
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
        runs.retry(run.id(), activation, viewer),
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
        runs.skip(run.id(), activation, reason, viewer),
        "The run goes on after that step.",
        new Exchange(run, viewer, request, response, model));
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
        runs.end(run.id(), reason, viewer),
        "The run is ended.",
        new Exchange(run, viewer, request, response, model));
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
    model.addAttribute("page", RunPage.of(run, runs.history(run.id()), viewer, problem));
    return "workflow/run";
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
