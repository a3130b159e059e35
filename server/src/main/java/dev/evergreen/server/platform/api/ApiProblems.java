package dev.evergreen.server.platform.api;

import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/// Every refusal of the API in one shape: `application/problem+json` (RFC 9457) with a sentence
/// that says what was expected and what was found.
@RestControllerAdvice(annotations = RestController.class)
class ApiProblems extends ResponseEntityExceptionHandler {

  @Override
  protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
      HttpMessageNotReadableException unreadable,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    var problem = ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, said(unreadable));
    return handleExceptionInternal(unreadable, problem, headers, HttpStatus.BAD_REQUEST, request);
  }

  /// Names the place, never what stands there in the program.
  private static String said(HttpMessageNotReadableException unreadable) {
    return switch (unreadable.getCause()) {
      case UnrecognizedPropertyException unknown ->
          "Expected one of %s, but found the unknown field `%s`."
              .formatted(
                  unknown.getKnownPropertyIds().stream()
                      .map(id -> "`" + id + "`")
                      .sorted()
                      .collect(Collectors.joining(", ")),
                  place(unknown));
      case DatabindException wrong when !wrong.getPath().isEmpty() ->
          "Expected another kind of value at `%s`.".formatted(place(wrong));
      case null, default -> "Expected a JSON object.";
    };
  }

  private static String place(DatabindException wrong) {
    return wrong.getPath().stream()
        .map(step ->
            step.getPropertyName() == null ? "[" + step.getIndex() + "]" : step.getPropertyName())
        .collect(Collectors.joining("."));
  }
}
