package dev.evergreen.language;

import static dev.evergreen.language.Block.Key.may;
import static dev.evergreen.language.Block.Key.must;
import static dev.evergreen.language.Block.Key.open;

import dev.evergreen.language.Form.Plain;
import java.util.List;
import java.util.stream.Stream;

/// The half of the [Grammar] that steps are made of: their kinds, and what stands in them.
final class StepGrammar {
  private static final Form YES = new Form.Word(List.of("true", "false"));

  static final Block RETRY =
      new Block(
          "retry",
          "a `retry` block",
          "How often a failed action is tried again, and how the pauses grow.",
          List.of(
              must("at most", Plain.TIMES, "How many times more it is tried.", "3 times"),
              may("after", Plain.SPAN, "The pause before the first retry; `1 minute`.", "1 minute"),
              may("factor", Plain.NUMBER, "How much longer each next pause is; `2`.", "2")),
          """
          - run: ticket.update
            with: {priority: high}
            retry: {at most: 5 times, after: 2 minutes, factor: 3}
          """);

  static final Block HANDLER =
      new Block(
          "on",
          "a handler",
          """
          What is done when something happens while a block runs. It cuts the block off, does its \
          steps, and the run goes on after the block; with `alongside` it runs beside the block \
          instead. A handler says exactly one of `event`, `after` and `failure`.\
          """,
          List.of(
              may("event", Plain.EVENTS, "What must happen.", "ticket.reopened"),
              may("when", Plain.CONDITION, "Which of these events count.", "event.score < 3"),
              may("after", Plain.SPAN, "The time since the block began.", "4 business hours"),
              may(
                  "failure",
                  new Form.Word(List.of("any")),
                  "A step inside failed, its retries included.",
                  "any"),
              may(
                  "unless",
                  Plain.CONDITION,
                  "It is left alone when this holds at that moment.",
                  "ticket.answered"),
              may("alongside", YES, "Whether the block goes on beside it; `false`.", "true"),
              must("steps", Plain.STEPS, "What is done then.", "[{end: escalated}]")),
          """
          - do: Find the answer
            by: responsible
            within: 1 business day
            on:
              - after: 4 business hours
                alongside: true
                steps:
                  - do: Look whether the agent needs help
                    by: team technical
                    within: 2 business hours
          """);

  static final Block RULE =
      new Block(
          "rule",
          "a rule of a decision table",
          "One row of a decision table.",
          List.of(
              may("when", Plain.CONDITION, "When the rule applies.", "ticket.priority == \"high\""),
              may("set", Plain.VALUES, "What it sets.", "{urgent: true}"),
              may("otherwise", Plain.VALUES, "What is set when no rule applies.", "{level: low}")),
          "- when: ticket.priority == \"high\"\n  set: {urgent: true}\n");

  static final Block FIELD =
      new Block(
          "field",
          "a field",
          """
          A named value. Short forms: `solved: boolean`, `remark: optional text`, `size: [small, \
          large]`. A name has small letters, digits and `_`.\
          """,
          List.of(
              may("label", Plain.TEXT, "What people read.", "What does the customer need?"),
              may("type", Plain.TYPE, "What may be filled in, unless there are `choices`.", "text"),
              may("choices", Plain.TEXTS, "The values to choose from.", "[refund, exchange]"),
              may(
                  "optional",
                  YES,
                  "Whether it may stay empty; `false`, or what the type says.",
                  "true")),
          "solved:\n  label: Does the customer say that it is solved?\n  type: boolean\n");

  static final Block DO =
      step(
          "do",
          "a `do` step",
          "A person does something. Who skips it gives a reason.",
          List.of(
              must("do", Plain.TEXT, "What to do: one thing, the verb first.", "Call the customer"),
              must("by", Plain.ASSIGNEE, "Who is asked.", "team frontline"),
              may("within", Plain.SPAN, "The time within which it is done.", "4 business hours"),
              may(
                  "instructions",
                  Plain.TEXT,
                  "How it is done, in Markdown.",
                  "Say what will happen next."),
              may(
                  "form",
                  Plain.FIELDS,
                  "What to fill in; it becomes run data.",
                  "{solved: boolean}"),
              may(
                  "checklist",
                  Plain.TEXTS,
                  "What to check off before the step is done.",
                  "[Greet by name]"),
              may(
                  "evidence",
                  new Form.Word(List.of("required")),
                  "Whether a file or note that proves it must be there.",
                  "required")),
          """
          - do: Verify the purchase
            by: team frontline
            within: 1 business hour
            instructions: Open the order and compare date and size with the label.
            form:
              bought_from_us: boolean
              reason: [too-small, too-large, broken]
              remark: optional text
            checklist:
              - The order belongs to this customer
              - It was delivered less than 30 days ago
            evidence: required
          """);

  static final Block RUN =
      titled(
          "run",
          "a `run` step",
          "The product does something by itself. What comes out becomes run data.",
          List.of(
              must("run", Plain.ACTION, "The action.", "message.send"),
              may(
                  "with",
                  Plain.VALUES,
                  "Its arguments; a value that begins with `=` is worked out.",
                  "{template: acknowledge}"),
              may(
                  "into",
                  Plain.NAMES,
                  "Run data declared in `data`, and what of the outcome fills it.",
                  "{credit_limit: answer.limit}"),
              may(
                  "retry",
                  new Form.Either(Plain.TIMES, new Form.One(RETRY)),
                  "Whether it is tried again when it fails.",
                  "3 times")),
          """
          - run: message.send
            title: Tell the customer that we have their message
            with: {template: acknowledge}
            retry: 3 times
          """);

  static final Block ASK =
      titled(
          "ask",
          "an `ask` step",
          """
          The customer is asked on the channel they are on. An answer that does not fit is asked \
          for again.\
          """,
          List.of(
              must(
                  "ask",
                  Plain.TEXT,
                  "The question in Liquid, or the name of a message text.",
                  "Would you like a refund or an exchange?"),
              must("into", Plain.FIELDS, "The one field that the answer fills.", "{wish: text}"),
              may("attempts", Plain.TIMES, "How often it is asked; `3 times`.", "2 times"),
              must("at most", Plain.SPAN, "How long to wait for an answer.", "3 business days"),
              may(
                  "else",
                  Plain.STEPS,
                  "What is done when no answer fits in time.",
                  "[{end: silent}]")),
          """
          - ask: Would you like a refund or an exchange?
            into:
              wish: [refund, exchange]
            attempts: 2 times
            at most: 5 business days
            else:
              - end: silent
          """);

  static final Block DECIDE =
      step(
          "decide",
          "a `decide` step",
          """
          The first branch whose condition holds is taken; without one the run goes on. With a \
          `table` it sets run data instead.\
          """,
          List.of(
              must("decide", Plain.TEXT, "The question.", "Do we know enough?"),
              open(
                  "when <condition>",
                  Plain.STEPS,
                  "What is done when the condition holds.",
                  "[{end: urgent}]"),
              may(
                  "otherwise",
                  Plain.STEPS,
                  "What is done when no condition held.",
                  "[{end: other}]"),
              may(
                  "table",
                  new Form.Several(RULE),
                  "Rules that set run data; the names stand under `data`.",
                  "[{when: ticket.answered, set: {level: low}}]"),
              may(
                  "hit",
                  new Form.Word(List.of("first", "unique")),
                  "Whether the first rule that applies counts (`first`), or only one may apply.",
                  "first")),
          """
          - decide: Is the ticket still open?
            when ticket.status != "closed":
              - run: ticket.close
                with: {outcome: resolved}
            otherwise:
              - end: closed
          """);

  static final Block TOGETHER =
      step(
          "together",
          "a `together` step",
          "Several branches at the same time.",
          List.of(
              must("together", Plain.TEXT, "What they are for.", "Prepare the visit"),
              may(
                  "until",
                  new Form.Word(List.of("all", "any")),
                  "Goes on when all branches are done (`all`), or with the first (`any`).",
                  "all"),
              open("branch <name>", Plain.STEPS, "The steps of one branch.", "[{end: done}]")),
          """
          - together: Prepare the visit
            until: all
            branch technician:
              - do: Book the technician
                by: team technical
                within: 4 business hours
            branch customer:
              - run: message.send
                with: {template: acknowledge}
          """);

  static final Block REPEAT =
      step(
          "repeat",
          "a `repeat` step",
          "Rounds of steps, until something holds, and not for ever.",
          List.of(
              must("repeat", Plain.TEXT, "What the rounds are for.", "Find the answer"),
              must("at most", Plain.TIMES, "How many rounds there may be.", "3 times"),
              must("until", Plain.CONDITION, "Asked after each round.", "solved"),
              must("steps", Plain.STEPS, "One round.", "[{run: survey.send}]"),
              may("else", Plain.STEPS, "What is done after the last round.", "[{end: unsolved}]")),
          """
          - repeat: Find the answer
            at most: 3 times
            until: solved
            steps:
              - do: Answer the customer
                by: responsible
                within: 4 business hours
                form: {solved: boolean}
            else:
              - end: unsolved
          """);

  static final Block WAIT =
      titled(
          "wait",
          "a `wait` step",
          "Nothing is done until something happens, or until a time has passed.",
          List.of(
              must(
                  "wait",
                  new Form.Either(Plain.EVENTS, new Form.Either(Plain.SPAN, Plain.MOMENT)),
                  "What is waited for.",
                  "ticket.customer-replied"),
              may("when", Plain.CONDITION, "Which of these events count.", "event.score < 3"),
              may(
                  "since",
                  Plain.TEXT,
                  "The title of a step above: what happened after it began counts, too.",
                  "Ask for the details"),
              may(
                  "until",
                  Plain.MOMENT,
                  "A moment at which the wait for an event ends already.",
                  "=agreed_at"),
              may(
                  "at most",
                  Plain.SPAN,
                  "How long at most; needed with events and moments.",
                  "3 business days"),
              may(
                  "else",
                  Plain.STEPS,
                  "What is done when nothing came in that time.",
                  "[{end: silent}]")),
          """
          - wait: ticket.customer-replied
            title: Wait for the details
            at most: 3 business days
            else:
              - end: silent
          """);

  static final Block CALL =
      titled(
          "call",
          "a `call` step",
          "Another workflow is gone through, about the same subject.",
          List.of(
              must("call", Plain.WORKFLOW, "The name of the workflow.", "customer-went-dark"),
              may("with", Plain.VALUES, "Its inputs.", "{reminders: 2}"),
              may(
                  "into",
                  Plain.NAMES,
                  "Run data here, and the name there that fills it; `outcome` is how it ended.",
                  "{answer: outcome}")),
          """
          - call: customer-went-dark
            with: {reminders: 2}
            into: {answer: outcome}
          """);

  static final Block END =
      new Block(
          "end",
          "an `end` step",
          "Ends the run at once.",
          List.of(
              must("end", Plain.TEXT, "The outcome, in a word.", "resolved"),
              may("title", Plain.TEXT, "What people read.", "Done"),
              milestone()),
          "- end: resolved\n");

  static final List<Block> STEPS = List.of(DO, RUN, ASK, DECIDE, TOGETHER, REPEAT, WAIT, CALL, END);

  private StepGrammar() {}

  /// A step whose first key is its title.
  private static Block step(
      String name, String what, String meaning, List<Block.Key> keys, String example) {
    var all = Stream.concat(keys.stream(), Stream.of(milestone(), handlers())).toList();
    return new Block(name, what, meaning, all, example);
  }

  /// A step that has a title beside its first key.
  private static Block titled(
      String name, String what, String meaning, List<Block.Key> keys, String example) {
    var title = may("title", Plain.TEXT, "What people read.", "Tell the customer");
    var all =
        Stream.of(keys.stream().limit(1), Stream.of(title), keys.stream().skip(1))
            .flatMap(it -> it)
            .toList();
    return step(name, what, meaning, all, example);
  }

  private static Block.Key milestone() {
    return may(
        "milestone",
        Plain.TEXT,
        "What is reached once the step is done; promises name it.",
        "first answer");
  }

  private static Block.Key handlers() {
    return may(
        "on",
        new Form.Several(HANDLER),
        "What is done when something happens meanwhile.",
        "[{after: 1 day, steps: [{end: late}]}]");
  }
}
