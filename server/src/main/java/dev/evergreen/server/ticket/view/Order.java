package dev.evergreen.server.ticket.view;

import dev.evergreen.server.platform.field.OwnField;
import dev.evergreen.server.ticket.Priority;
import dev.evergreen.server.ticket.Ticket;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/// By what tickets are put in order.
public sealed interface Order {
  String key();

  String label();

  /// Never null, so that rows have one place.
  String sql(boolean descending);

  String type();

  /// Whether a place, as it stands in an address, can be one of this order.
  boolean isKey(String written);

  /// By what every ticket has, each served by an index, of all tickets and of the open ones.
  enum Usual implements Order {
    UPDATED("Last change", "ticket.updated_at", "timestamptz") {
      @Override
      String keyOf(Ticket ticket) {
        return ticket.moments().updatedAt().toString();
      }
    },
    OPENED("Opened", "ticket.opened_at", "timestamptz") {
      @Override
      String keyOf(Ticket ticket) {
        return ticket.moments().openedAt().toString();
      }
    },
    PRIORITY(
        "Priority",
        "array_position(array['low', 'normal', 'high', 'urgent'], ticket.priority)",
        "integer") {
      @Override
      String keyOf(Ticket ticket) {
        return "" + (List.of(Priority.values()).indexOf(ticket.state().priority()) + 1);
      }
    };

    private final String label;
    private final String sql;
    private final String type;

    Usual(String label, String sql, String type) {
      this.label = label;
      this.sql = sql;
      this.type = type;
    }

    @Override
    public String label() {
      return label;
    }

    @Override
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String sql(boolean descending) {
      return sql;
    }

    @Override
    public String type() {
      return type;
    }

    /// Where this ticket stands in the order, as text that [#type] reads.
    abstract String keyOf(Ticket ticket);

    @Override
    public boolean isKey(String written) {
      try {
        return type.equals("integer")
            ? Integer.parseInt(written) >= 0
            : Instant.parse(written).isAfter(Instant.EPOCH);
      } catch (DateTimeException | NumberFormatException _) {
        return false;
      }
    }
  }

  /// By a field of the team's own, of the ticket or of who asks. No index has it: the tickets that
  /// changed last are put in order, as many as a grouped view puts together. Those without a value
  /// come last, whichever way the order goes.
  record Own(OwnField field) implements Order {
    @Override
    public String key() {
      return Fields.of(field).key();
    }

    @Override
    public String label() {
      return Fields.of(field).label();
    }

    @Override
    public String sql(boolean descending) {
      var value = Fields.of(field).sql();
      return switch (field.kind()) {
        case NUMBER, MONEY, DATE ->
            "coalesce(%s, '%sinfinity')".formatted(value, descending ? "-" : "");
        case TEXT, CHOICE, FLAG, REFERENCE ->
            "coalesce('%s' || lower(%s), '%s')"
                .formatted(
                    descending ? "1" : "0", OwnFieldKey.words(field), descending ? "0" : "1");
      };
    }

    @Override
    public String type() {
      return switch (field.kind()) {
        case NUMBER, MONEY -> "numeric";
        case DATE -> "date";
        case TEXT, CHOICE, FLAG, REFERENCE -> "text";
      };
    }

    @Override
    public boolean isKey(String written) {
      try {
        var place = read(written);
        return switch (field.kind()) {
          case NUMBER, MONEY -> place.matches("-?(\\d{1,15}(\\.\\d{1,15})?|Infinity)");
          case DATE -> place.matches("-?infinity|\\d{4}-\\d{2}-\\d{2}") && isDay(place);
          case TEXT, CHOICE, FLAG, REFERENCE -> place.indexOf('\0') < 0;
        };
      } catch (IllegalArgumentException _) {
        return false;
      }
    }

    private static boolean isDay(String place) {
      return place.endsWith("infinity") || Conditions.isDay(place);
    }

    /// A place may be any text: it stands in addresses in hexadecimal digits.
    static String written(String place) {
      return HexFormat.of().formatHex(place.getBytes(StandardCharsets.UTF_8));
    }

    static String read(String written) {
      return new String(HexFormat.of().parseHex(written), StandardCharsets.UTF_8);
    }
  }
}
