package dev.evergreen.server.platform.api;

import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/// The same answer where a controller of pages serves an address of the API, too: a download of
/// bytes, for example, whose refusal is a problem all the same.
@RestControllerAdvice
class ApiRefusals {

  @ExceptionHandler
  ResponseEntity<ProblemDetail> refused(ApiRefusal refusal) {
    var problem = refusal.problem();
    return ResponseEntity.status(HttpStatusCode.valueOf(problem.getStatus()))
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(problem);
  }
}
