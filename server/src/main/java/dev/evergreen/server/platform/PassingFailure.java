package dev.evergreen.server.platform;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.TransientDataAccessException;

/// Tells failures of the database that pass (a deadlock, a lost connection, a full disk) from those
/// of the work in hand: work that meets one is done again, and nobody is blamed.
public final class PassingFailure {
  /// Lost connections, rolled back for others' sake, out of resources, errors of the machine.
  private static final Set<String> CLASSES = Set.of("08", "40", "53", "58");

  /// Of the server being stopped or killed.
  private static final String SHUTDOWN = "57P";

  private static final Set<String> STATES = Set.of("55P03", "25P03"); // no lock, paused too long

  private PassingFailure() {}

  public static boolean is(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof TransientDataAccessException
          || (cause instanceof SQLException sql && isPassing(sql.getSQLState()))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isPassing(@Nullable String state) {
    return state != null
        && state.length() == 5
        && (CLASSES.contains(state.substring(0, 2))
            || state.startsWith(SHUTDOWN)
            || STATES.contains(state));
  }
}
