package dev.evergreen.bench;

import java.io.IOException;
import java.util.List;

/// What the durable bench measures: a system that runs the same process, each in its own way. A
/// question comes in; a step without people notes it; a person answers it; it rests for an hour;
/// the end.
///
/// Nothing returns before the database has committed what it did.
interface Contender extends AutoCloseable {
  /// Starts a run, up to the person's step.
  void start(long subject) throws Exception;

  /// Whether a query finds the task of the run about that subject.
  boolean isAsked(long subject) throws Exception;

  /// Starts so many runs about the subjects from `first` on in groups, several in a transaction,
  /// and returns when it has begun to. Only for systems that can.
  void startGrouped(long first, int count) throws Exception;

  /// How many runs there are, ended ones included.
  long runs() throws Exception;

  /// The open tasks, the newest first.
  List<String> tasks() throws Exception;

  /// Does a person's step, up to the wait.
  void complete(String task) throws Exception;

  /// Makes every timer due that is set now, and returns when it has begun to fire them.
  void letTimePass() throws Exception;

  /// How many timers have not fired yet, with what follows them.
  long timers() throws Exception;

  @Override
  void close() throws IOException;
}
