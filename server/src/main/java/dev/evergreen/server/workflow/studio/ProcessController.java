package dev.evergreen.server.workflow.studio;

import dev.evergreen.language.ProcessFile;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.workflow.Editors;
import dev.evergreen.server.workflow.ProcessDrafts;
import dev.evergreen.server.workflow.Processes;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.server.ResponseStatusException;

/// One process, for everybody who works by it.
@Controller
@RequestMapping("/processes/{name}")
class ProcessController {
  private final ProcessPages pages;
  private final Processes processes;
  private final ProcessDrafts drafts;

  ProcessController(ProcessPages pages, Processes processes, ProcessDrafts drafts) {
    this.pages = pages;
    this.processes = processes;
    this.drafts = drafts;
  }

  @GetMapping
  String show(Agent agent, @PathVariable String name, Model model) {
    if (processes.withName(name).isEmpty()
        && Editors.include(agent)
        && drafts.of(name).isPresent()) {
      return "redirect:/processes/" + name + "/draft";
    }
    model.addAttribute("agent", agent);
    model.addAttribute(
        "page",
        pages.of(name, agent).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND)));
    return "studio/process";
  }

  @GetMapping("/file")
  ResponseEntity<byte[]> file(@PathVariable String name) {
    return processes
        .withName(name)
        .map(ProcessFile::text)
        .map(text -> Download.yaml(name, text))
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  @PostMapping("/withdrawal")
  String withdraw(
      Agent agent,
      @PathVariable String name,
      HttpServletRequest request,
      HttpServletResponse response) {
    return drafts
        .withdraw(name, Rights.editor(agent))
        .fold(
            _ -> {
              boolean shipped = processes.isShipped(name);
              Flash.say(
                  request,
                  response,
                  shipped
                      ? "It reads again as it came with Evergreen. What you wrote is kept in the database."
                      : "The process is gone. Its workflows run on; what you wrote is kept in the database.");
              return shipped ? "redirect:/processes/" + name : "redirect:/workflows";
            },
            rejected -> {
              throw new ResponseStatusException(HttpStatus.valueOf(rejected.reason().status()));
            });
  }
}
