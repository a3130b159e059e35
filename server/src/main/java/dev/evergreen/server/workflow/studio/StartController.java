package dev.evergreen.server.workflow.studio;

import dev.evergreen.engine.DoStep;
import dev.evergreen.engine.ValueType;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Subject;
import dev.evergreen.server.platform.Submissions;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.platform.web.Page;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.VisibleSubjects.Found;
import dev.evergreen.server.workflow.StartsByHand;
import dev.evergreen.server.workflow.Version;
import dev.evergreen.server.workflow.web.NextStep;
import dev.evergreen.server.workflow.web.StartPage;
import dev.evergreen.server.workflow.web.Subjects;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/// A workflow started from its own page: what it is to be about is chosen first.
@Controller
@RequestMapping("/workflows/{name}/start")
class StartController {
  /// What the field for the subject is called; no input of a workflow has a name like it.
  private static final String SUBJECT = "subject.";

  private final StartsByHand starts;
  private final Subjects subjects;
  private final Submissions submissions;

  StartController(StartsByHand starts, Subjects subjects, Submissions submissions) {
    this.starts = starts;
    this.subjects = subjects;
    this.submissions = submissions;
  }

  @GetMapping
  String form(Agent agent, @PathVariable String name, Model model) {
    return form(version(name, agent), StartPage.Sent.NOTHING, agent, model);
  }

  @PostMapping
  String start(
      Agent agent,
      @PathVariable String name,
      @RequestParam Map<String, String> sent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    Version version = version(name, agent);
    String kind = version.definition().about();
    var given = starts.read(version, sent, Page.zoneOf(request));
    var wrong = new HashMap<>(given.wrong());
    String said = sent.getOrDefault(SUBJECT, "").strip().replaceFirst("^#", "");
    Optional<Found> about =
        said.matches("\\d{1,18}")
            ? subjects.find(new Subject(kind, Long.parseLong(said)), agent)
            : Optional.empty();
    if (about.isEmpty()) {
      wrong.put(
          SUBJECT,
          "Expected the number of a %s that you may see, but found %s."
              .formatted(kind, said.isEmpty() ? "none" : "“" + said + "”"));
    }
    if (!wrong.isEmpty()) {
      response.setStatus(Outcome.Reason.INVALID.status());
      return form(version, new StartPage.Sent(sent, wrong, ""), agent, model);
    }
    Found found = about.orElseThrow();
    var started =
        submissions.once(
            "start %s %s".formatted(agent.id().value(), sent.getOrDefault("once", "")),
            () ->
                starts
                    .start(name, found.subject(), given.data(), agent)
                    .map(run -> "Started “" + version.title() + "”."));
    return switch (started) {
      case Outcome.Accepted<String>(String words) -> {
        Flash.say(request, response, words);
        yield "redirect:" + found.path();
      }
      case Outcome.Rejected<String>(Outcome.Reason reason, String detail) -> {
        response.setStatus(reason.status());
        yield form(version, new StartPage.Sent(sent, Map.of(), detail), agent, model);
      }
    };
  }

  private static String form(Version version, StartPage.Sent sent, Agent agent, Model model) {
    String path = "/workflows/" + version.name();
    var fields = new ArrayList<NextStep.Field>();
    fields.add(
        NextStep.Field.of(
            new DoStep.Field(
                SUBJECT,
                "The number of the " + version.definition().about() + " it is about",
                new ValueType.Text(),
                true),
            sent.values().getOrDefault(SUBJECT, ""),
            sent.wrong().getOrDefault(SUBJECT, "")));
    fields.addAll(StartPage.fields(version, sent));
    model.addAttribute("agent", agent);
    model.addAttribute("about", "");
    model.addAttribute(
        "form",
        new StartPage.Form(
            StartPage.choice(version, List.of()), path + "/start", path, fields, sent.problem()));
    return "workflow/start";
  }

  private Version version(String name, Agent agent) {
    return starts
        .withName(name)
        .filter(_ -> StartsByHand.areFor(agent))
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }
}
