package dev.evergreen.server.workflow;

import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.LastWrites;
import dev.evergreen.server.platform.LateWrites;
import dev.evergreen.server.platform.PerTransaction;
import dev.evergreen.server.platform.Subject;
import dev.evergreen.server.platform.Writes;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/// The runs that a transaction has locked or begun. It may take many inputs into many runs; what
/// they come to is written in one go before it commits.
@Component
@Order(RunsInHand.ORDER)
final class RunsInHand implements LateWrites {
  /// Before the ledger, so that one statement writes both.
  static final int ORDER = 0;

  private final RunRows rows;
  private final RunIds ids;
  private final RunWrites writes;
  private final LastWrites last;
  private final DatabaseClock clock;
  private final PerTransaction<Map<RunId, HeldRun>> held =
      PerTransaction.written(HashMap::new, ORDER, this::writeAtCommit, Map::clear);

  RunsInHand(RunRows rows, RunIds ids, RunWrites writes, LastWrites last, DatabaseClock clock) {
    this.rows = rows;
    this.ids = ids;
    this.writes = writes;
    this.last = last;
    this.clock = clock;
  }

  /// Locks these runs, as far as the transaction does not hold them yet, in the order of their ids.
  void hold(Collection<RunId> wanted) {
    Map<RunId, HeldRun> known = held.get();
    List<RunId> missing = wanted.stream().filter(id -> !known.containsKey(id)).distinct().toList();
    if (!missing.isEmpty()) {
      rows.lock(missing).forEach(run -> known.put(run.id(), HeldRun.locked(run)));
    }
  }

  /// The run, locked until the transaction ends; empty when there is none.
  Optional<HeldRun> hold(RunId id) {
    hold(List.of(id));
    return Optional.ofNullable(held.get().get(id));
  }

  /// The run of a row that was read under its lock.
  HeldRun hold(WorkflowRun locked) {
    return held.get().computeIfAbsent(locked.id(), _ -> HeldRun.locked(locked));
  }

  /// Whether this transaction has still to write something of the run.
  boolean isChanged(RunId id) {
    Map<RunId, HeldRun> known = held.ifThere();
    HeldRun run = known == null ? null : known.get(id);
    return run != null && run.isChanged();
  }

  /// Takes a run up again after what the transaction knew of it was undone.
  void keep(HeldRun run) {
    held.get().put(run.id(), run);
  }

  /// A new run to which nothing has happened yet.
  HeldRun begin(
      Version version,
      Subject subject,
      @Nullable Long triggerEntry,
      WorkflowRun.@Nullable Caller caller) {
    Instant now = clock.instant();
    var run =
        new WorkflowRun(
            ids.next(),
            version,
            subject,
            dev.evergreen.engine.Run.fresh(),
            0,
            new WorkflowRun.Moments(now, now),
            caller);
    HeldRun begun = HeldRun.begun(run, triggerEntry);
    held.get().put(begun.id(), begun);
    return begun;
  }

  /// Forgets a run that was not begun after all.
  void drop(HeldRun run) {
    held.get().remove(run.id());
  }

  @Override
  public void flush() {
    Map<RunId, HeldRun> known = held.ifThere();
    if (known != null) {
      written(known, last::now);
    }
  }

  private void writeAtCommit(Map<RunId, HeldRun> known) {
    written(known, last::keep);
  }

  private void written(Map<RunId, HeldRun> known, Consumer<Writes> by) {
    List<HeldRun> changed = known.values().stream().filter(HeldRun::isChanged).toList();
    if (!changed.isEmpty()) {
      by.accept(writes.of(changed));
      changed.forEach(HeldRun::wrote);
    }
  }
}
