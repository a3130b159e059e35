package dev.evergreen.server.transfer;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// A form in which tickets come.
public enum Format {
  EVERGREEN("Evergreen", "JSON lines, as the export writes them"),
  ZENDESK("Zendesk", "JSON export, or pages of the incremental export API"),
  ZAMMAD("Zammad", "answers of the REST API: tickets, articles, users"),
  FRESHDESK("Freshdesk", "account export, or answers of the API"),
  OSTICKET("osTicket", "tables of the database, exported in JSON by phpMyAdmin"),
  MBOX("Mailbox", "mbox files"),
  CSV("Table", "CSV, one ticket a row");

  private final String label;
  private final String about;

  Format(String label, String about) {
    this.label = label;
    this.about = about;
  }

  public String label() {
    return label;
  }

  public String about() {
    return about;
  }

  /// As it is named in options and stored; also what its tickets are remembered under.
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Format> of(String key) {
    return Arrays.stream(values())
        .filter(format -> format.key().equals(key.strip().toLowerCase(Locale.ROOT)))
        .findFirst();
  }
}
