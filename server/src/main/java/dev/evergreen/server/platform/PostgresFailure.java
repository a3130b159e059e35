package dev.evergreen.server.platform;

/// The database cannot be used; the message is one sentence for whoever started the program.
public final class PostgresFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  public PostgresFailure(String message) {
    super(message);
  }

  public PostgresFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
