package dev.evergreen.server.platform;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.function.SingletonSupplier;

/// The audit log: the entries of the ledger about who may do what here, each under a seal over
/// itself and the one before, made by a key that is not in the database. [AuditCheck] finds what
/// was changed, taken out or put in; [AuditCheckpoints] keep the end of the chain outside the
/// database, so that missing newest entries show as well.
@Component
public final class AuditTrail {
  /// Entries about these kinds of subjects are all part of the log.
  static final Set<String> SUBJECTS =
      Set.of("agent", "team", "role", "mailbox", "setting", "erasure", "import", "export");

  static final String KEY = "audit-log";

  private final JdbcClient jdbc;
  private final Ledger ledger;
  private final Supplier<byte[]> key;
  private final AuditDetails details;
  private final AuditCheckpoints checkpoints;
  private final PerTransaction<List<Ledger.Written>> unsealed =
      PerTransaction.written(ArrayList::new, Ordered.LOWEST_PRECEDENCE - 1, this::seal, _ -> {});

  AuditTrail(
      JdbcClient jdbc,
      Ledger ledger,
      Secrets secrets,
      AuditDetails details,
      AuditCheckpoints checkpoints) {
    this.jdbc = jdbc;
    this.ledger = ledger;
    this.key = SingletonSupplier.of(() -> secrets.key(KEY));
    this.checkpoints = checkpoints;
    this.details = details;
  }

  /// An entry of the log as administrators read it.
  ///
  /// @param detail what it says about a person; null when it never did, or that has been erased
  public record Line(long number, Ledger.Entry entry, @Nullable String detail) {}

  /// Adds an entry to the ledger and to the log, in the caller's transaction.
  public Ledger.Written append(
      Subject subject, long revision, String kind, Actor by, Map<String, Object> data) {
    if (!SUBJECTS.contains(subject.kind())) {
      throw new IllegalArgumentException(
          "expected a subject of the audit log, one of %s, but found %s"
              .formatted(SUBJECTS, subject));
    }
    var _ = key.get(); // read before any row is held
    var written = ledger.append(subject, revision, kind, by, data);
    unsealed.get().add(written);
    return written;
  }

  /// Which entries somebody looks for; what is null is not asked.
  ///
  /// @param agent whose doing it is
  /// @param about the kind of subject
  public record Wanted(
      @Nullable Long agent,
      @Nullable String about,
      @Nullable Instant from,
      @Nullable Instant until) {
    public static final Wanted ALL = new Wanted(null, null, null, null);
  }

  /// The kinds of subjects that there are entries about.
  public static Set<String> subjects() {
    return SUBJECTS;
  }

  /// The newest of these entries before the given number, newest first.
  public List<Line> before(long number, Wanted wanted, int limit) {
    var entries =
        jdbc.sql(
                """
                select audit_seal.number, ledger.*
                from audit_seal
                join ledger on ledger.id = audit_seal.entry
                where audit_seal.number < :number
                  and (
                    cast(:agent as bigint) is null
                    or ledger.actor_kind = 'agent' and ledger.actor_id = :agent)
                  and (cast(:about as text) is null or ledger.subject_kind = :about)
                  and (cast(:from as timestamptz) is null or ledger.at >= :from)
                  and (cast(:until as timestamptz) is null or ledger.at < :until)
                order by audit_seal.number desc
                limit :limit
                """)
            .param("number", number)
            .param("agent", wanted.agent())
            .param("about", wanted.about())
            .param("from", wanted.from() == null ? null : Timestamps.of(wanted.from()))
            .param("until", wanted.until() == null ? null : Timestamps.of(wanted.until()))
            .param("limit", limit)
            .query((row, at) -> Map.entry(row.getLong("number"), Ledger.entry(row, at)))
            .list();
    var texts =
        details.of(entries.stream().flatMap(one -> AuditDetails.hashIn(one.getValue()).stream()));
    return entries.stream()
        .map(one ->
            new Line(
                one.getKey(),
                one.getValue(),
                AuditDetails.hashIn(one.getValue())
                    .map(texts::get)
                    .map(AuditDetails.Detail::text)
                    .orElse(null)))
        .toList();
  }

  /// Seals what the transaction has added, as its last act but the commit: whoever seals holds the
  /// chain's end.
  private void seal(List<Ledger.Written> added) {
    ledger.flush();
    var head =
        jdbc.sql("select number, seal from audit_head where id = 1 for update")
            .query((row, _) ->
                new AuditCheckpoints.Checkpoint(row.getLong("number"), row.getBytes("seal")))
            .single();
    var chain = new SealChain(key.get(), head);
    var ids = added.stream().map(Ledger.Written::idIfWritten).toArray(Long[]::new);
    for (var sealed : entries(ids)) {
      chain.add(sealed);
      jdbc.sql("insert into audit_seal (number, entry, seal) values (:number, :entry, :seal)")
          .param("number", chain.end().number())
          .param("entry", sealed.entry().id())
          .param("seal", chain.end().seal())
          .update();
    }
    jdbc.sql("update audit_head set number = :number, seal = :seal where id = 1")
        .param("number", chain.end().number())
        .param("seal", chain.end().seal())
        .update();
    checkpointAfterCommit(chain.end());
  }

  /// As the database has them now: those of a part of the transaction that was undone are not
  /// there, and later they read the same.
  private List<SealChain.Sealed> entries(Long[] ids) {
    return jdbc.sql(
            """
            select *
            from ledger
            where id = any(:ids)
            order by id
            """)
        .param("ids", ids)
        .query(SealChain::read)
        .list();
  }

  private void checkpointAfterCommit(AuditCheckpoints.Checkpoint end) {
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            checkpoints.keep(end);
          }
        });
  }
}
