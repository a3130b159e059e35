package dev.evergreen.language;

import dev.evergreen.engine.ValueType;
import java.util.List;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The reference pages, in Markdown: the language from its [Grammar], and what it can name from a
/// [Catalogue].
public final class Reference {
  private static final String INTRODUCTION =
      """
      # Workflow files

      This page is made from the program's own description of the language; a test fails when it is \
      out of date.

      A workflow file says in YAML how one kind of request is handled, step by step, so that a \
      person can read it aloud and the program can follow it. `./evergreen check FILE…` tells what \
      is wrong with a file, where, and how to mend it; `./evergreen check --schema` prints a JSON \
      Schema, by which an editor completes and checks a file as it is written. What files can name \
      (actions, events, facts, message texts) stands in [actions.md](actions.md).

      ## Values

      **Lengths of time** are `30 minutes`, `4 business hours`, `3 days`, `2 business days`. \
      Business time passes only while the team is open.

      **Conditions** are written in [CEL](https://cel.dev): `ticket.priority == "high"`, \
      `!solved && event.score < 3`, `ticket.category in ["refund", "pricing"]`, \
      `now - ticket.openedAt > duration("24h")`. They read facts (`ticket.status`), run data by its \
      name, the data of an event as `event`, and `now`. Their types are checked with the file. What \
      is not known yet reads as empty, `false` or zero.

      **Worked-out values** begin with `=`: `category: =category`, `tries: =tries + 1`. Anything else \
      is taken as it stands.

      **Questions and message texts** are written in [Liquid](https://shopify.github.io/liquid/): \
      `Hello {{ customer.name }}`. They read facts, and questions also run data.

      **Who is asked** (`by`) is a team (`team frontline`); the queue in which a team's work waits, \
      the most urgent first, for whoever of them is free (`queue frontline`); or whoever is \
      responsible for what the run is about, also when that changes (`responsible`).

      **Run data** has one name for the whole file and comes from forms (`form`), answers (`ask`), \
      actions, decision tables and called workflows. Its types are `text`, `boolean`, `number` (a \
      whole number), `decimal`, `moment` (a date and time), or a list of choices. `optional` before \
      a type means that it may stay empty.

      """;

  private static final String CHECKS =
      """
      ## What the checks look for

      An error means that the file cannot be used; a warning, that it works but serves customers or \
      readers less well than it could.

      - names and types that do not exist or do not fit, in conditions, arguments, forms and texts
      - a condition that never holds, a branch or rule that is never taken, a decision that can fall \
      through, rules of a `unique` table that apply at once
      - a wait, question, repeat or task without an end; a customer who goes dark with no rule
      - a step that nobody owns, or a team that does not exist where the file is to be used; a step \
      that is never reached
      - a call of a workflow that does not exist, with the wrong inputs, or that comes back to itself
      - a promise that no way can keep, and one that can break although every deadline is kept
      - a workflow for what has just been opened that has no rule for closing or for escalating it
      - an action that would show twice, tried again
      - a title that does not begin with what to do, or that says two things

      **Promises** are reckoned on an ordinary week, Monday to Friday from 9 to 17, from every hour \
      of it. Actions take no time. While the customer is waited for, the time is theirs and does not \
      count. On the quickest way nobody loses a minute; on the longest, everybody takes all the time \
      they have.
      """;

  private Reference() {}

  /// The page of the language.
  public static String language() {
    return INTRODUCTION
        + "## A workflow\n\n"
        + page(Grammar.WORKFLOW)
        + "A workflow of another `kind` than `service` is an SOP: it states its `scope`, `roles`, "
        + "`exceptions`, `approval` and when it was `reviewed`.\n\n"
        + Stream.of(Grammar.START, StepGrammar.FIELD).map(Reference::section).collect(joining())
        + "## Steps\n\n"
        + "Steps are done one after the other. Each begins with its kind.\n\n"
        + StepGrammar.STEPS.stream().map(Reference::section).collect(joining())
        + Stream.of(StepGrammar.RULE, StepGrammar.RETRY).map(Reference::section).collect(joining())
        + "## Meanwhile: `on`\n\n"
        + page(StepGrammar.HANDLER)
        + "## A process\n\n"
        + page(Grammar.PROCESS)
        + section(Grammar.GOAL)
        + CHECKS;
  }

  /// The page of what files can name.
  public static String names(Catalogue catalogue) {
    return """
    # What workflow files can name

    This page is made from what the modules of the program offer; a test fails when it is out of date. How files are written is in [workflow-language.md](workflow-language.md).

    ## Subjects

    What a workflow can be `about`: %s. A person starts one by hand from the page of such a subject, or from the workflow's own page by the number of one.

    ## Actions

    What a `run` step can have done.

    %s## Events

    What can start a run, be waited for, or be handled.

    %s## Facts

    What conditions, values and texts can read.

    %s## Message texts

    What `message.send` and `ask` can name. Besides facts, they read %s.

    %s
    """
        .formatted(
            Wording.list(catalogue.subjects()),
            catalogue.actions().stream().map(Reference::action).collect(joining()),
            catalogue.events().stream().map(Reference::event).collect(joining()),
            catalogue.facts().stream().map(Reference::facts).collect(joining()),
            catalogue.textValues().stream()
                .flatMap(group ->
                    group.fields().stream()
                        .map(field -> Wording.quoted(group.name() + "." + field.name())))
                .collect(Collectors.joining(", ")),
            catalogue.texts().stream()
                .map(text -> "- `%s`".formatted(text.name()))
                .collect(Collectors.joining("\n")));
  }

  private static Collector<CharSequence, ?, String> joining() {
    return Collectors.joining();
  }

  private static String section(Block block) {
    return "### `%s`\n\n".formatted(block.name()) + page(block);
  }

  private static String page(Block block) {
    return "%s\n\n| key | | what stands there | what it means |\n|---|---|---|---|\n%s\n```yaml\n%s```\n\n"
        .formatted(
            block.meaning(),
            block.keys().stream().map(Reference::row).collect(joining()),
            block.example());
  }

  private static String row(Block.Key key) {
    return "| `%s` | %s | %s | %s |\n"
        .formatted(
            key.name(),
            key.required() ? "needed" : "",
            key.form().inWords(),
            key.meaning().replace("|", "\\|"));
  }

  private static String action(ActionType action) {
    return "### `%s`\n\n%s%s\n\n%s%s"
        .formatted(
            action.name(),
            action.description(),
            action.repeatable() ? "" : " A second time would show: it is never tried again.",
            table("It takes", action.inputs(), true),
            table("It gives", action.outcome(), false));
  }

  private static String event(EventType event) {
    return "### `%s`\n\n%s About a %s.%s\n\n%s"
        .formatted(
            event.kind(),
            event.description(),
            event.about(),
            event.byCustomer() ? " The customer does it." : "",
            table("`event` has", event.data(), false));
  }

  private static String facts(FactType facts) {
    return "### `%s`, of a %s\n\n%s\n\n%s"
        .formatted(
            facts.name(), facts.about(), facts.description(), table("", facts.fields(), false));
  }

  private static String table(String title, List<Parameter> parameters, boolean needed) {
    if (parameters.isEmpty()) {
      return "";
    }
    return (title.isEmpty() ? "" : title + ":\n\n")
        + "| name | type | what it means |\n|---|---|---|\n"
        + parameters.stream()
            .map(it ->
                "| `%s` | %s%s | %s |\n"
                    .formatted(
                        it.name(),
                        type(it),
                        needed && it.required() ? ", needed" : "",
                        it.description()))
            .collect(joining())
        + "\n";
  }

  private static String type(Parameter parameter) {
    return switch (parameter.type()) {
      case ValueType.Text _ when parameter.isOpen() -> "any values";
      case ValueType.Text _ when parameter.text() -> "the name of a message text";
      case ValueType.Flag _ -> "boolean";
      case ValueType type -> Types.described(type);
    };
  }
}
