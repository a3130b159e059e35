package dev.evergreen.server.transfer.web;

import dev.evergreen.server.platform.AuditTrail;
import dev.evergreen.server.platform.Files;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Subject;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.transfer.Export;
import dev.evergreen.server.transfer.Format;
import dev.evergreen.server.transfer.Import;
import dev.evergreen.server.transfer.Imports;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;

/// Brings tickets of another program in, and everything out. For administrators.
@Controller
@RequestMapping("/settings/transfer")
class TransferController {
  private static final int SHOWN = 20;
  private static final String MAP = "map:";
  private static final String NAME = "[a-z][a-z0-9-]{0,39}";

  private final Imports imports;
  private final Export export;
  private final Files files;
  private final AuditTrail audit;
  private final TransactionTemplate transaction;

  TransferController(
      Imports imports,
      Export export,
      Files files,
      AuditTrail audit,
      PlatformTransactionManager transactions) {
    this.imports = imports;
    this.export = export;
    this.files = files;
    this.audit = audit;
    transaction = new TransactionTemplate(transactions);
  }

  @GetMapping
  String show(Agent agent, Model model) {
    return page(agent, "", model);
  }

  /// Stores what was given and looks through it; nothing is taken over yet.
  @PostMapping
  String give(
      Agent agent,
      @RequestParam(defaultValue = "") String from,
      @RequestParam(defaultValue = "") String source,
      @RequestParam(required = false) @Nullable List<MultipartFile> file,
      HttpServletResponse response,
      Model model)
      throws IOException {
    check(agent);
    var format = Format.of(from);
    var given = new ArrayList<Imports.Given>();
    var name = source.isBlank() ? from : source.strip();
    if (format.isEmpty()
        || !name.matches(NAME)
        || file == null
        || file.stream().allMatch(MultipartFile::isEmpty)) {
      response.setStatus(Outcome.Reason.INVALID.status());
      return page(
          agent,
          format.isEmpty()
              ? "Expected the program that it comes from."
              : name.matches(NAME)
                  ? "Expected a file, but found none."
                  : "Expected a name of small letters, digits and hyphens, such as zendesk-eu.",
          model);
    }
    for (var one : file) {
      if (!one.isEmpty()) {
        try (var in = one.getInputStream()) {
          given.add(
              new Imports.Given(
                  files.store(in), Objects.requireNonNullElse(one.getOriginalFilename(), "file")));
        }
      }
    }
    return "redirect:/settings/transfer/" + imports.look(format.get(), name, given, agent);
  }

  @GetMapping("/{id}")
  String look(@PathVariable long id, Agent agent, Model model) {
    fill(id, agent, model);
    return "transfer/import";
  }

  private void fill(long id, Agent agent, Model model) {
    check(agent);
    model.addAttribute("agent", agent);
    model.addAttribute("asked", asked(id));
    model.addAttribute("hasFiles", imports.hasFiles(id));
  }

  private Import asked(long id) {
    return imports.withId(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  /// Takes it over, or looks again, by what was chosen for each word.
  @PostMapping("/{id}/run")
  String run(
      @PathVariable long id,
      @RequestParam(defaultValue = "look") String act,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response) {
    check(agent);
    var _ = asked(id);
    var chosen = new HashMap<String, String>();
    request
        .getParameterMap()
        .forEach((name, values) -> {
          if (name.startsWith(MAP) && values.length > 0 && !values[0].isEmpty()) {
            chosen.put(name.substring(MAP.length()), values[0]);
          }
        });
    var isBegun = imports.begin(id, chosen, !act.equals("take"), agent);
    Flash.say(
        request,
        response,
        isBegun
            ? act.equals("take") ? "The import has begun." : "Looking again."
            : "It is going already, or its files are gone.");
    return "redirect:/settings/transfer/" + id;
  }

  @PostMapping("/{id}/stop")
  String stop(
      @PathVariable long id,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response) {
    check(agent);
    imports.stop(id);
    Flash.say(request, response, "Stopped. What was taken over stays.");
    return "redirect:/settings/transfer/" + id;
  }

  @PostMapping("/{id}/drop")
  String drop(
      @PathVariable long id,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response) {
    check(agent);
    if (asked(id).isGoing()) {
      Flash.say(request, response, "It is going; stop it first.");
    } else {
      imports.drop(id);
      Flash.say(request, response, "The files are thrown away.");
    }
    return "redirect:/settings/transfer/" + id;
  }

  /// Everything, as it is read: the answer begins at once and holds little in memory.
  @PostMapping("/export")
  void export(Agent agent, HttpServletResponse response) throws IOException {
    check(agent);
    transaction.executeWithoutResult(
        _ -> audit.append(new Subject("export", 1), 1, "export.begun", agent.actor(), Map.of()));
    response.setContentType("application/x-ndjson");
    response.setHeader("Content-Disposition", "attachment; filename=\"evergreen.jsonl\"");
    export.write(response.getOutputStream());
  }

  private String page(Agent agent, String problem, Model model) {
    check(agent);
    model.addAttribute("agent", agent);
    model.addAttribute("problem", problem);
    model.addAttribute("formats", List.of(Format.values()));
    model.addAttribute("imports", imports.newest(SHOWN));
    return "transfer/transfer";
  }

  private static void check(Agent agent) {
    if (!agent.isAdministrator()) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
  }
}
