package dev.evergreen.language;

import java.util.List;
import java.util.Map;

/// Asks the customer of one kind of subject, on the channel that they are on, and reads what they
/// say. A component of the module that owns the channels.
public interface Asking {
  /// `ticket`, for example.
  String subjectKind();

  /// The kinds of events that may be an answer: `ticket.customer-replied`.
  List<String> answers();

  /// Asks in the transaction of the step; asked twice for one effect, it is asked once. What it
  /// throws becomes a fault of the run, or is left to the step's handlers.
  ///
  /// @param question the name of a text, or the text itself
  void ask(String question, Call call);

  /// What the customer said in such an event, without what they repeat of earlier messages.
  String said(Map<String, Object> event);
}
