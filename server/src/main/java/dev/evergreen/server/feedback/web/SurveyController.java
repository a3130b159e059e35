package dev.evergreen.server.feedback.web;

import dev.evergreen.server.channel.CustomerLanguages;
import dev.evergreen.server.feedback.Survey;
import dev.evergreen.server.feedback.Surveys;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.web.Reading;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Where a survey's links lead. Opening one only shows the page with that score chosen: scanners of
/// mail follow every link, so nothing counts before somebody presses the button.
@Controller
@RequestMapping("/survey/{token}")
class SurveyController {
  private final Surveys surveys;
  private final CustomerLanguages languages;

  SurveyController(Surveys surveys, CustomerLanguages languages) {
    this.surveys = surveys;
    this.languages = languages;
  }

  @GetMapping
  String show(
      @PathVariable String token,
      @RequestParam(defaultValue = "") String score,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    speak(token, request);
    return surveys
        .withToken(token)
        .map(survey -> page(SurveyPage.of(token, survey).choosing(SurveyPage.score(score)), model))
        .orElseGet(() -> gone(response));
  }

  @PostMapping
  String answer(
      @PathVariable String token,
      @RequestParam(defaultValue = "") String score,
      @RequestParam(defaultValue = "") String comment,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    speak(token, request);
    return switch (surveys.answer(token, SurveyPage.score(score), comment)) {
      case Outcome.Accepted<Survey>(Survey survey) -> {
        model.addAttribute("page", SurveyPage.of(token, survey));
        yield "feedback/thanks";
      }
      case Outcome.Rejected<Survey>(Outcome.Reason reason, String detail) -> {
        response.setStatus(reason.status());
        yield reason == Outcome.Reason.UNKNOWN
            ? gone(response)
            : page(new SurveyPage(token, SurveyPage.score(score), comment, detail), model);
      }
    };
  }

  private void speak(String token, HttpServletRequest request) {
    surveys
        .withToken(token)
        .flatMap(survey -> languages.of(survey.ticket()))
        .ifPresent(language -> Reading.inLanguage(request, language));
  }

  private static String page(SurveyPage page, Model model) {
    model.addAttribute("page", page);
    return "feedback/survey";
  }

  private static String gone(HttpServletResponse response) {
    response.setStatus(HttpServletResponse.SC_NOT_FOUND);
    return "channel/gone";
  }
}
