package dev.evergreen.server.workflow.studio;

import dev.evergreen.language.Plain;
import dev.evergreen.language.ProcessFile;
import dev.evergreen.language.WorkflowFile;
import dev.evergreen.language.WorkflowText;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Team;
import dev.evergreen.server.team.Teams;
import dev.evergreen.server.workflow.Editors;
import dev.evergreen.server.workflow.OfferedWorkflows;
import dev.evergreen.server.workflow.ProcessDraft;
import dev.evergreen.server.workflow.ProcessDrafts;
import dev.evergreen.server.workflow.Processes;
import dev.evergreen.server.workflow.RunCounts;
import dev.evergreen.server.workflow.Version;
import dev.evergreen.server.workflow.WorkflowDraft;
import dev.evergreen.server.workflow.WorkflowDraft.Request;
import dev.evergreen.server.workflow.WorkflowDraft.Verdict;
import dev.evergreen.server.workflow.WorkflowDrafts;
import dev.evergreen.server.workflow.WorkflowReviews;
import dev.evergreen.server.workflow.Workflows;
import dev.evergreen.server.workflow.studio.Gallery.Entry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/// Gathers what the gallery shows.
@Component
class Galleries {
  private final Workflows workflows;
  private final WorkflowDrafts drafts;
  private final WorkflowReviews reviews;
  private final OfferedWorkflows offered;
  private final RunCounts counts;
  private final Teams teams;
  private final Processes processes;
  private final ProcessDrafts processDrafts;
  private final Heads heads;

  Galleries(
      Workflows workflows,
      WorkflowDrafts drafts,
      WorkflowReviews reviews,
      OfferedWorkflows offered,
      RunCounts counts,
      Teams teams,
      Processes processes,
      ProcessDrafts processDrafts,
      Heads heads) {
    this.workflows = workflows;
    this.drafts = drafts;
    this.reviews = reviews;
    this.offered = offered;
    this.counts = counts;
    this.teams = teams;
    this.processes = processes;
    this.processDrafts = processDrafts;
    this.heads = heads;
  }

  Gallery of(Agent viewer) {
    boolean editor = Editors.include(viewer);
    var open = new HashMap<String, WorkflowDraft>();
    drafts.all().forEach(draft -> open.put(draft.workflow(), draft));
    Map<Long, Integer> running = counts.open();
    var groups = new TreeMap<String, List<Entry>>();
    for (Version version : workflows.current()) {
      put(groups, version.file(), entry(version, false, open, running));
    }
    for (String name : drafts.retired()) {
      workflows
          .newest(name)
          .ifPresent(version -> put(groups, version.file(), entry(version, true, open, running)));
    }
    if (editor) {
      open.values().stream()
          .filter(draft -> draft.base() == null)
          .sorted(Comparator.comparing(WorkflowDraft::workflow))
          .forEach(draft -> draftOnly(draft, groups));
    }
    processes.all().stream()
        .map(ProcessFile::name)
        .filter(name -> processes.originOf(name).isPresent())
        .forEach(name -> groups.computeIfAbsent(name, _ -> new ArrayList<>()));
    return new Gallery(
        asked(open.values(), viewer),
        inOrder(groups),
        editor ? offers() : List.of(),
        editor ? processDrafts.all().stream().map(Galleries::written).toList() : List.of(),
        editor);
  }

  private static Gallery.Written written(ProcessDraft draft) {
    Map<String, Object> head =
        WorkflowText.of(draft.text().content()).map(WorkflowText::head).orElse(Map.of());
    String title = StepSketch.text(head.get("title"));
    return new Gallery.Written(
        draft.process(), title.isEmpty() ? draft.process() : title, draft.text().savedBy());
  }

  /// Whether a workflow that came with the program is not in use here under its name.
  boolean isOffered(String name) {
    return offered.withName(name).isPresent() && workflows.newest(name).isEmpty();
  }

  private List<Gallery.Group> offers() {
    var groups = new TreeMap<String, List<Entry>>();
    for (WorkflowFile file : offered.all()) {
      if (isOffered(file.definition().name())) {
        put(groups, file, entry(file, List.of(), false));
      }
    }
    return inOrder(groups);
  }

  private List<Gallery.Group> inOrder(Map<String, List<Entry>> entries) {
    return entries.entrySet().stream()
        .map(of -> {
          String name = of.getKey();
          return processes
              .withName(name)
              .map(process ->
                  new Gallery.Group(
                      name,
                      process.title(),
                      process.purpose(),
                      "/processes/" + name,
                      of.getValue()))
              .orElseGet(() -> new Gallery.Group(name, title(name), "", null, of.getValue()));
        })
        .sorted(Comparator.comparing(Gallery.Group::title))
        .toList();
  }

  private static String title(String name) {
    String words = Plain.words(name);
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  private Entry entry(
      Version version,
      boolean retired,
      Map<String, WorkflowDraft> open,
      Map<Long, Integer> running) {
    var file = version.file();
    var about = new ArrayList<>(List.of(Heads.words(file.kind()), Heads.words(file.owner())));
    String review = heads.review(version).toLowerCase(Locale.ROOT);
    if (!review.isEmpty() && !retired) {
      about.add(review);
    }
    return new Entry(
        version.name(),
        version.title(),
        file.purpose(),
        file.kind(),
        String.join(" · ", about),
        heads.badges(version, retired, open.get(version.name()), running),
        false);
  }

  private static Entry entry(WorkflowFile file, List<Badge> badges, boolean draftOnly) {
    return new Entry(
        file.definition().name(),
        file.definition().title(),
        file.purpose(),
        file.kind(),
        Heads.words(file.kind()),
        badges,
        draftOnly);
  }

  private void draftOnly(WorkflowDraft draft, Map<String, List<Entry>> groups) {
    WorkflowFile file = workflows.check(draft.workflow(), draft.text().content()).workflow();
    List<Badge> badges = List.of(Heads.draftBadge(draft, 1));
    if (file == null) {
      groups
          .computeIfAbsent("unfinished", _ -> new ArrayList<>())
          .add(
              new Entry(
                  draft.workflow(),
                  Heads.words(draft.workflow()),
                  "Its text still has errors.",
                  "service",
                  "last changed by " + draft.text().savedBy(),
                  badges,
                  true));
    } else {
      Entry entry = entry(file, badges, true);
      put(
          groups,
          file,
          new Entry(
              draft.workflow(),
              entry.title(),
              entry.purpose(),
              entry.kind(),
              Heads.words(file.kind()) + " · last changed by " + draft.text().savedBy(),
              badges,
              true));
    }
  }

  private static void put(Map<String, List<Entry>> groups, WorkflowFile file, Entry entry) {
    String process = file.process().isEmpty() ? "other" : file.process();
    groups.computeIfAbsent(process, _ -> new ArrayList<>()).add(entry);
  }

  private List<Gallery.Asked> asked(Iterable<WorkflowDraft> open, Agent viewer) {
    List<Team> own = teams.of(viewer.id());
    var asked = new ArrayList<Gallery.Asked>();
    for (WorkflowDraft draft : open) {
      Request request = draft.request();
      if (request == null) {
        continue;
      }
      for (Team team : own) {
        boolean waits =
            request.reviews().stream()
                .anyMatch(
                    review -> review.team().equals(team.key()) && review.verdict() == Verdict.OPEN);
        if (waits && reviews.mayAnswer(draft, team.key(), viewer)) {
          WorkflowFile file = workflows.check(draft.workflow(), draft.text().content()).workflow();
          String title = file == null ? draft.workflow() : file.definition().title();
          asked.add(new Gallery.Asked(draft.workflow(), title, team.name(), request.asker()));
        }
      }
    }
    return asked;
  }
}
