package dev.evergreen.server.ticket.search;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.platform.field.OwnFields;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.Teams;
import dev.evergreen.server.ticket.TicketFields;
import dev.evergreen.server.ticket.search.SearchQuery.Asked;
import dev.evergreen.server.ticket.view.Condition;
import dev.evergreen.server.ticket.view.Condition.Comparison;
import dev.evergreen.server.ticket.view.Conditions;
import dev.evergreen.server.ticket.view.Field;
import dev.evergreen.server.ticket.view.Fields;
import dev.evergreen.server.ticket.view.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What operators ask for, as a condition of the same kind as a view's.
@Component
final class SearchFilter {
  private static final int MOST_CUSTOMERS = 200;

  private final JdbcClient jdbc;
  private final Agents agents;
  private final Teams teams;
  private final OwnFields definitions;

  SearchFilter(JdbcClient jdbc, Agents agents, Teams teams, OwnFields definitions) {
    this.jdbc = jdbc;
    this.agents = agents;
    this.teams = teams;
    this.definitions = definitions;
  }

  Outcome<Condition> of(List<Asked> all) {
    var parts = new ArrayList<Condition>();
    for (var asked : all) {
      if (asked.value().isEmpty()) {
        return refused("what " + asked.key() + ": asks for", "nothing");
      }
      switch (of(asked)) {
        case Outcome.Accepted<Condition>(var condition) ->
            parts.add(asked.isExcluded() ? new Condition.None(List.of(condition)) : condition);
        case Outcome.Rejected<Condition> rejected -> {
          return rejected;
        }
      }
    }
    return Conditions.checked(new Condition.All(parts));
  }

  private Outcome<Condition> of(Asked asked) {
    return SearchOperator.of(asked.key())
        .map(operator -> of(operator, asked))
        .or(() -> own(asked))
        .orElseGet(() ->
            Outcome.rejected(
                Reason.INVALID,
                "There is no operator “%s:”. Expected one of %s, or the key of a field of your own; to search for the words themselves, put them in quotation marks."
                    .formatted(asked.key(), SearchOperator.all())));
  }

  private Outcome<Condition> of(SearchOperator operator, Asked asked) {
    var value = asked.value();
    return switch (operator) {
      case STATUS, PRIORITY, CHANNEL, CATEGORY, TYPE -> choice(operator, asked);
      case TAG -> Outcome.accepted(Condition.is("tag", value));
      case IS -> is(value);
      case TEAM -> team(value);
      case AGENT -> agent(value);
      case FROM -> Outcome.accepted(customer(value));
      case TO ->
          Outcome.accepted(
              new Condition.All(
                  List.of(customer(value), comparison("answered", Operator.NOT_EMPTY))));
      case SUBJECT -> Outcome.accepted(comparison("subject", Operator.CONTAINS, value));
      case ORGANIZATION -> Outcome.accepted(comparison("organization", Operator.CONTAINS, value));
      case BEFORE -> Conditions.checked(comparison("opened", Operator.BEFORE, value));
      case AFTER -> Conditions.checked(comparison("opened", Operator.AFTER, value));
      case HAS ->
          value.toLowerCase(Locale.ROOT).startsWith("attachment")
              ? Outcome.accepted(Condition.is("attachment", "yes"))
              : refused("has:attachment", value);
    };
  }

  /// A field of the team's own: words occur in it, everything else is compared as it is.
  private Optional<Outcome<Condition>> own(Asked asked) {
    var parts = asked.key().split("\\.", 2);
    var about = parts.length == 1 ? TicketFields.ABOUT : parts[0];
    return definitions
        .withKey(about, parts[parts.length - 1])
        .map(Fields::of)
        .map(field -> own(field, asked.value()));
  }

  private static Outcome<Condition> own(Field field, String value) {
    if (field.kind() == Field.Kind.TEXT) {
      return Outcome.accepted(new Comparison(field, Operator.CONTAINS, List.of(value)));
    }
    if (field.kind() == Field.Kind.CHOICE) {
      return field.options().stream()
          .filter(option -> option.equalsIgnoreCase(value))
          .findFirst()
          .<Outcome<Condition>>map(
              option -> Outcome.accepted(new Comparison(field, Operator.IS, List.of(option))))
          .orElseGet(() -> refused("one of " + String.join(", ", field.options()), value));
    }
    return Conditions.checked(
        new Comparison(
            field, Operator.IS, List.of(value.replace(',', '.').replaceFirst("^#", ""))));
  }

  private static Outcome<Condition> choice(SearchOperator operator, Asked asked) {
    var field = Fields.withKey(operator.key()).orElseThrow();
    var value = asked.value().toLowerCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
    boolean closed = operator != SearchOperator.CATEGORY;
    return closed && !field.options().contains(value)
        ? refused("one of " + String.join(", ", field.options()), asked.value())
        : Outcome.accepted(
            new Comparison(field, Operator.IS, List.of(closed ? value : asked.value())));
  }

  private static Outcome<Condition> is(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "open" -> Outcome.accepted(comparison("status", Operator.IS_NOT, "closed"));
      case "closed" -> Outcome.accepted(Condition.is("status", "closed"));
      case "unassigned" -> Outcome.accepted(Condition.isEmpty("agent"));
      case "mine" -> Outcome.accepted(Condition.is("agent", "me"));
      default -> refused("is:open, is:closed, is:unassigned or is:mine", value);
    };
  }

  private Outcome<Condition> team(String value) {
    var word = value.toLowerCase(Locale.ROOT);
    var found =
        teams.all().stream()
            .filter(team ->
                team.key().equals(word) || team.name().toLowerCase(Locale.ROOT).contains(word))
            .map(team -> "" + team.id().value())
            .toArray(String[]::new);
    return found.length == 0
        ? refused("the name of a team", value)
        : Outcome.accepted(Condition.is("team", found));
  }

  private Outcome<Condition> agent(String value) {
    var word = value.toLowerCase(Locale.ROOT);
    if (word.equals("me")) {
      return Outcome.accepted(Condition.is("agent", "me"));
    }
    var found =
        agents.active().stream()
            .filter(agent ->
                agent.name().toLowerCase(Locale.ROOT).contains(word)
                    || agent.email().startsWith(word))
            .map(agent -> "" + agent.id().value())
            .toArray(String[]::new);
    return found.length == 0
        ? refused("the name of an agent, or me", value)
        : Outcome.accepted(Condition.is("agent", found));
  }

  /// The tickets of customers whose address begins so, or who have such words in their name.
  private Condition customer(String value) {
    var found =
        jdbc.sql(
                """
                (select id from customer
                 where to_tsvector('simple', name) @@ plainto_tsquery('simple', :value)
                 order by id desc
                 limit :most)
                union
                (select customer from customer_address
                 where address like :prefix
                 limit :most)
                """)
            .param("value", value)
            .param(
                "prefix", value.toLowerCase(Locale.ROOT).replaceAll("([\\\\%_])", "\\\\$1") + "%")
            .param("most", MOST_CUSTOMERS)
            .query((row, _) -> "" + row.getLong(1))
            .list();
    return found.isEmpty()
        ? new Condition.Any(List.of())
        : Condition.is("customer_id", found.toArray(String[]::new));
  }

  private static Comparison comparison(String field, Operator operator, String... values) {
    return new Comparison(Fields.withKey(field).orElseThrow(), operator, List.of(values));
  }

  private static Outcome<Condition> refused(String expected, String found) {
    return Outcome.rejected(
        Reason.INVALID, "Expected " + expected + ", but found “" + found + "”.");
  }
}
