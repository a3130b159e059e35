package dev.evergreen.server.platform.field;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.Kept;
import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.platform.Subject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// The fields that administrators defined, by the kind of subject that has them. One is retired,
/// never deleted: its values stay, and what reads them goes on.
@Component
public class OwnFields {
  private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9_]{0,39}");
  private static final int MOST = 100;
  private static final int LONGEST_LABEL = 80;
  private static final int LONGEST_HELP = 500;
  private static final int MOST_OPTIONS = 200;

  private final JdbcClient jdbc;
  private final Ledger ledger;
  private final DatabaseClock clock;
  private final Kept<List<OwnField>> fields = new Kept<>(this::stored);

  OwnFields(JdbcClient jdbc, Ledger ledger, DatabaseClock clock) {
    this.jdbc = jdbc;
    this.ledger = ledger;
    this.clock = clock;
  }

  /// All of a kind of subject, retired ones too, in the order of the form.
  public List<OwnField> of(String about) {
    return fields.get().stream().filter(field -> field.about().equals(about)).toList();
  }

  private List<OwnField> stored() {
    return jdbc.sql("select * from own_field order by position, id").query(OwnFields::read).list();
  }

  public Optional<OwnField> withKey(String about, String key) {
    return jdbc.sql("select * from own_field where about = :about and key = :key")
        .param("about", about)
        .param("key", key)
        .query(OwnFields::read)
        .optional();
  }

  /// Fields of a kind of subject with what one subject holds; those that are retired are left out.
  public List<ShownField> shown(String about, FieldValues values, References references) {
    return of(about).stream()
        .filter(field -> !field.retired())
        .map(field -> ShownField.of(field, values, references))
        .toList();
  }

  /// What a person typed into a field, as a change of it; nothing typed empties it.
  public Outcome<FieldChange> read(String about, String key, String typed, References references) {
    return withKey(about, key)
        .filter(field -> !field.retired())
        .map(field ->
            FieldReading.read(field, typed, references)
                .map(value -> new FieldChange(field, value, references)))
        .orElseGet(() ->
            Outcome.rejected(
                Reason.UNKNOWN,
                "Expected the key of a field of %ss, but found “%s”.".formatted(about, key)));
  }

  @Transactional
  public Outcome<OwnField> add(
      String about, OwnField.Naming naming, OwnField.Shape shape, OwnField.Use use, Actor by) {
    var objection = objection(naming, shape);
    if (objection.isPresent()) {
      return Outcome.rejected(Reason.INVALID, objection.get());
    }
    if (of(about).size() >= MOST) {
      return Outcome.rejected(
          Reason.INVALID, "Expected at most " + MOST + " fields; retired ones count.");
    }
    return jdbc.sql(
            """
            insert into own_field (
              about, key, label, kind, help, options, currency, refers_to, required, sorts,
              visible_to_customer, position
            )
            values (
              :about, :key, :label, :kind, :help, :options, cast(:currency as text),
              cast(:refersTo as text), :required, :sorts, :visible,
              (select coalesce(max(position), 0) + 1 from own_field where about = :about)
            )
            on conflict (about, key) do nothing
            returning *
            """)
        .param("about", about)
        .param("key", naming.key())
        .params(parameters(naming, shape, use))
        .query(OwnFields::read)
        .optional()
        .map(added -> recorded(added, "own-field.added", by))
        .orElseGet(() ->
            Outcome.rejected(
                Reason.TAKEN, "There is already a field with the key “" + naming.key() + "”."));
  }

  /// Changes everything but key and kind. Options that are taken out stay with those that have
  /// them.
  ///
  /// @param seen the revision of the field that the person saw
  @Transactional
  public Outcome<OwnField> change(
      OwnField kept,
      OwnField.Naming naming,
      OwnField.Shape shape,
      OwnField.Use use,
      long seen,
      Actor by) {
    var wanted =
        new OwnField.Shape(
            kept.kind(),
            kept.kind() == FieldKind.CHOICE ? shape.options() : List.of(),
            Stream.concat(kept.shape().former().stream(), kept.shape().options().stream())
                .filter(option -> !shape.options().contains(option))
                .distinct()
                .toList(),
            kept.shape().currency(),
            kept.shape().refersTo());
    var named = new OwnField.Naming(kept.key(), naming.label(), naming.help());
    var objection = objection(named, wanted);
    if (objection.isPresent()) {
      return Outcome.rejected(Reason.INVALID, objection.get());
    }
    return jdbc.sql(
            """
            update own_field
            set
              label = :label,
              help = :help,
              options = :options,
              former_options = :former,
              required = :required,
              sorts = :sorts,
              visible_to_customer = :visible,
              position = :position,
              revision = revision + 1
            where id = :id and revision = :revision
            returning *
            """)
        .param("id", kept.id())
        .param("revision", seen)
        .param("former", wanted.former().toArray(String[]::new))
        .param("position", use.position())
        .params(parameters(named, wanted, use))
        .query(OwnFields::read)
        .optional()
        .map(changed -> recorded(changed, "own-field.changed", by))
        .orElseGet(OwnFields::outdated);
  }

  /// Takes the field out of every form, or puts it back.
  @Transactional
  public Outcome<OwnField> retire(OwnField kept, boolean retired, Actor by) {
    return jdbc.sql(
            """
            update own_field
            set
              retired_at = case when :retired then cast(:now as timestamptz) end,
              revision = revision + 1
            where id = :id and revision = :revision
            returning *
            """)
        .param("id", kept.id())
        .param("revision", kept.revision())
        .param("retired", retired)
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .query(OwnFields::read)
        .optional()
        .map(changed -> recorded(changed, retired ? "own-field.retired" : "own-field.restored", by))
        .orElseGet(OwnFields::outdated);
  }

  private static Map<String, @Nullable Object> parameters(
      OwnField.Naming naming, OwnField.Shape shape, OwnField.Use use) {
    var parameters = new HashMap<String, @Nullable Object>();
    parameters.put("label", naming.label().strip());
    parameters.put("help", naming.help().strip());
    parameters.put("kind", shape.kind().key());
    parameters.put("options", shape.options().toArray(String[]::new));
    parameters.put("currency", shape.currency());
    parameters.put("refersTo", shape.refersTo());
    parameters.put("required", use.required().key());
    parameters.put("sorts", use.sorts().toArray(String[]::new));
    parameters.put("visible", use.visibleToCustomer());
    return parameters;
  }

  private static Optional<String> objection(OwnField.Naming naming, OwnField.Shape shape) {
    if (!KEY.matcher(naming.key()).matches()) {
      return Optional.of(
          "Expected a key of small letters, digits and _, such as serial_number, but found “"
              + naming.key()
              + "”.");
    }
    if (naming.label().isBlank()
        || naming.label().strip().length() > LONGEST_LABEL
        || naming.label().contains("\0")) {
      return Optional.of("Expected a label of 1 to 80 letters.");
    }
    if (naming.help().length() > LONGEST_HELP || naming.help().contains("\0")) {
      return Optional.of("Expected a help of at most 500 letters.");
    }
    return switch (shape.kind()) {
      case CHOICE ->
          shape.options().isEmpty() || shape.options().size() > MOST_OPTIONS
              ? Optional.of("Expected 1 to 200 choices, one a line, but found none or more.")
              : Optional.empty();
      case MONEY ->
          isCurrency(shape.currency())
              ? Optional.empty()
              : Optional.of(
                  "Expected a currency such as EUR, but found “" + shape.currency() + "”.");
      case REFERENCE ->
          shape.refersTo() == null
              ? Optional.of("Expected what the field refers to, but found nothing.")
              : Optional.empty();
      case TEXT, NUMBER, DATE, FLAG -> Optional.empty();
    };
  }

  private static boolean isCurrency(@Nullable String code) {
    return code != null
        && Currency.getAvailableCurrencies().stream()
            .anyMatch(currency -> currency.getCurrencyCode().equals(code));
  }

  private Outcome<OwnField> recorded(OwnField field, String kind, Actor by) {
    ledger.append(
        new Subject("own-field", field.id()),
        field.revision(),
        kind,
        by,
        Map.of("about", field.about(), "key", field.key()));
    fields.changed();
    return Outcome.accepted(field);
  }

  private static Outcome<OwnField> outdated() {
    return Outcome.rejected(
        Reason.OUTDATED, "Somebody changed this field meanwhile; nothing was saved. Look again.");
  }

  private static OwnField read(ResultSet row, int number) throws SQLException {
    return new OwnField(
        row.getLong("id"),
        row.getString("about"),
        new OwnField.Naming(row.getString("key"), row.getString("label"), row.getString("help")),
        new OwnField.Shape(
            FieldKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
            texts(row, "options"),
            texts(row, "former_options"),
            row.getString("currency"),
            row.getString("refers_to")),
        new OwnField.Use(
            OwnField.Required.valueOf(row.getString("required").toUpperCase(Locale.ROOT)),
            texts(row, "sorts"),
            row.getBoolean("visible_to_customer"),
            row.getInt("position")),
        row.getObject("retired_at") != null,
        row.getLong("revision"));
  }

  private static List<String> texts(ResultSet row, String column) throws SQLException {
    return List.of((String[]) row.getArray(column).getArray());
  }
}
