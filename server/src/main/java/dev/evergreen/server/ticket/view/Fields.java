package dev.evergreen.server.ticket.view;

import dev.evergreen.server.platform.field.OwnField;
import dev.evergreen.server.ticket.Priority;
import dev.evergreen.server.ticket.Severity;
import dev.evergreen.server.ticket.Solution;
import dev.evergreen.server.ticket.Status;
import dev.evergreen.server.ticket.TicketType;
import dev.evergreen.server.ticket.view.Field.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Everything of a ticket that a condition can ask for, one row for each.
public final class Fields {
  private static final List<String> ANY = List.of();

  private static final List<String> YES_OR_NO = List.of("yes", "no");

  private static final List<Field> ALL =
      List.of(
          new Field("status", "Status", Kind.CHOICE, "ticket.status", keys(Status.values())),
          new Field("priority", "Priority", Kind.CHOICE, "ticket.priority", priorities()),
          new Field("category", "Category", Kind.CHOICE, "ticket.category", categories()),
          new Field("type", "Type", Kind.CHOICE, "ticket.type", types()),
          new Field("severity", "Severity", Kind.CHOICE, "ticket.severity", severities()),
          new Field(
              "own_status",
              "Status of our own",
              Kind.TEXT,
              """
              (select ticket_status.name from ticket_status
               where ticket_status.id = ticket.status_id)
              """,
              ANY),
          new Field(
              "tag",
              "Tags",
              Kind.TAG,
              """
              (select string_agg(coalesce(whole.name, tag.name), ' ')
               from tag
               left join tag as whole on whole.id = tag.merged_into
               where tag.id = any(ticket.tags))
              """,
              ANY),
          new Field("team", "Team", Kind.TEAM, "ticket.team_id", ANY),
          new Field("agent", "Agent", Kind.AGENT, "ticket.agent_id", ANY),
          new Field("channel", "Channel", Kind.CHOICE, "ticket.channel", channels()),
          new Field("subject", "Subject", Kind.TEXT, "ticket.subject", ANY),
          new Field("opened", "Opened", Kind.TIME, "ticket.opened_at", ANY),
          new Field("updated", "Last change", Kind.TIME, "ticket.updated_at", ANY),
          new Field("answered", "First answer", Kind.TIME, "ticket.answered_at", ANY),
          new Field("closed", "Closed", Kind.TIME, "ticket.closed_at", ANY),
          new Field("outcome", "Outcome", Kind.TEXT, "ticket.outcome", ANY),
          new Field("solution", "Solution", Kind.CHOICE, "ticket.solution", solutions()),
          new Field("root_cause", "Root cause", Kind.TEXT, "ticket.root_cause", ANY),
          new Field(
              "archived",
              "Archived",
              Kind.CHOICE,
              "(case when ticket.archived_at is null then 'no' else 'yes' end)",
              YES_OR_NO),
          new Field(
              "aside",
              "Put aside",
              Kind.CHOICE,
              """
              (case
                when exists (
                  select from follow_up as aside
                  where aside.ticket_id = ticket.id
                    and aside.promise = ''
                    and aside.set_at >= ticket.updated_at)
                then 'yes'
                else 'no'
              end)
              """,
              YES_OR_NO),
          new Field(
              "attachment",
              "Something attached",
              Kind.CHOICE,
              """
              (case
                when exists (
                  select from message
                  join attachment on attachment.message_id = message.id
                  where message.ticket_id = ticket.id)
                then 'yes'
                else 'no'
              end)
              """,
              YES_OR_NO),
          new Field("reopened", "Times reopened", Kind.NUMBER, "ticket.reopened", ANY),
          new Field(
              "customer",
              "Customer’s name",
              Kind.TEXT,
              "(select customer.name from customer where customer.id = ticket.customer_id)",
              ANY),
          new Field("customer_id", "Customer", Kind.REFERENCE, "ticket.customer_id", ANY),
          new Field(
              "organization",
              "Organization",
              Kind.TEXT,
              """
              (select organization.name
               from customer
               join organization on organization.id = customer.organization
               where customer.id = ticket.customer_id)
              """,
              ANY));

  private Fields() {}

  public static List<Field> all() {
    return ALL;
  }

  /// The field of that name, of every ticket or of the team's own.
  public static Optional<Field> withKey(String key) {
    return ALL.stream()
        .filter(field -> field.key().equals(key))
        .findFirst()
        .or(() -> OwnFieldKey.field(key));
  }

  /// A field of the team's own, as conditions ask for it.
  public static Field of(OwnField own) {
    return OwnFieldKey.field(own);
  }

  static Field get(String key) {
    return withKey(key)
        .orElseThrow(() -> new IllegalStateException("expected a field, but found " + key));
  }

  private static List<String> keys(Status[] all) {
    return Arrays.stream(all).map(Status::key).toList();
  }

  private static List<String> priorities() {
    return Arrays.stream(Priority.values()).map(Priority::key).toList();
  }

  private static List<String> solutions() {
    return Arrays.stream(Solution.values()).map(Solution::key).toList();
  }

  private static List<String> types() {
    return Arrays.stream(TicketType.values())
        .map(one -> one.name().toLowerCase(Locale.ROOT))
        .toList();
  }

  private static List<String> severities() {
    return Arrays.stream(Severity.values())
        .map(one -> one.name().toLowerCase(Locale.ROOT))
        .toList();
  }

  private static List<String> categories() {
    return List.of("simple", "technical", "product", "pricing", "refund", "feedback");
  }

  private static List<String> channels() {
    return List.of("email", "phone", "chat", "in_person");
  }
}
