package dev.evergreen.server.platform;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What happened before this installation knew of it: the past of what was taken over from another
/// program. It stands in the ledger like everything else, at the times at which it happened, so
/// that histories and figures are true.
///
/// Its ids come from a sequence of their own below zero. Whoever follows the ledger goes on from an
/// id above zero and never meets them: nothing starts, nobody is told, and a million tickets taken
/// over cost the readers nothing.
@Component
public final class PastEntries {
  private final JdbcClient jdbc;
  private final MonthPartitions months;

  PastEntries(JdbcClient jdbc, MonthPartitions months) {
    this.jdbc = jdbc;
    this.months = months;
  }

  /// Something that happened to a subject, as the revision of it that it made.
  public record Past(Subject subject, long revision, Ledger.Happening happening, Instant at) {}

  /// Writes them in the caller's transaction, in their order; those of a subject are to be given
  /// together, before anything else has happened to it.
  public void write(List<Past> entries) {
    if (entries.isEmpty()) {
      return;
    }
    entries.forEach(entry -> months.ensure("ledger", entry.at()));
    jdbc.sql(
            """
            insert into ledger (
              id,
              xact,
              slot,
              subject_kind,
              subject_id,
              revision,
              kind,
              actor_kind,
              actor_id,
              actor_name,
              at,
              data
            )
            select
              nextval('ledger_past'),
              pg_current_xact_id(),
              entry.slot,
              entry.subject_kind,
              entry.subject_id,
              entry.revision,
              entry.kind,
              entry.actor_kind,
              entry.actor_id,
              entry.actor_name,
              entry.at,
              cast(entry.data as json)
            from (
              select *
              from unnest(
                cast(:numbers as integer[]),
                cast(:slots as smallint[]),
                cast(:subjectKinds as text[]),
                cast(:subjects as bigint[]),
                cast(:revisions as bigint[]),
                cast(:kinds as text[]),
                cast(:actorKinds as text[]),
                cast(:actors as bigint[]),
                cast(:actorNames as text[]),
                cast(:ats as timestamptz[]),
                cast(:data as text[])
              ) as entry (
                number, slot, subject_kind, subject_id, revision, kind, actor_kind, actor_id,
                actor_name, at, data)
              order by number
            ) as entry
            """)
        .param("numbers", IntStream.range(0, entries.size()).boxed().toArray(Integer[]::new))
        .param(
            "slots",
            entries.stream().map(one -> Ledger.slotOf(one.subject())).toArray(Short[]::new))
        .param(
            "subjectKinds",
            entries.stream().map(one -> one.subject().kind()).toArray(String[]::new))
        .param("subjects", entries.stream().map(one -> one.subject().id()).toArray(Long[]::new))
        .param("revisions", entries.stream().map(Past::revision).toArray(Long[]::new))
        .param("kinds", entries.stream().map(one -> one.happening().kind()).toArray(String[]::new))
        .param(
            "actorKinds",
            entries.stream().map(one -> one.happening().by().kind()).toArray(String[]::new))
        .param(
            "actors", entries.stream().map(one -> one.happening().by().id()).toArray(Long[]::new))
        .param(
            "actorNames",
            entries.stream().map(one -> one.happening().by().name()).toArray(String[]::new))
        .param("ats", entries.stream().map(one -> one.at().toString()).toArray(String[]::new))
        .param(
            "data",
            entries.stream().map(one -> Json.write(one.happening().data())).toArray(String[]::new))
        .update();
  }
}
