package dev.evergreen.server.platform;

import java.sql.Types;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.SqlParameterValue;

/// Parameters that may be null, with their type even then. A statement whose parameters change
/// their types is prepared and planned anew each time, which takes longer than most statements.
public final class Typed {
  private Typed() {}

  public static SqlParameterValue text(@Nullable String value) {
    return new SqlParameterValue(Types.VARCHAR, value);
  }

  public static SqlParameterValue bigint(@Nullable Long value) {
    return new SqlParameterValue(Types.BIGINT, value);
  }

  public static SqlParameterValue integer(@Nullable Integer value) {
    return new SqlParameterValue(Types.INTEGER, value);
  }
}
