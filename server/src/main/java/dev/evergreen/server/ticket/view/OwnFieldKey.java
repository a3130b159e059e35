package dev.evergreen.server.ticket.view;

import dev.evergreen.server.customer.CustomerFields.Holder;
import dev.evergreen.server.platform.field.FieldKind;
import dev.evergreen.server.platform.field.OwnField;
import dev.evergreen.server.ticket.TicketFields;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// How conditions name a field of the team's own: by whose it is, by what it holds and by its key,
/// all of which are for ever. So a condition can be asked without looking its fields up, and one of
/// a field that nobody fills in any more still says what it said.
final class OwnFieldKey {
  private static final Pattern FORM =
      Pattern.compile(
          "(own|customer|organization)"
              + "-(text|number|date|choice|money|reference|flag)-([a-z][a-z0-9_]{0,39})");

  /// On a ticket, or on what a ticket leads to: the expression that finds a value by its key.
  private enum Place {
    OWN(TicketFields.ABOUT, "%s", "(ticket.fields ->> '%s')"),
    CUSTOMER(
        Holder.CUSTOMER.about(),
        "Customer’s %s",
        """
        (select customer.fields ->> '%s' from customer where customer.id = ticket.customer_id)
        """),
    ORGANIZATION(
        Holder.ORGANIZATION.about(),
        "Organization’s %s",
        """
        (select organization.fields ->> '%s'
         from customer
         join organization on organization.id = customer.organization
         where customer.id = ticket.customer_id)
        """);

    private final String about;
    private final String label;
    private final String value;

    Place(String about, String label, String value) {
      this.about = about;
      this.label = label;
      this.value = value;
    }

    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Place of(String about) {
      return Arrays.stream(values())
          .filter(place -> place.about.equals(about))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("expected whose, but found " + about));
    }
  }

  private static final String NAMED = "(select named.name from %s as named where named.id = %s)";

  private OwnFieldKey() {}

  static Field field(OwnField own) {
    var place = Place.of(own.about());
    return field(
        place, own.kind(), own.key(), place.label.formatted(own.label()), own.shape().options());
  }

  /// The value as words, by which it sorts and is shown: who or what a reference leads to by name.
  static String words(OwnField own) {
    var value = field(own).sql();
    return switch (own.kind()) {
      case TEXT, CHOICE, FLAG -> value;
      case NUMBER, MONEY, DATE -> "(" + value + ")::text";
      case REFERENCE ->
          switch (String.valueOf(own.shape().refersTo())) {
            case "customer" -> NAMED.formatted("customer", value);
            case "organization" -> NAMED.formatted("organization", value);
            case "agent" -> NAMED.formatted("agent", value);
            default -> "(" + value + ")::text";
          };
    };
  }

  static Optional<Field> field(String key) {
    return Optional.of(FORM.matcher(key))
        .filter(form -> form.matches())
        .map(form -> {
          var place = Place.valueOf(form.group(1).toUpperCase(Locale.ROOT));
          return field(
              place,
              FieldKind.valueOf(form.group(2).toUpperCase(Locale.ROOT)),
              form.group(3),
              place.label.formatted(form.group(3).replace('_', ' ')),
              List.of());
        });
  }

  private static Field field(
      Place place, FieldKind kind, String key, String label, List<String> options) {
    var named = place.word() + "-" + kind.key() + "-" + key;
    var value = place.value.strip().formatted(key);
    return switch (kind) {
      case TEXT -> new Field(named, label, Field.Kind.TEXT, value, List.of());
      case CHOICE -> new Field(named, label, Field.Kind.CHOICE, value, options);
      case NUMBER, MONEY ->
          new Field(named, label, Field.Kind.AMOUNT, value + "::numeric", List.of());
      case DATE -> new Field(named, label, Field.Kind.DAY, value + "::date", List.of());
      case REFERENCE ->
          new Field(named, label, Field.Kind.REFERENCE, value + "::bigint", List.of());
      case FLAG ->
          new Field(
              named,
              label,
              Field.Kind.CHOICE,
              "(case " + value + " when 'true' then 'yes' when 'false' then 'no' end)",
              List.of("yes", "no"));
    };
  }
}
