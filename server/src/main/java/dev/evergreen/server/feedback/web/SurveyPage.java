package dev.evergreen.server.feedback.web;

import dev.evergreen.server.feedback.Survey;
import java.util.List;

/// The form as it is shown; a score of 0 means that none is chosen yet.
public record SurveyPage(String token, int score, String comment, String error) {
  private static final List<String> WORDS =
      List.of("Bad", "Not good", "So-so", "Good", "Very good");

  static SurveyPage of(String token, Survey survey) {
    var answer = survey.answer();
    return answer == null
        ? new SurveyPage(token, 0, "", "")
        : new SurveyPage(token, answer.score(), answer.comment(), "");
  }

  SurveyPage choosing(int chosen) {
    return chosen == 0 ? this : new SurveyPage(token, chosen, comment, error);
  }

  /// What a score means; the same words everywhere.
  public static String words(int score) {
    return WORDS.get(score - 1);
  }

  /// The score that was sent, 0 for anything else.
  static int score(String text) {
    return text.matches("[1-5]") ? Integer.parseInt(text) : 0;
  }
}
