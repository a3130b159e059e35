package dev.evergreen.server.ticket.view;

import dev.evergreen.server.customer.CustomerFields.Holder;
import dev.evergreen.server.platform.field.FieldKind;
import dev.evergreen.server.platform.field.OwnField;
import dev.evergreen.server.platform.field.OwnFields;
import dev.evergreen.server.ticket.TicketFields;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/// How a view can show its tickets: the columns, orders and groupings that there are, and which of
/// them a stored word means. A field that was retired is no longer offered, and still shown where a
/// view has it.
@Component
public class Looks {
  private static final List<String> OWNERS =
      List.of(TicketFields.ABOUT, Holder.CUSTOMER.about(), Holder.ORGANIZATION.about());

  private final OwnFields fields;

  Looks(OwnFields fields) {
    this.fields = fields;
  }

  public List<Column> columns() {
    return Stream.concat(
            Stream.<Column>of(Column.Usual.values()),
            own().filter(Looks::isOffered).map(Column.Own::new))
        .toList();
  }

  public List<Order> orders() {
    return Stream.concat(
            Stream.<Order>of(Order.Usual.values()),
            own().filter(Looks::isOffered).map(Order.Own::new))
        .toList();
  }

  public List<Grouping> groupings() {
    return Stream.concat(
            Stream.<Grouping>of(Grouping.Usual.values()),
            own().filter(Looks::isOffered).filter(Looks::isShared).map(Grouping.Own::new))
        .toList();
  }

  /// Those that are meant by these words, in the order in which they are offered.
  public List<Column> columns(Collection<String> keys) {
    return Stream.concat(Stream.<Column>of(Column.Usual.values()), own().map(Column.Own::new))
        .filter(column -> keys.contains(column.key()))
        .toList();
  }

  public Optional<Order> order(String key) {
    return Stream.concat(Stream.<Order>of(Order.Usual.values()), own().map(Order.Own::new))
        .filter(order -> order.key().equals(key))
        .findFirst();
  }

  public Optional<Grouping> grouping(String key) {
    return Stream.concat(
            Stream.<Grouping>of(Grouping.Usual.values()),
            own().filter(Looks::isShared).map(Grouping.Own::new))
        .filter(grouping -> grouping.key().equals(key))
        .findFirst();
  }

  /// What leads to another ticket is left out: not everybody who looks at a view may see that one.
  private Stream<OwnField> own() {
    return OWNERS.stream()
        .flatMap(owner -> fields.of(owner).stream())
        .filter(field ->
            field.kind() != FieldKind.REFERENCE
                || !TicketFields.ABOUT.equals(field.shape().refersTo()));
  }

  private static boolean isOffered(OwnField field) {
    return !field.retired();
  }

  /// Whether many tickets have the same value, so that they can be put together by it.
  private static boolean isShared(OwnField field) {
    return switch (field.kind()) {
      case TEXT, CHOICE, FLAG, REFERENCE -> true;
      case NUMBER, MONEY, DATE -> false;
    };
  }
}
