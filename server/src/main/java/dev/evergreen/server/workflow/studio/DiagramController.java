package dev.evergreen.server.workflow.studio;

import dev.evergreen.language.bpmn.Bpmn;
import dev.evergreen.language.diagram.Diagram;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.workflow.RunFigures;
import dev.evergreen.server.workflow.Version;
import dev.evergreen.server.workflow.Workflows;
import dev.evergreen.server.workflow.studio.Head.Tab;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.server.ResponseStatusException;

/// A workflow drawn: on its page, as a picture, and as a model for other tools.
@Controller
@RequestMapping("/workflows/{name}")
class DiagramController {
  private final Workflows workflows;
  private final RunFigures figures;
  private final DatabaseClock clock;
  private final Heads heads;

  DiagramController(Workflows workflows, RunFigures figures, DatabaseClock clock, Heads heads) {
    this.workflows = workflows;
    this.figures = figures;
    this.clock = clock;
    this.heads = heads;
  }

  @GetMapping("/diagram")
  String show(Agent agent, @PathVariable String name, Model model) {
    Version version = heads.version(name);
    model.addAttribute("agent", agent);
    model.addAttribute("head", heads.of(version, Tab.DIAGRAM, agent));
    model.addAttribute("retired", workflows.withName(name).isEmpty());
    var happened = figures.of(version);
    Diagram diagram =
        Diagram.of(version.definition()).linkedTo("/workflows/%s#step-".formatted(name));
    model.addAttribute("happens", WhatHappens.of(happened, version.definition(), clock.instant()));
    model.addAttribute("diagram", happened.cases() == 0 ? diagram : diagram.with(happened.steps()));
    return "studio/diagram";
  }

  @GetMapping("/versions/{number}/diagram")
  ResponseEntity<byte[]> picture(@PathVariable String name, @PathVariable int number) {
    String picture = Diagram.of(version(name, number).definition()).file(Diagram.WIDE);
    return Download.of(picture, "image/svg+xml", name + ".svg");
  }

  @GetMapping("/versions/{number}/bpmn")
  ResponseEntity<byte[]> bpmn(@PathVariable String name, @PathVariable int number) {
    String bpmn = Bpmn.write(version(name, number).definition());
    return Download.of(bpmn, "application/xml; charset=utf-8", name + ".bpmn");
  }

  private Version version(String name, int number) {
    return workflows
        .withNumber(name, number)
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }
}
