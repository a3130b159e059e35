package dev.evergreen.server.ticket.web;

import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Team;
import dev.evergreen.server.ticket.view.Column;
import dev.evergreen.server.ticket.view.Condition;
import dev.evergreen.server.ticket.view.Field;
import dev.evergreen.server.ticket.view.Fields;
import dev.evergreen.server.ticket.view.Grouping;
import dev.evergreen.server.ticket.view.Looks;
import dev.evergreen.server.ticket.view.Operator;
import dev.evergreen.server.ticket.view.Order;
import dev.evergreen.server.ticket.view.Span;
import dev.evergreen.server.ticket.view.Terms;
import dev.evergreen.server.ticket.view.View;
import dev.evergreen.server.ticket.view.ViewPage;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A view while somebody makes or changes it: what was filled in, and the first tickets that it
/// would show.
///
/// @param saved the view that is changed; null for a new one
public record ViewEditor(
    @Nullable View saved, Filled filled, Known known, ViewPage preview, String problem) {

  /// What the form says.
  ///
  /// @param audience `own`, `all`, or the number of a team
  public record Filled(String name, String audience, Terms terms) {}

  /// Who may be named in conditions, and to whom this person may give a view.
  ///
  /// @param own the team's own fields, of tickets and of those who ask
  /// @param looks what columns, orders and groupings there are
  public record Known(
      List<Team> teams, List<Agent> agents, List<Field> own, Looks looks, List<Option> audiences) {
    public Known {
      own = List.copyOf(own);
      teams = List.copyOf(teams);
      agents = List.copyOf(agents);
      audiences = List.copyOf(audiences);
    }
  }

  public record Option(String value, String label) {}

  public String title() {
    return saved == null ? "New view" : saved.name();
  }

  public String action() {
    return saved == null ? "/views" : "/views/" + saved.key();
  }

  public String back() {
    return saved == null ? "/tickets" : "/tickets?view=" + saved.key();
  }

  public long revision() {
    return saved == null ? 0 : saved.revision();
  }

  public Condition condition() {
    return filled.terms().condition();
  }

  public List<Field> fields() {
    return Stream.concat(Fields.all().stream(), known.own().stream()).toList();
  }

  public List<Column> columns() {
    return known.looks().columns();
  }

  public List<Order> orders() {
    return known.looks().orders();
  }

  public List<Grouping> groupings() {
    return known.looks().groupings();
  }

  public boolean shows(Column column) {
    return filled.terms().columns().contains(column);
  }

  public static List<Span.Unit> units() {
    return List.of(Span.Unit.values());
  }

  /// The number and the unit of a span that was filled in.
  public static Option span(Condition.Comparison one) {
    var words = one.values().isEmpty() ? "" : one.values().getFirst();
    return Span.of(words)
        .map(span -> new Option("" + span.number(), span.unit().key()))
        .orElseGet(() -> new Option(words.split(" ", 2)[0], "hour"));
  }

  /// What a comparison can be made with, when that is a choice.
  public List<Option> options(Field field) {
    return switch (field.kind()) {
      case CHOICE ->
          defined(field).options().stream()
              .map(option -> new Option(option, option.replace('_', ' ')))
              .toList();
      case TEAM ->
          Stream.concat(
                  Stream.of(new Option("mine", "my teams")),
                  known.teams().stream()
                      .map(team -> new Option("" + team.id().value(), team.name())))
              .toList();
      case AGENT ->
          Stream.concat(
                  Stream.of(new Option("me", "me")),
                  known.agents().stream()
                      .map(agent -> new Option("" + agent.id().value(), agent.name())))
              .toList();
      case TEXT, TAG, NUMBER, AMOUNT, DAY, TIME, REFERENCE -> List.of();
    };
  }

  /// As it is defined now, with all that can be chosen.
  private Field defined(Field field) {
    return known.own().stream()
        .filter(own -> own.key().equals(field.key()))
        .findFirst()
        .orElse(field);
  }

  public static String type(Condition.Comparison one) {
    return one.operator() == Operator.BEFORE
            || one.operator() == Operator.AFTER
            || one.field().kind() == Field.Kind.DAY
        ? "date"
        : one.field().kind() == Field.Kind.NUMBER || one.field().kind() == Field.Kind.REFERENCE
            ? "number"
            : "text";
  }

  public static String value(Condition.Comparison one) {
    return Optional.of(one.values()).filter(all -> !all.isEmpty()).map(List::getFirst).orElse("");
  }
}
