package dev.evergreen.server.workflow.web;

import dev.evergreen.engine.Definition.Trigger;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.workflow.Runs;
import dev.evergreen.server.workflow.Version;
import dev.evergreen.server.workflow.Workflows;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.server.ResponseStatusException;

/// The workflows as everybody who works by them may read them: purpose, steps in words, text.
@Controller
@RequestMapping("/workflows")
class WorkflowController {
  private final Workflows workflows;

  private final Runs runs;

  WorkflowController(Workflows workflows, Runs runs) {
    this.workflows = workflows;
    this.runs = runs;
  }

  @GetMapping
  String list(Agent viewer, Model model) {
    model.addAttribute("agent", viewer);
    boolean mender = RunPage.mayMend(viewer);
    model.addAttribute("workflows", workflows.current());
    model.addAttribute("mender", mender);
    model.addAttribute("stopped", mender && !runs.faults(1).isEmpty());
    return "workflow/list";
  }

  @GetMapping("/{name}")
  String show(Agent viewer, @PathVariable String name, Model model) {
    List<Version> versions = workflows.versionsOf(name);
    if (versions.isEmpty()) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    Version current = versions.getFirst();
    model.addAttribute("agent", viewer);
    model.addAttribute("version", current);
    model.addAttribute("mender", RunPage.mayMend(viewer));
    model.addAttribute(
        "starts", current.definition().starts().stream().map(start -> starts(start)).toList());
    model.addAttribute("steps", Outline.of(current.definition().steps()));
    return "workflow/show";
  }

  private static String starts(Trigger start) {
    String condition = start.when().source();
    String event = "on “%s”".formatted(start.event().replaceAll("[.-]", " "));
    return condition.equals("true") ? event : event + ", if " + condition;
  }
}
