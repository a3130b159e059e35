package dev.evergreen.engine;

import dev.evergreen.engine.Run.Activation.Question;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A question to the customer, on the channel that they are on.
///
/// An answer that is not of the type is asked for again, at most `attempts` times in all; after
/// that, or when `atMost` has passed since the first time, `otherwise` runs. When the question
/// could not be put and a person tries that again, `atMost` is counted from then.
///
/// @param question the name of a text, or the text itself
/// @param into the run data that the answer becomes
public record AskStep(
    String id,
    String title,
    String question,
    String into,
    ValueType type,
    int attempts,
    Span atMost,
    List<Step> otherwise,
    List<Handler> handlers)
    implements Step {

  public AskStep {
    otherwise = List.copyOf(otherwise);
    handlers = List.copyOf(handlers);
    if (attempts < 1) {
      throw new IllegalArgumentException("expected 1 attempt or more, but found " + attempts);
    }
  }

  @Override
  public List<List<Step>> parts() {
    return List.of(otherwise);
  }

  @Nullable Step enter(Walk walk, int activation) {
    return ask(walk, activation, 1);
  }

  /// Asks, or asks again after a fault. Either way the customer has the whole time from now on:
  /// whoever could not be asked cannot have let time go by.
  @Nullable Step ask(Walk walk, int activation, int attempt) {
    var question = new Question(activation, walk.scope(), id, attempt, walk.after(atMost));
    put(walk, question);
    walk.effect(new Effect.SetTimer(question.number(), question.until()));
    return null;
  }

  Decision answer(Walk walk, Question question, Input.Answered answered) {
    Object answer = answered.answer();
    boolean fits = type.accepts(answer) && !(answer instanceof String text && text.isBlank());
    if (fits) {
      walk.record(new Event.QuestionAnswered(question.number(), Map.of(into, answer)));
      walk.effect(new Effect.ClearTimer(question.number()));
      return walk.goOn(walk.following(this));
    }
    walk.record(
        new Event.AnswerRefused(
            question.number(), "expected %s, but found “%s”".formatted(type.inWords(), answer)));
    if (question.attempt() < attempts) {
      put(walk, question.again());
      return walk.accepted();
    }
    walk.effect(new Effect.ClearTimer(question.number()));
    return giveUp(walk, question);
  }

  Decision timeOut(Walk walk, Question question) {
    Decision early = walk.early(question.number(), question.until());
    if (early != null) {
      return early;
    }
    walk.effect(new Effect.WithdrawQuestion(question.number()));
    return giveUp(walk, question);
  }

  /// The question could not be put to the customer.
  Decision fail(Walk walk, Question question, String problem) {
    walk.effect(new Effect.ClearTimer(question.number()));
    return walk.goOn(walk.fail(question.number(), this, problem));
  }

  private void put(Walk walk, Question question) {
    walk.record(
        new Event.QuestionAsked(
            question.number(), question.scope(), id, question.attempt(), question.until()));
    walk.effect(new Effect.AskCustomer(question.number(), this, question.attempt()));
  }

  private Decision giveUp(Walk walk, Question question) {
    walk.record(new Event.QuestionEnded(question.number()));
    return walk.goOn(walk.firstOf(otherwise, this));
  }
}
