package dev.evergreen.language;

import static dev.evergreen.language.Block.Key.may;
import static dev.evergreen.language.Block.Key.must;

import dev.evergreen.language.Form.Plain;
import java.util.List;

/// The language, told once: every block and its keys, here those of whole files, in [StepGrammar]
/// those of steps. The reader knows a key only from there, and so do the schema for editors and the
/// reference page, which therefore cannot say anything else.
final class Grammar {
  static final String BY_HAND = "by hand";
  static final String BY_CALL = "by call";
  static final List<String> KINDS =
      List.of(
          "service",
          "administrative",
          "operational",
          "enforcement",
          "escalation",
          "complaint",
          "follow-up");

  static final Block START =
      new Block(
          "start",
          "a start",
          "An event that starts a run.",
          List.of(
              must("on", Plain.EVENT, "The event.", "ticket.opened"),
              may("when", Plain.CONDITION, "Which of them.", "ticket.category != \"feedback\"")),
          "- on: ticket.opened\n  when: ticket.category != \"feedback\"\n");

  static final Block WORKFLOW =
      new Block(
          "workflow",
          "a workflow",
          "What is done, step by step, for one subject: a ticket, an order.",
          List.of(
              must("workflow", Plain.NAME, "Its name, for ever.", "issue-resolution"),
              must("title", Plain.TEXT, "What people call it.", "Resolve a customer's issue"),
              may("process", Plain.NAME, "The process that it serves.", "support"),
              may("kind", new Form.Word(KINDS), "`service`, or the type of SOP.", "service"),
              must("about", Plain.TEXT, "What a run is about.", "ticket"),
              must("purpose", Plain.TEXT, "What it is for.", "Every issue is answered."),
              must("owner", Plain.NAME, "Who keeps it true.", "support-operations"),
              may("scope", Plain.TEXT, "What it covers, and what not.", "Goods bought from us."),
              may(
                  "roles",
                  new Form.Named("roles", Plain.TEXT),
                  "Who takes part, and what for.",
                  "{agent: answers the customer}"),
              may(
                  "exceptions",
                  Plain.TEXTS,
                  "When it is not followed, and what is done instead.",
                  "[Broken in transit]"),
              may(
                  "approval",
                  Plain.TEAMS,
                  "Who approves a change before it is in force.",
                  "[team frontline]"),
              may("reviewed", Plain.DATE, "When it was last found right.", "2026-03-31"),
              may("review every", Plain.SPAN, "How often it is looked at.", "90 days"),
              may(
                  "promise",
                  new Form.Named("milestones", Plain.SPAN),
                  """
                  By when each milestone is reached, from the start. `resolution` is the closing \
                  action when no step is marked with it.\
                  """,
                  "{first answer: 4 business hours}"),
              must(
                  "start",
                  new Form.Either(
                      new Form.Word(List.of(BY_HAND, BY_CALL)), new Form.Several(START)),
                  "What starts a run: events, a person, or another workflow.",
                  "[{on: ticket.opened}]"),
              may(
                  "inputs",
                  Plain.FIELDS,
                  "What whoever starts it fills in, or a workflow that calls it gives it.",
                  "{reminders: number}"),
              may(
                  "data",
                  Plain.FIELDS,
                  "Run data that no form and no action declares.",
                  "{solved: boolean}"),
              must("steps", Plain.STEPS, "What is done.", "[{end: resolved}]"),
              may(
                  "on",
                  new Form.Several(StepGrammar.HANDLER),
                  "What is done when something happens at any time of the run.",
                  "[{event: ticket.closed, steps: [{end: closed}]}]")),
          """
          workflow: thank-you
          title: Thank for praise
          about: ticket
          purpose: Praise reaches the people it is for, and is answered.
          owner: support-operations
          start:
            - on: ticket.opened
              when: ticket.category == "feedback"
          steps:
            - do: Thank the customer
              by: team frontline
              within: 1 business day
            - run: ticket.close
              with: {outcome: thanked}
          """);

  static final Block GOAL =
      new Block(
          "goal",
          "a goal",
          "What the process is to reach.",
          List.of(
              must("goal", Plain.TEXT, "The goal in a sentence.", "Answer within four hours"),
              may("measure", Plain.TEXT, "What is measured.", "first answer in time"),
              may("baseline", Plain.TEXT, "What it was when the goal was set.", "81 %"),
              may("target", Plain.TEXT, "What it is to be.", "95 %"),
              may("by", Plain.DATE, "When.", "2026-12-31")),
          "- goal: Answer within four hours\n  target: 95 %\n  by: 2026-12-31\n");

  static final Block PROCESS =
      new Block(
          "process",
          "a process",
          "The level above workflows: what the team wants to reach, and which workflows serve it.",
          List.of(
              must("process", Plain.NAME, "Its name, for ever.", "support"),
              must("title", Plain.TEXT, "What people call it.", "Customer support"),
              must("purpose", Plain.TEXT, "What it is for.", "Every customer gets an answer."),
              must("owner", Plain.NAME, "Who keeps it true.", "support-operations"),
              may("reviewed", Plain.DATE, "When it was last found right.", "2026-03-31"),
              may("review every", Plain.SPAN, "How often it is looked at.", "90 days"),
              must(
                  "goals",
                  new Form.Either(Plain.TEXTS, new Form.Several(GOAL)),
                  "What is to be reached.",
                  "[Answer within four hours]"),
              may("standards", Plain.TEXTS, "What always holds.", "[We answer by name]"),
              must(
                  "workflows",
                  Plain.WORKFLOWS,
                  "The workflows that serve it; each says so itself, too.",
                  "[issue-resolution]")),
          """
          process: support
          title: Customer support
          purpose: Every customer who asks gets an answer that helps.
          owner: support-operations
          goals:
            - goal: Answer within four hours
              measure: first answer in time
              baseline: 81 %
              target: 95 %
              by: 2026-12-31
          workflows: [issue-resolution]
          """);

  private Grammar() {}
}
