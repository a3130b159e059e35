package dev.evergreen.server.workflow;

import dev.evergreen.language.Checked;
import dev.evergreen.language.Finding;
import dev.evergreen.language.WorkflowFile;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Team;
import dev.evergreen.server.team.Teams;
import dev.evergreen.server.workflow.DraftRows.Held;
import dev.evergreen.server.workflow.WorkflowDraft.Request;
import dev.evergreen.server.workflow.WorkflowDraft.Review;
import dev.evergreen.server.workflow.WorkflowDraft.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// How a draft becomes a version: the departments that a change touches are asked, each agrees or
/// says what is missing, and only what all of them have agreed to is published.
@Component
public class WorkflowReviews {
  private final Workflows workflows;
  private final WorkflowRows rows;
  private final DraftRows drafts;
  private final ReviewRows asked;
  private final Teams teams;
  private final DatabaseClock clock;

  WorkflowReviews(
      Workflows workflows,
      WorkflowRows rows,
      DraftRows drafts,
      ReviewRows asked,
      Teams teams,
      DatabaseClock clock) {
    this.workflows = workflows;
    this.rows = rows;
    this.drafts = drafts;
    this.asked = asked;
    this.teams = teams;
    this.clock = clock;
  }

  /// Who agreed to a version before it was published.
  public List<Review> of(Version version) {
    return asked.reviewsOf(version.name(), version.number());
  }

  /// Asks teams to agree to a draft that has no errors. Until they have, or it is taken back, its
  /// text stays as it is.
  ///
  /// @param reviewers keys of teams
  @Transactional
  public Outcome<WorkflowDraft> ask(
      String name, long seen, List<String> reviewers, String note, Agent by) {
    return change(
        name,
        drafts.hold(name, seen, by),
        held -> {
          Outcome<WorkflowDraft> refusal = refusal(held, reviewers);
          if (refusal == null) {
            asked.ask(held.draft().id(), reviewers, note.strip(), by);
            happened(held, "workflow.review-asked", Map.of("teams", List.copyOf(reviewers)), by);
          }
          return refusal;
        });
  }

  /// Ends the review so that the draft can be written on.
  @Transactional
  public Outcome<WorkflowDraft> takeBack(String name, long seen, Agent by) {
    return change(
        name,
        drafts.hold(name, seen, by),
        held -> {
          asked.takeBack(held.draft().id());
          happened(held, "workflow.review-withdrawn", Map.of(), by);
          return null;
        });
  }

  /// A member of a team that was asked agrees for it.
  ///
  /// @param words for the record; may be empty
  @Transactional
  public Outcome<WorkflowDraft> approve(
      String name, long seen, String team, String words, Agent by) {
    return answer(name, seen, team, Verdict.APPROVED, words.strip(), by);
  }

  /// A member of a team that was asked says what is missing.
  @Transactional
  public Outcome<WorkflowDraft> askForChanges(
      String name, long seen, String team, String words, Agent by) {
    return words.isBlank()
        ? Outcome.rejected(
            Reason.INVALID, "Expected what should be different, so that it can be changed.")
        : answer(name, seen, team, Verdict.CHANGES_ASKED, words.strip(), by);
  }

  /// The teams that have to be asked: those that the draft names, and those that the version before
  /// it names, so that nobody is left out by the change that they should see. A team that has
  /// nobody in it, or that there is not here, can hold nothing up.
  public List<String> approval(WorkflowDraft draft) {
    WorkflowFile file = workflows.check(draft.workflow(), draft.text().content()).workflow();
    return Stream.concat(
            Stream.ofNullable(file), workflows.newest(draft.workflow()).map(Version::file).stream())
        .flatMap(it -> it.profile().review().approval().stream())
        .distinct()
        .filter(this::canAnswer)
        .toList();
  }

  /// Whether this person can answer for that team: they belong to it, and they are not the one who
  /// asks, unless there is nobody else in it.
  public boolean mayAnswer(WorkflowDraft draft, String team, Agent person) {
    Request request = draft.request();
    return request != null
        && request.reviews().stream().anyMatch(review -> review.team().equals(team))
        && whyNot(request, team, person) == null;
  }

  /// Puts an approved draft in force: new runs start on it, those under way stay on theirs.
  @Transactional
  public Outcome<Version> publish(String name, long seen, Agent by) {
    return drafts
        .hold(name, seen, by)
        .fold(
            held -> publish(held, by),
            rejected -> Outcome.rejected(rejected.reason(), rejected.detail()));
  }

  private Outcome<Version> publish(Held held, Agent by) {
    WorkflowDraft draft = held.draft();
    Request request = draft.request();
    if (request == null) {
      return Outcome.rejected(
          Reason.OUTDATED, "This draft has not been reviewed; ask for approval first.");
    }
    List<String> missing =
        request.reviews().stream()
            .filter(review -> review.verdict() != Verdict.APPROVED)
            .map(review -> teamName(review.team()))
            .toList();
    if (!missing.isEmpty()) {
      return Outcome.rejected(
          Reason.OUTDATED,
          "Not everybody has agreed yet: missing are %s.".formatted(String.join(", ", missing)));
    }
    List<String> unasked =
        approval(draft).stream()
            .filter(key -> request.reviews().stream().noneMatch(it -> it.team().equals(key)))
            .map(this::teamName)
            .toList();
    if (!unasked.isEmpty()) {
      return Outcome.rejected(
          Reason.OUTDATED,
          "The workflow names %s to approve it, but nobody has asked them; take the draft back and ask again."
              .formatted(String.join(", ", unasked)));
    }
    String problem = problem(draft);
    if (problem != null) {
      return Outcome.rejected(Reason.INVALID, problem);
    }
    var publishing = new Version.Publishing(clock.instant(), by.name(), true, request.note());
    Version version =
        workflows.publish(held.workflow(), draft.text().content(), publishing, by.actor());
    drafts.becomes(draft.id(), version.number());
    return Outcome.accepted(version);
  }

  private @Nullable Outcome<WorkflowDraft> refusal(Held held, List<String> reviewers) {
    if (held.draft().isInReview()) {
      return Outcome.rejected(Reason.OUTDATED, "This draft is in review already.");
    }
    String problem = problem(held.draft());
    if (problem != null) {
      return Outcome.rejected(Reason.INVALID, problem);
    }
    if (reviewers.isEmpty() && !teams.all().isEmpty()) {
      return Outcome.rejected(
          Reason.INVALID, "Expected at least one team that is asked to agree; found none.");
    }
    List<String> missing =
        approval(held.draft()).stream().filter(key -> !reviewers.contains(key)).toList();
    if (!missing.isEmpty()) {
      return Outcome.rejected(
          Reason.INVALID,
          "The workflow names who approves it: expected %s among those who are asked."
              .formatted(String.join(", ", missing.stream().map(this::teamName).toList())));
    }
    for (String key : reviewers) {
      if (!canAnswer(key)) {
        return Outcome.rejected(
            Reason.INVALID,
            "Expected a team with somebody in it who can agree; %s has nobody."
                .formatted(teamName(key)));
      }
    }
    return null;
  }

  /// Why a draft cannot come into force; null when it can.
  private @Nullable String problem(WorkflowDraft draft) {
    Checked checked = workflows.check(draft.workflow(), draft.text().content());
    WorkflowFile file = checked.workflow();
    if (file == null) {
      List<Finding> errors =
          checked.findings().stream()
              .filter(finding -> finding.severity() == Finding.Severity.ERROR)
              .toList();
      return "Expected a draft without errors, but the checks found %d: line %d has %s."
          .formatted(errors.size(), errors.getFirst().line(), errors.getFirst().found());
    }
    String name = file.definition().name();
    return name.equals(draft.workflow())
        ? null
        : "Expected the draft of “%s” to keep that name, but its text says “%s”; copy the workflow to have it under another name."
            .formatted(draft.workflow(), name);
  }

  private Outcome<WorkflowDraft> answer(
      String name, long seen, String team, Verdict verdict, String words, Agent by) {
    return change(
        name,
        drafts.hold(name, seen),
        held -> {
          Request request = held.draft().request();
          if (request == null
              || request.reviews().stream().noneMatch(review -> review.team().equals(team))) {
            return Outcome.rejected(
                Reason.OUTDATED, "This team is not asked any more: the draft was taken back.");
          }
          String why = whyNot(request, team, by);
          if (why != null) {
            return Outcome.rejected(Reason.UNKNOWN, why);
          }
          asked.answer(held.draft().id(), team, verdict, words, by);
          var data = new HashMap<String, Object>(Map.of("team", team));
          if (!words.isEmpty()) {
            data.put("words", words.substring(0, Math.min(words.length(), 200)));
          }
          happened(
              held,
              verdict == Verdict.APPROVED ? "workflow.approved" : "workflow.changes-asked",
              data,
              by);
          return null;
        });
  }

  private @Nullable String whyNot(Request request, String key, Agent person) {
    var members =
        teams
            .withKey(key)
            .map(team -> new ArrayList<>(teams.members(team.id())))
            .orElseGet(ArrayList::new);
    if (members.stream().noneMatch(member -> member.id().equals(person.id()))) {
      return "Only a member of %s can answer for it.".formatted(teamName(key));
    }
    return person.id().equals(request.askedBy()) && members.size() > 1
        ? "You asked for the review, so somebody else of %s answers for it."
            .formatted(teamName(key))
        : null;
  }

  private boolean canAnswer(String key) {
    return teams.withKey(key).filter(team -> !teams.members(team.id()).isEmpty()).isPresent();
  }

  private String teamName(String key) {
    return teams.withKey(key).map(Team::name).orElse(key);
  }

  /// Does it unless there is a refusal, and gives the draft as it is then.
  private Outcome<WorkflowDraft> change(
      String name, Outcome<Held> held, Function<Held, @Nullable Outcome<WorkflowDraft>> verb) {
    return held.fold(
        it -> {
          Outcome<WorkflowDraft> refusal = verb.apply(it);
          return refusal != null ? refusal : Outcome.accepted(drafts.open(name).orElse(it.draft()));
        },
        rejected -> Outcome.rejected(rejected.reason(), rejected.detail()));
  }

  private void happened(Held held, String kind, Map<String, Object> data, Agent by) {
    rows.happened(held.workflow(), kind, by.actor(), data);
  }
}
