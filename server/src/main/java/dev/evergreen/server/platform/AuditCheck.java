package dev.evergreen.server.platform;

import dev.evergreen.server.platform.AuditCheckpoints.Checkpoint;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Follows the chain of the audit log from its beginning and names the first place where it does
/// not hold: an entry that was changed, taken out, put in or moved, or newest ones that are gone.
@Component
public final class AuditCheck {
  private static final int CHUNK = 1_000;

  /// What was found.
  public sealed interface Result {
    /// @param erased texts about people that are no longer kept
    record Whole(long entries, Checkpoint end, long erased) implements Result {}

    /// @param number of the first entry that is not as it was written
    record Broken(long number, String what) implements Result {}
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared, never handed out
  private record Link(long number, long entry, byte[] seal, SealChain.@Nullable Sealed sealed) {}

  private final JdbcClient jdbc;
  private final AuditDetails details;
  private final Secrets secrets;
  private final AuditCheckpoints checkpoints;

  AuditCheck(JdbcClient jdbc, AuditDetails details, Secrets secrets, AuditCheckpoints checkpoints) {
    this.jdbc = jdbc;
    this.details = details;
    this.secrets = secrets;
    this.checkpoints = checkpoints;
  }

  /// Checks against the checkpoint that this node keeps.
  public Result run() {
    return run(checkpoints.stored().stream().toList());
  }

  /// Checks also against checkpoints that were kept elsewhere.
  public Result run(List<Checkpoint> known) {
    var head = head();
    var chain = new SealChain(secrets.key(AuditTrail.KEY), new Checkpoint(0, new byte[0]));
    var open = new TreeMap<Long, Checkpoint>();
    known.forEach(checkpoint -> open.put(checkpoint.number(), checkpoint));
    long erased = 0;
    while (chain.end().number() < head.number()) {
      var chunk = after(chain.end().number());
      var texts = details(chunk);
      if (chunk.isEmpty()) {
        return new Result.Broken(
            chain.end().number() + 1, "it and all that followed were taken out");
      }
      for (Link link : chunk) {
        var problem = follow(chain, link, open, texts);
        if (problem.isPresent()) {
          return problem.get();
        }
        erased += isErased(link, texts) ? 1 : 0;
      }
    }
    return ending(chain.end(), head, open, erased);
  }

  private Optional<Result> follow(
      SealChain chain,
      Link link,
      Map<Long, Checkpoint> open,
      Map<String, AuditDetails.Detail> texts) {
    long number = chain.end().number() + 1;
    if (link.number() != number) {
      return broken(number, "it was taken out");
    }
    if (link.sealed() == null) {
      return broken(number, "what it says was taken out");
    }
    chain.add(link.sealed());
    if (!chain.end().hasSeal(link.seal())) {
      return broken(number, "it was changed, or is not the one that stood here");
    }
    Checkpoint checkpoint = open.remove(number);
    if (checkpoint != null && !checkpoint.hasSeal(link.seal())) {
      return broken(number, "a checkpoint outside the database knows another one");
    }
    if (detailOf(link).map(texts::get).filter(detail -> !detail.isSame()).isPresent()) {
      return broken(number, "what it says about a person was changed");
    }
    return Optional.empty();
  }

  private Result ending(
      Checkpoint end, Checkpoint head, NavigableMap<Long, Checkpoint> open, long erased) {
    if (end.number() > 0 && !head.hasSeal(end.seal())) {
      return new Result.Broken(end.number(), "the end of the log is not the one that was written");
    }
    if (!open.isEmpty() && open.lastKey() > end.number()) {
      return new Result.Broken(
          end.number() + 1,
          "it and those up to %d were taken out: a checkpoint outside the database knows them"
              .formatted(open.lastKey()));
    }
    return slippedIn()
        .<Result>map(entry ->
            new Result.Broken(
                end.number(), "entry %d of the ledger was put in beside the log".formatted(entry)))
        .orElseGet(() -> new Result.Whole(end.number(), end, erased));
  }

  private static Optional<Result> broken(long number, String what) {
    return Optional.of(new Result.Broken(number, what));
  }

  private static boolean isErased(Link link, Map<String, AuditDetails.Detail> texts) {
    return detailOf(link).filter(detail -> !texts.containsKey(detail)).isPresent();
  }

  private Checkpoint head() {
    return jdbc.sql("select number, seal from audit_head where id = 1")
        .query((row, _) -> new Checkpoint(row.getLong("number"), row.getBytes("seal")))
        .optional()
        .orElseGet(() -> new Checkpoint(0, new byte[0]));
  }

  private List<Link> after(long number) {
    return jdbc.sql(
            """
            select audit_seal.number, audit_seal.entry, audit_seal.seal, ledger.*
            from audit_seal
            left join ledger on ledger.id = audit_seal.entry
            where audit_seal.number > :number
            order by audit_seal.number
            limit :limit
            """)
        .param("number", number)
        .param("limit", CHUNK)
        .query((row, at) -> {
          boolean isThere = row.getObject("at") != null;
          return new Link(
              row.getLong("number"),
              row.getLong("entry"),
              row.getBytes("seal"),
              isThere ? SealChain.read(row, at) : null);
        })
        .list();
  }

  private Map<String, AuditDetails.Detail> details(List<Link> chunk) {
    return details.of(chunk.stream().flatMap(link -> detailOf(link).stream()));
  }

  private static Optional<String> detailOf(Link link) {
    return Optional.ofNullable(link.sealed()).flatMap(it -> AuditDetails.hashIn(it.entry()));
  }

  /// An entry of the ledger that looks like one of the log but was never sealed.
  private Optional<Long> slippedIn() {
    return jdbc.sql(
            """
            select id
            from ledger
            where subject_kind = any(:subjects)
              and not exists (select from audit_seal where audit_seal.entry = ledger.id)
            order by id
            limit 1
            """)
        .param("subjects", AuditTrail.SUBJECTS.toArray(String[]::new))
        .query(Long.class)
        .optional();
  }
}
