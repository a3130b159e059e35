package dev.evergreen.server.customer;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.Ledger;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.platform.Subject;
import dev.evergreen.server.platform.field.FieldChange;
import dev.evergreen.server.platform.field.FieldValues;
import dev.evergreen.server.platform.field.OwnFields;
import dev.evergreen.server.platform.field.ShownField;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// The values of the team's own fields on customers and on organizations. Each change says in the
/// ledger what was there before, so that it can be taken back while the field still holds it.
@Component
public class CustomerFields {
  /// So many of the newest changes of somebody can be taken back.
  private static final int REMEMBERED = 50;

  private final JdbcClient database;
  private final OwnFields definitions;
  private final CustomerReferences references;
  private final Customers customers;
  private final Ledger ledger;

  CustomerFields(
      JdbcClient database,
      OwnFields definitions,
      CustomerReferences references,
      Customers customers,
      Ledger ledger) {
    this.database = database;
    this.definitions = definitions;
    this.references = references;
    this.customers = customers;
    this.ledger = ledger;
  }

  /// Who has own fields here: under which kind they are defined, and where their values are kept.
  public enum Holder {
    CUSTOMER(
        "customer",
        """
        select fields from customer
        where id = :id and erased_at is null and merged_into is null
        for no key update
        """,
        """
        update customer set fields = cast(:fields as jsonb), revision = revision + 1
        where id = :id
        returning revision
        """),
    ORGANIZATION(
        "organization",
        """
        select fields from organization
        where id = :id and merged_into is null
        for no key update
        """,
        """
        update organization set fields = cast(:fields as jsonb), revision = revision + 1
        where id = :id
        returning revision
        """);

    private final String about;
    private final String locked;
    private final String written;

    Holder(String about, String locked, String written) {
      this.about = about;
      this.locked = locked;
      this.written = written;
    }

    /// The kind of subject under which their fields are defined.
    public String about() {
      return about;
    }
  }

  /// What is asked of all of them, with what one holds.
  public List<ShownField> of(Holder holder, FieldValues values) {
    return definitions.shown(holder.about, values, references);
  }

  /// What becomes of the fields when one record goes into another that is kept.
  List<FieldFate> fates(Holder holder, FieldValues source, FieldValues target) {
    return definitions.of(holder.about).stream()
        .filter(field -> source.get(field.key()).isPresent())
        .map(field ->
            new FieldFate(
                field.label(),
                ShownField.text(field, target.get(field.key()), references),
                ShownField.text(field, source.get(field.key()), references)))
        .toList();
  }

  /// Sets a field to what a person typed; nothing typed empties it.
  ///
  /// @return the revision by which the change can be taken back; empty when nothing changed
  @Transactional
  public Outcome<Optional<Long>> set(Holder holder, long id, String key, String typed, Actor by) {
    return definitions
        .read(holder.about, key, typed, references)
        .then(change -> write(holder, id, values -> next(change, values), by));
  }

  private static Optional<Next> next(FieldChange change, FieldValues values) {
    return change.isIn(values)
        ? Optional.empty()
        : Optional.of(new Next(change.in(values), "field-changed", told(change, values)));
  }

  /// As text, also numbers: an entry about somebody who is erased keeps no text.
  private static Map<String, Object> told(FieldChange change, FieldValues before) {
    var data = new HashMap<>(change.told(before));
    data.put("was", one(change.field().key(), before));
    data.put("became", one(change.field().key(), change.in(before)));
    return data;
  }

  private static String one(String key, FieldValues values) {
    var json = FieldValues.NONE.with(key, values.get(key).orElse(null)).json();
    return json == null ? "" : json;
  }

  /// Takes back what was set at a revision, unless the field holds something else by now.
  @Transactional
  public Outcome<Optional<Long>> undo(Holder holder, long id, long revision, Actor by) {
    var subject = new Subject(holder.about, id);
    var entry =
        ledger.of(subject, REMEMBERED).stream()
            .filter(one -> one.revision() == revision)
            .filter(one -> one.kind().equals(holder.about + ".field-changed"))
            .findFirst();
    if (entry.isEmpty()) {
      return Outcome.rejected(Reason.UNKNOWN, "There is nothing to take back here.");
    }
    var data = entry.get().data();
    var key = String.valueOf(data.get("field"));
    var was = FieldValues.of(text(data.get("was"))).get(key);
    var became = FieldValues.of(text(data.get("became"))).get(key);
    return write(
        holder,
        id,
        values ->
            values.has(key, became.orElse(null))
                ? Optional.of(
                    new Next(
                        values.with(key, was.orElse(null)),
                        "field-undone",
                        Map.of("field", key, "label", String.valueOf(data.get("label")))))
                : Optional.empty(),
        by);
  }

  private static @Nullable String text(@Nullable Object value) {
    return value instanceof String text && !text.isEmpty() ? text : null;
  }

  private record Next(FieldValues values, String happened, Map<String, Object> data) {}

  private Outcome<Optional<Long>> write(
      Holder holder, long id, Function<FieldValues, Optional<Next>> change, Actor by) {
    var values =
        database
            .sql(holder.locked)
            .param("id", id)
            .query((row, _) -> FieldValues.of(row.getString("fields")))
            .optional();
    if (values.isEmpty()) {
      return Outcome.rejected(Reason.UNKNOWN, "There is no %s %d.".formatted(holder.about, id));
    }
    return Outcome.accepted(change.apply(values.get()).map(next -> written(holder, id, next, by)));
  }

  private long written(Holder holder, long id, Next next, Actor by) {
    long revision =
        database
            .sql(holder.written)
            .param("id", id)
            .param("fields", next.values().json())
            .query(Long.class)
            .single();
    if (holder == Holder.CUSTOMER) {
      customers.forget(new CustomerId(id));
    }
    ledger.append(
        new Subject(holder.about, id),
        revision,
        holder.about + "." + next.happened(),
        by,
        next.data());
    return revision;
  }
}
