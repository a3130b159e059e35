package dev.evergreen.server.ticket.view;

import dev.evergreen.server.platform.field.OwnField;
import java.util.Locale;

/// What a list can say of a ticket beside who asks for what.
public sealed interface Column {
  String key();

  String label();

  /// What every ticket has.
  enum Usual implements Column {
    NUMBER("Number"),
    STATUS("Status"),
    PRIORITY("Priority"),
    CATEGORY("Category"),
    TEAM("Team"),
    AGENT("Agent"),
    CHANNEL("Channel"),
    OPENED("Opened"),
    UPDATED("Last change"),
    ANSWERED("First answer");

    private final String label;

    Usual(String label) {
      this.label = label;
    }

    @Override
    public String label() {
      return label;
    }

    @Override
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// A field of the team's own, of the ticket or of who asks.
  record Own(OwnField field) implements Column {
    @Override
    public String key() {
      return Fields.of(field).key();
    }

    @Override
    public String label() {
      return Fields.of(field).label();
    }
  }
}
