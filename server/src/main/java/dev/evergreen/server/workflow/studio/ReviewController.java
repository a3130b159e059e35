package dev.evergreen.server.workflow.studio;

import dev.evergreen.language.Checked;
import dev.evergreen.language.WorkflowFile;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Team;
import dev.evergreen.server.team.Teams;
import dev.evergreen.server.workflow.Editors;
import dev.evergreen.server.workflow.Version;
import dev.evergreen.server.workflow.WorkflowDraft;
import dev.evergreen.server.workflow.WorkflowDraft.Request;
import dev.evergreen.server.workflow.WorkflowDraft.Review;
import dev.evergreen.server.workflow.WorkflowDraft.Verdict;
import dev.evergreen.server.workflow.WorkflowDrafts;
import dev.evergreen.server.workflow.WorkflowReviews;
import dev.evergreen.server.workflow.Workflows;
import dev.evergreen.server.workflow.studio.Head.Tab;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/// The departments agree to a draft, and it is published. Editors see it, and whoever is asked.
@Controller
@RequestMapping("/workflows/{name}/review")
class ReviewController {
  private final Workflows workflows;
  private final WorkflowDrafts drafts;
  private final WorkflowReviews reviews;
  private final Teams teams;
  private final Heads heads;

  ReviewController(
      Workflows workflows,
      WorkflowDrafts drafts,
      WorkflowReviews reviews,
      Teams teams,
      Heads heads) {
    this.workflows = workflows;
    this.drafts = drafts;
    this.reviews = reviews;
    this.teams = teams;
    this.heads = heads;
  }

  @GetMapping
  String show(@ModelAttribute(binding = false) Exchange exchange) {
    return page(exchange, "");
  }

  @PostMapping
  String ask(
      @ModelAttribute(binding = false) Exchange exchange,
      @RequestParam long revision,
      @RequestParam(defaultValue = "") List<String> teams,
      @RequestParam(defaultValue = "") String note) {
    return answer(
        reviews.ask(exchange.name(), revision, teams, note, exchange.agent()),
        _ -> "Asked. They see it among the workflows.",
        "/review",
        exchange);
  }

  @PostMapping("/withdrawal")
  String takeBack(@ModelAttribute(binding = false) Exchange exchange, @RequestParam long revision) {
    return answer(
        reviews.takeBack(exchange.name(), revision, exchange.agent()),
        _ -> "Taken back. You can write on.",
        "/draft",
        exchange);
  }

  @PostMapping("/{team}/approval")
  String approve(
      @ModelAttribute(binding = false) Exchange exchange,
      @PathVariable String team,
      @RequestParam long revision,
      @RequestParam(defaultValue = "") String words) {
    return answer(
        reviews.approve(exchange.name(), revision, team, words, exchange.agent()),
        _ -> "You agreed.",
        "/review",
        exchange);
  }

  @PostMapping("/{team}/objection")
  String askForChanges(
      @ModelAttribute(binding = false) Exchange exchange,
      @PathVariable String team,
      @RequestParam long revision,
      @RequestParam(defaultValue = "") String words) {
    return answer(
        reviews.askForChanges(exchange.name(), revision, team, words, exchange.agent()),
        _ -> "Sent back with your words.",
        "/review",
        exchange);
  }

  @PostMapping("/publication")
  String publish(@ModelAttribute(binding = false) Exchange exchange, @RequestParam long revision) {
    return answer(
        reviews.publish(exchange.name(), revision, exchange.agent()),
        version ->
            "Version %d is in force. Cases under way stay on theirs.".formatted(version.number()),
        "",
        exchange);
  }

  /// @param then the page of the workflow that is shown afterwards
  private <T> String answer(
      Outcome<T> outcome, Function<T, String> done, String then, Exchange exchange) {
    return outcome.fold(
        result -> {
          Flash.say(exchange.request(), exchange.response(), done.apply(result));
          return "redirect:/workflows/" + exchange.name() + then;
        },
        rejected -> refused(rejected.reason(), rejected.detail(), exchange));
  }

  private String refused(Reason reason, String detail, Exchange exchange) {
    exchange.response().setStatus(reason.status());
    return page(exchange, detail);
  }

  private String page(Exchange exchange, String problem) {
    String name = exchange.name();
    Agent agent = exchange.agent();
    Model model = exchange.model();
    WorkflowDraft draft =
        drafts
            .of(name)
            .filter(it -> Editors.include(agent) || isAsked(it, agent))
            .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    Checked checked = workflows.check(name, draft.text().content());
    WorkflowFile file = checked.workflow();
    Optional<Version> newest = workflows.newest(name);
    model.addAttribute("agent", agent);
    model.addAttribute(
        "page",
        new ReviewPage(
            heads.of(draft, Tab.REVIEW, agent),
            file == null || newest.isEmpty()
                ? null
                : Comparison.of(newest.get().file(), file, "version " + newest.get().number()),
            file,
            Mending.of(draft.text().content(), checked.findings()),
            draft.isInReview() ? List.of() : choices(draft, newest),
            answers(draft, agent),
            problem));
    return "studio/review";
  }

  private boolean isAsked(WorkflowDraft draft, Agent agent) {
    Request request = draft.request();
    List<String> own = teams.of(agent.id()).stream().map(Team::key).toList();
    return request != null
        && request.reviews().stream().anyMatch(review -> own.contains(review.team()));
  }

  private List<ReviewPage.Choice> choices(WorkflowDraft draft, Optional<Version> newest) {
    List<String> named = reviews.approval(draft);
    List<String> before =
        newest.map(reviews::of).orElse(List.of()).stream().map(Review::team).toList();
    return teams.all().stream()
        .map(team ->
            new ReviewPage.Choice(
                team.key(),
                team.name(),
                teams.members(team.id()).stream()
                    .map(Agent::name)
                    .limit(4)
                    .collect(Collectors.joining(", ")),
                before.contains(team.key()),
                named.contains(team.key())))
        .toList();
  }

  private List<ReviewPage.Answer> answers(WorkflowDraft draft, Agent agent) {
    Request request = draft.request();
    return request == null
        ? List.of()
        : request.reviews().stream()
            .map(review ->
                new ReviewPage.Answer(
                    review,
                    teams.withKey(review.team()).map(Team::name).orElse(review.team()),
                    review.verdict() != Verdict.APPROVED
                        && reviews.mayAnswer(draft, review.team(), agent)))
            .toList();
  }
}
