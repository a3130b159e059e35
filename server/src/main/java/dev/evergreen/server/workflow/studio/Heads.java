package dev.evergreen.server.workflow.studio;

import dev.evergreen.engine.Span;
import dev.evergreen.language.Plain;
import dev.evergreen.language.WorkflowFile;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.workflow.Editors;
import dev.evergreen.server.workflow.Processes;
import dev.evergreen.server.workflow.RunCounts;
import dev.evergreen.server.workflow.StartsByHand;
import dev.evergreen.server.workflow.Version;
import dev.evergreen.server.workflow.WorkflowDraft;
import dev.evergreen.server.workflow.WorkflowDrafts;
import dev.evergreen.server.workflow.Workflows;
import dev.evergreen.server.workflow.studio.Head.Tab;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/// Says where workflows stand.
@Component
class Heads {
  private final Workflows workflows;
  private final WorkflowDrafts drafts;
  private final RunCounts counts;
  private final Processes processes;
  private final DatabaseClock clock;

  Heads(
      Workflows workflows,
      WorkflowDrafts drafts,
      RunCounts counts,
      Processes processes,
      DatabaseClock clock) {
    this.workflows = workflows;
    this.drafts = drafts;
    this.counts = counts;
    this.processes = processes;
    this.clock = clock;
  }

  /// What stands above a page about a version.
  Head of(Version version, Tab tab, Agent viewer) {
    WorkflowDraft draft = drafts.of(version.name()).orElse(null);
    boolean retired = workflows.withName(version.name()).isEmpty();
    return new Head(
        Head.Title.of(
            version.file(),
            processes.withName(version.file().process()).orElse(null),
            !retired && version.file().profile().byHand() && StartsByHand.areFor(viewer)),
        badges(version, retired, draft, counts.open()),
        about(version),
        tab,
        Editors.include(viewer),
        version.number(),
        draft);
  }

  /// What stands above a page about a draft, whatever is written in it.
  Head of(WorkflowDraft draft, Tab tab, Agent viewer) {
    Called called = Called.in(draft.text().content());
    Optional<Version> newest = workflows.newest(draft.workflow());
    if (newest.isPresent()) {
      return of(newest.get(), tab, viewer).called(called);
    }
    return new Head(
        new Head.Title(
            draft.workflow(),
            called.title().isEmpty() ? draft.workflow() : called.title(),
            called.purpose(),
            null,
            false),
        List.of(draftBadge(draft, 1)),
        "Not in force yet: nothing runs on it.",
        tab,
        Editors.include(viewer),
        0,
        draft);
  }

  /// The newest version of a workflow, for everybody.
  Version version(String name) {
    return workflows
        .newest(name)
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  List<Badge> badges(
      Version version, boolean retired, @Nullable WorkflowDraft draft, Map<Long, Integer> open) {
    var badges = new ArrayList<Badge>();
    int runs = open.getOrDefault(version.id(), 0);
    if (retired) {
      badges.add(new Badge("retired", "gray"));
    }
    if (!retired || runs > 0) {
      badges.add(new Badge(runs(version.number(), runs), retired ? "gray" : "green"));
    }
    if (draft != null) {
      badges.add(draftBadge(draft, version.number() + 1));
    }
    return badges;
  }

  static Badge draftBadge(WorkflowDraft draft, int number) {
    if (draft.isApproved()) {
      return new Badge("v%d approved".formatted(number), "green");
    }
    if (draft.isSentBack()) {
      return new Badge("v%d: changes asked".formatted(number), "amber");
    }
    return draft.isInReview()
        ? new Badge("v%d in review".formatted(number), "blue")
        : new Badge("draft of v" + number, "amber");
  }

  private static String runs(int version, int runs) {
    if (runs == 0) {
      return "v%d in force".formatted(version);
    }
    return "v%d runs %,d%s case%s"
        .formatted(version, runs, runs >= RunCounts.MOST ? "+" : "", runs == 1 ? "" : "s");
  }

  /// `Owner: support operations. Review due in 41 days.`
  private String about(Version version) {
    WorkflowFile file = version.file();
    var sentences = new ArrayList<String>();
    sentences.add("Owner: %s.".formatted(words(file.owner())));
    String review = review(version);
    if (!review.isEmpty()) {
      sentences.add(review + ".");
    }
    return String.join(" ", sentences);
  }

  /// `Review due in 41 days`; empty when none is agreed.
  String review(Version version) {
    Span every = version.file().reviewEvery();
    return every == null ? "" : review(version.publishedAt().plus(length(every)));
  }

  /// The same of what is written down with the day on which it was last found right.
  String review(@Nullable Span every, @Nullable LocalDate reviewed) {
    return every == null || reviewed == null
        ? ""
        : review(reviewed.atStartOfDay(ZoneOffset.UTC).toInstant().plus(length(every)));
  }

  private String review(Instant due) {
    long days = Duration.between(clock.instant(), due).toDays();
    if (days < 0) {
      return "Review overdue since %d day%s".formatted(-days, days == -1 ? "" : "s");
    }
    return days == 0
        ? "Review due today"
        : "Review due in %d day%s".formatted(days, days == 1 ? "" : "s");
  }

  /// A review is agreed in days; that a business day is shorter than a day's date plays no part.
  private static Duration length(Span span) {
    return switch (span.unit()) {
      case MINUTES -> Duration.ofMinutes(span.amount());
      case HOURS -> Duration.ofHours(span.amount());
      case DAYS -> Duration.ofDays(span.amount());
    };
  }

  static String words(String code) {
    return Plain.words(code);
  }
}
