package dev.evergreen.server.feedback;

import dev.evergreen.engine.ValueType;
import dev.evergreen.language.ActionType;
import dev.evergreen.language.EventType;
import dev.evergreen.language.Parameter;
import dev.evergreen.language.Vocabulary;
import java.util.List;

/// What surveys offer to workflows: asking, and the news of an answer.
public final class FeedbackVocabulary implements Vocabulary {
  @Override
  public List<ActionType> actions() {
    return List.of(
        ActionType.of(
            SurveySend.NAME,
            "Asks the ticket's customer for a score from 1 to 5. A ticket is asked about once.",
            SurveySend.Nothing.class,
            Parameter.of(
                "asked",
                "Whether they were asked now: not if they were before, and never a robot.",
                new ValueType.Flag())));
  }

  @Override
  public List<EventType> events() {
    return List.of(
        EventType.of("feedback.survey-sent", "ticket", "The customer was asked how we did."),
        EventType.byCustomer(
            "feedback.survey-answered",
            "ticket",
            "The customer gave a score, or changed it.",
            Parameter.of("score", "From 1 (bad) to 5 (very good).", new ValueType.Whole())));
  }
}
