package dev.evergreen.server.workflow.studio;

import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.workflow.Editors;
import dev.evergreen.server.workflow.RunCounts;
import dev.evergreen.server.workflow.RunFigures;
import dev.evergreen.server.workflow.RunId;
import dev.evergreen.server.workflow.Version;
import dev.evergreen.server.workflow.WorkflowDrafts;
import dev.evergreen.server.workflow.WorkflowReviews;
import dev.evergreen.server.workflow.WorkflowRun;
import dev.evergreen.server.workflow.Workflows;
import dev.evergreen.server.workflow.studio.Head.Tab;
import dev.evergreen.server.workflow.web.RunRow;
import dev.evergreen.server.workflow.web.Subjects;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
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

/// One workflow as everybody who works by it may read it: steps in words, text, what runs on it,
/// how it came to be.
@Controller
@RequestMapping("/workflows/{name}")
class WorkflowController {
  private static final int PAGE = 30;

  private final Workflows workflows;
  private final WorkflowDrafts drafts;
  private final WorkflowReviews reviews;
  private final RunCounts counts;
  private final RunFigures figures;
  private final Subjects subjects;
  private final DatabaseClock clock;
  private final Heads heads;

  WorkflowController(
      Workflows workflows,
      WorkflowDrafts drafts,
      WorkflowReviews reviews,
      RunCounts counts,
      RunFigures figures,
      Subjects subjects,
      DatabaseClock clock,
      Heads heads) {
    this.workflows = workflows;
    this.drafts = drafts;
    this.reviews = reviews;
    this.counts = counts;
    this.figures = figures;
    this.subjects = subjects;
    this.clock = clock;
    this.heads = heads;
  }

  @GetMapping
  String steps(Agent agent, @PathVariable String name, Model model) {
    if (workflows.newest(name).isEmpty() && Editors.include(agent) && drafts.of(name).isPresent()) {
      return "redirect:/workflows/" + name + "/draft";
    }
    Version version = heads.version(name);
    show(agent, version, Tab.STEPS, model);
    model.addAttribute("version", version);
    model.addAttribute("approvals", reviews.of(version));
    var happened = figures.of(version);
    model.addAttribute("figures", happened);
    model.addAttribute("happens", WhatHappens.of(happened, version.definition(), clock.instant()));
    model.addAttribute("recent", RunRow.of(counts.of(name, null, 5), subjects, agent));
    return "studio/steps";
  }

  @GetMapping("/text")
  String text(Agent agent, @PathVariable String name, Model model) {
    Version version = heads.version(name);
    show(agent, version, Tab.TEXT, model);
    model.addAttribute("text", version.file().text());
    return "studio/text";
  }

  /// The file as it stands: for git, or for another installation.
  @GetMapping("/versions/{number}/file")
  ResponseEntity<byte[]> file(@PathVariable String name, @PathVariable int number) {
    Version version = version(name, number);
    return Download.yaml(name, version.file().text());
  }

  @GetMapping("/runs")
  String runs(
      Agent agent,
      @PathVariable String name,
      @RequestParam(required = false) @Nullable Long before,
      Model model) {
    Version version = heads.version(name);
    show(agent, version, Tab.RUNS, model);
    model.addAttribute("standing", Running.of(workflows.versionsOf(name), counts.open()));
    List<WorkflowRun> page = counts.of(name, before == null ? null : new RunId(before), PAGE + 1);
    List<WorkflowRun> shown = page.subList(0, Math.min(page.size(), PAGE));
    model.addAttribute("recent", RunRow.of(shown, subjects, agent));
    model.addAttribute(
        "next",
        page.size() <= PAGE
            ? null
            : "/workflows/%s/runs?before=%d".formatted(name, shown.getLast().id().value()));
    return "studio/runs";
  }

  @GetMapping("/versions")
  String versions(Agent agent, @PathVariable String name, Model model) {
    Version newest = heads.version(name);
    show(agent, newest, Tab.VERSIONS, model);
    model.addAttribute(
        "versions", VersionRow.of(workflows.versionsOf(name), counts.open(), reviews));
    return "studio/versions";
  }

  @GetMapping("/versions/{number}")
  String version(
      Agent agent,
      @PathVariable String name,
      @PathVariable int number,
      @RequestParam(defaultValue = "0") int against,
      Model model) {
    Version version = version(name, number);
    show(agent, heads.version(name), Tab.VERSIONS, model);
    int other = against > 0 ? against : number - 1;
    model.addAttribute("version", version);
    model.addAttribute("approvals", reviews.of(version));
    model.addAttribute(
        "comparison",
        workflows
            .withNumber(name, other)
            .map(before -> Comparison.of(before.file(), version.file(), "version " + other))
            .orElse(null));
    return "studio/version";
  }

  @PostMapping("/retirement")
  String retire(
      Agent agent,
      @PathVariable String name,
      HttpServletRequest request,
      HttpServletResponse response) {
    return after(
        workflows.retire(name, agent),
        "Retired. It starts no more runs; those under way go on.",
        request,
        response);
  }

  @PostMapping("/restoration")
  String restore(
      Agent agent,
      @PathVariable String name,
      HttpServletRequest request,
      HttpServletResponse response) {
    return after(
        workflows.restore(name, agent), "In force again. New runs start on it.", request, response);
  }

  private static String after(
      Outcome<Version> outcome,
      String done,
      HttpServletRequest request,
      HttpServletResponse response) {
    return outcome.fold(
        version -> {
          Flash.say(request, response, done);
          return "redirect:/workflows/" + version.name();
        },
        rejected -> {
          throw new ResponseStatusException(HttpStatus.valueOf(rejected.reason().status()));
        });
  }

  private void show(Agent agent, Version version, Tab tab, Model model) {
    model.addAttribute("agent", agent);
    model.addAttribute("head", heads.of(version, tab, agent));
    model.addAttribute("retired", workflows.withName(version.name()).isEmpty());
  }

  private Version version(String name, int number) {
    return workflows
        .withNumber(name, number)
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }
}
