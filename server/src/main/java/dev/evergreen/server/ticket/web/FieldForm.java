package dev.evergreen.server.ticket.web;

import dev.evergreen.server.platform.field.FieldKind;
import dev.evergreen.server.platform.field.OwnField;
import dev.evergreen.server.ticket.TicketType;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The form in which a field of the team's own is defined, as it was typed or as it is kept.
public record FieldForm(
    String key,
    String label,
    @Nullable FieldKind kind,
    @Nullable String help,
    @Nullable String options,
    @Nullable String currency,
    @Nullable String refersTo,
    OwnField.@Nullable Required required,
    @Nullable List<String> types,
    @Nullable Boolean visible,
    @Nullable Integer position) {

  public FieldForm {
    key = Objects.requireNonNullElse(key, "");
    label = Objects.requireNonNullElse(label, "");
    types = types == null ? List.of() : List.copyOf(types);
    visible = Objects.requireNonNullElse(visible, false);
    position = Objects.requireNonNullElse(position, 0);
  }

  static final FieldForm BLANK =
      new FieldForm(
          "",
          "",
          FieldKind.TEXT,
          "",
          "",
          "EUR",
          null,
          OwnField.Required.NEVER,
          List.of(),
          false,
          0);

  public static FieldForm of(OwnField field) {
    return new FieldForm(
        field.key(),
        field.label(),
        field.kind(),
        field.naming().help(),
        String.join("\n", field.shape().options()),
        field.shape().currency(),
        field.shape().refersTo(),
        field.use().required(),
        field.use().sorts(),
        field.use().visibleToCustomer(),
        field.use().position());
  }

  OwnField.Naming naming() {
    return new OwnField.Naming(key.strip(), label, Objects.requireNonNullElse(help, ""));
  }

  OwnField.Shape shape(FieldOwner owner) {
    var chosen = Objects.requireNonNullElse(kind, FieldKind.TEXT);
    return new OwnField.Shape(
        chosen,
        chosen == FieldKind.CHOICE ? lines() : List.of(),
        List.of(),
        chosen == FieldKind.MONEY ? Objects.requireNonNullElse(currency, "").strip() : null,
        chosen == FieldKind.REFERENCE && owner.references().contains(refersTo) ? refersTo : null);
  }

  OwnField.Use use(FieldOwner owner) {
    if (!owner.isTickets()) {
      return new OwnField.Use(
          required == OwnField.Required.ALWAYS ? required : OwnField.Required.NEVER,
          List.of(),
          false,
          Objects.requireNonNullElse(position, 0));
    }
    List<String> chosen = Objects.requireNonNullElse(types, List.of());
    return new OwnField.Use(
        Objects.requireNonNullElse(required, OwnField.Required.NEVER),
        Arrays.stream(TicketType.values()).map(TicketType::key).filter(chosen::contains).toList(),
        Boolean.TRUE.equals(visible),
        Objects.requireNonNullElse(position, 0));
  }

  private List<String> lines() {
    return Objects.requireNonNullElse(options, "")
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && line.length() <= 200)
        .distinct()
        .toList();
  }

  /// What there is to choose from, for the template.
  public static List<FieldKind> kinds() {
    return List.of(FieldKind.values());
  }

  public static List<String> ticketTypes() {
    return Arrays.stream(TicketType.values()).map(TicketType::key).toList();
  }
}
