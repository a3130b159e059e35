package dev.evergreen.server.ticket.automation;

import dev.evergreen.engine.ValueType;
import dev.evergreen.language.DefinedFacts;
import dev.evergreen.language.FactType;
import dev.evergreen.language.Parameter;
import dev.evergreen.server.customer.CustomerFields.Holder;
import dev.evergreen.server.platform.field.FieldValues;
import dev.evergreen.server.platform.field.OwnField;
import dev.evergreen.server.platform.field.OwnFields;
import dev.evergreen.server.ticket.TicketFields;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/// The team's own fields as facts: `ticket.fields.serial_number`, `customer.fields.tier`, each of
/// the type of its kind, so that a condition that misspells one or compares it with what it cannot
/// be is found when a workflow is checked. Retired fields stay: versions in force may read them.
@Component
final class OwnFieldFacts implements DefinedFacts {
  private static final String GROUP = "fields.";

  /// Whose fields a run about a ticket can read.
  private static final List<String> GROUPS =
      List.of(TicketFields.ABOUT, Holder.CUSTOMER.about(), Holder.ORGANIZATION.about());

  private final OwnFields fields;

  OwnFieldFacts(OwnFields fields) {
    this.fields = fields;
  }

  @Override
  public List<FactType> facts() {
    return GROUPS.stream().flatMap(group -> defined(group).stream()).toList();
  }

  private Optional<FactType> defined(String group) {
    var parameters =
        fields.of(group).stream()
            .map(field -> Parameter.of(GROUP + field.key(), field.label(), type(field)))
            .toList();
    return parameters.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new FactType(group, TicketFields.ABOUT, "The team's own fields.", parameters));
  }

  /// What one holds, by the names of facts. Most hold nothing and ask nothing.
  Map<String, Object> of(String group, FieldValues values) {
    if (values.values().isEmpty()) {
      return Map.of();
    }
    var facts = new TreeMap<String, Object>();
    for (var field : fields.of(group)) {
      values
          .get(field.key())
          .flatMap(value -> fact(field, value))
          .ifPresent(fact -> facts.put(GROUP + field.key(), fact));
    }
    return facts;
  }

  private static ValueType type(OwnField field) {
    return switch (field.kind()) {
      case TEXT -> new ValueType.Text();
      case NUMBER, MONEY -> new ValueType.Decimal();
      case DATE -> new ValueType.Moment();
      case CHOICE ->
          new ValueType.Choice(
              Stream.concat(field.shape().options().stream(), field.shape().former().stream())
                  .toList());
      case REFERENCE -> new ValueType.Whole();
      case FLAG -> new ValueType.Flag();
    };
  }

  /// A day begins at midnight, UTC.
  private static Optional<Object> fact(OwnField field, Object value) {
    return switch (field.kind()) {
      case TEXT, CHOICE -> Optional.of(value.toString());
      case NUMBER, MONEY -> Optional.of(new BigDecimal(value.toString()).doubleValue());
      case DATE ->
          Optional.of(LocalDate.parse(value.toString()).atStartOfDay().toInstant(ZoneOffset.UTC));
      case REFERENCE -> value instanceof Number id ? Optional.of(id.longValue()) : Optional.empty();
      case FLAG -> Optional.of(Boolean.TRUE.equals(value));
    };
  }
}
