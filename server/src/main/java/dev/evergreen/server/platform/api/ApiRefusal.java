package dev.evergreen.server.platform.api;

import dev.evergreen.server.platform.Outcome;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/// Why a call changes nothing, told to the program that made it as `application/problem+json` (RFC
/// 9457).
public final class ApiRefusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final HttpStatus status;
  private final String detail;
  private final transient Map<String, String> fields;

  private ApiRefusal(HttpStatus status, String detail) {
    this(status, detail, Map.of());
  }

  private ApiRefusal(HttpStatus status, String detail, Map<String, String> fields) {
    super(detail);
    this.status = status;
    this.detail = detail;
    this.fields = fields;
  }

  /// What was sent makes no sense: what was expected, and what was found.
  public static ApiRefusal invalid(String detail) {
    return new ApiRefusal(HttpStatus.UNPROCESSABLE_CONTENT, detail);
  }

  /// The same where several fields may be wrong.
  ///
  /// @param fields a sentence for each, by its name
  public static ApiRefusal invalid(String detail, Map<String, String> fields) {
    return new ApiRefusal(HttpStatus.UNPROCESSABLE_CONTENT, detail, Map.copyOf(fields));
  }

  /// It is not there, or not for this caller; nobody can tell which.
  public static ApiRefusal unknown(String what) {
    return new ApiRefusal(HttpStatus.NOT_FOUND, "There is no " + what + " here.");
  }

  /// It may not be done by whoever the token acts for.
  public static ApiRefusal forbidden(String detail) {
    return new ApiRefusal(HttpStatus.FORBIDDEN, detail);
  }

  static ApiRefusal conflict(String detail) {
    return new ApiRefusal(HttpStatus.CONFLICT, detail);
  }

  public static ApiRefusal of(Outcome.Rejected<?> rejected) {
    return new ApiRefusal(HttpStatus.valueOf(rejected.reason().status()), rejected.detail());
  }

  ProblemDetail problem() {
    var problem = ProblemDetail.forStatusAndDetail(status, detail);
    if (!fields.isEmpty()) {
      problem.setProperty("fields", fields);
    }
    return problem;
  }
}
