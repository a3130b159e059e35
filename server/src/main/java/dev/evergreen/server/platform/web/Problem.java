package dev.evergreen.server.platform.web;

import org.springframework.http.HttpStatus;

/// Why a page could not be shown: what happened, and what to do now.
public record Problem(String title, String advice) {

  static Problem of(HttpStatus status) {
    return switch (status) {
      case NOT_FOUND ->
          new Problem(
              "There is nothing here",
              "The address may be mistyped, or what stood here is not for you to see.");
      case FORBIDDEN ->
          new Problem(
              "That was not accepted",
              "Either this is not yours to do, or the page had been open for too long. Go back,"
                  + " reload it, and try again.");
      case METHOD_NOT_ALLOWED ->
          new Problem("That cannot be done here", "Go back and use the buttons of the page.");
      case CONFLICT ->
          new Problem(
              "Someone was faster", "It has changed meanwhile. Go back, reload, and look again.");
      case CONTENT_TOO_LARGE ->
          new Problem("That is too large", "Send smaller files, or fewer of them at once.");
      case TOO_MANY_REQUESTS ->
          new Problem("Too many tries", "Wait a minute, then try again. Nothing was changed.");
      default ->
          status.is5xxServerError()
              ? new Problem(
                  "Something broke on our side",
                  "Nothing was half done. Try again; if it happens again, tell your administrator"
                      + " what you did and when.")
              : new Problem(
                  "That could not be understood",
                  "Go back and try again. Nothing was changed by it.");
    };
  }
}
