package dev.evergreen.server.channel;

import dev.evergreen.server.channel.mime.MailReader;
import dev.evergreen.server.channel.mime.MailRefused;
import dev.evergreen.server.channel.mime.ParsedMail;
import dev.evergreen.server.platform.Bell;
import dev.evergreen.server.platform.FileId;
import dev.evergreen.server.platform.Files;
import dev.evergreen.server.platform.FirstTry;
import dev.evergreen.server.platform.Savepoints;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/// The front door for mail. What [#accept] has returned for is kept, whatever happens next; reading
/// it comes after, in bounded time, and ends at a ticket or in quarantine, never in nothing.
@Component
public class MailIntake {
  private static final Logger log = LoggerFactory.getLogger(MailIntake.class);

  private static final int BATCH = 50;
  private static final int MAX_FAILURES = 3;
  private static final int MAX_CLAIMS = 12;
  private static final Duration LEASE = Duration.ofSeconds(15);
  private static final Duration READING_LIMIT = Duration.ofSeconds(8);
  private static final Duration BATCH_LIMIT = Duration.ofSeconds(3);

  private final Arrivals arrivals;
  private final Reception reception;
  private final OwnAddresses own;
  private final Files files;
  private final InstantSource clock;
  private final TransactionTemplate transaction;
  private final Savepoints savepoints;
  private final Bell bell = new Bell();

  MailIntake(
      Arrivals arrivals,
      Reception reception,
      OwnAddresses own,
      Files files,
      InstantSource clock,
      PlatformTransactionManager transactions,
      Savepoints savepoints) {
    this.arrivals = arrivals;
    this.reception = reception;
    this.own = own;
    this.files = files;
    this.clock = clock;
    this.transaction = new TransactionTemplate(transactions);
    this.savepoints = savepoints;
  }

  /// Keeps a raw mail, once for each mailbox it is for. Empty when this very mail is kept already.
  /// The caller may acknowledge it once the transaction has committed, which is when this returns
  /// unless the caller has one of its own.
  @Transactional
  public List<ArrivalId> accept(InputStream raw, Envelope envelope) throws IOException {
    var seen = new RawMail(raw);
    Instant now = clock.instant();
    FileId file = files.store(seen);
    var content = new Arrivals.Content(file, seen.size(), seen.sha256(), seen.messageId());
    var kept = new ArrayList<ArrivalId>();
    for (String mailbox : mailboxes(envelope)) {
      arrivals.add(content, mailbox, envelope, now).ifPresent(kept::add);
    }
    if (kept.isEmpty()) {
      files.delete(file);
    } else {
      bell.ring();
    }
    return List.copyOf(kept);
  }

  private List<String> mailboxes(Envelope envelope) {
    List<String> ours =
        envelope.recipients().stream()
            .map(own::mailboxOf)
            .flatMap(Optional::stream)
            .distinct()
            .toList();
    return ours.isEmpty() ? List.of(own.support().toString()) : ours;
  }

  /// Reads what waits until nothing is left that may be read now; returns how many mails that were.
  public int readWaiting() {
    int read = 0;
    for (int more = readSome(); more > 0; more = readSome()) {
      read += more;
    }
    return read;
  }

  /// Reads one batch: many mails in one transaction; when one of them fails, again with each at its
  /// own savepoint.
  public int readSome() {
    List<Arrivals.Arrival> claimed =
        Objects.requireNonNull(
            transaction.execute(_ -> arrivals.claim(BATCH, clock.instant(), LEASE)));
    read(claimed.stream().filter(Arrivals.Arrival::isFresh).toList());
    read(claimed.stream().filter(arrival -> !arrival.isFresh()).toList());
    return claimed.size();
  }

  /// Waits for mail to be accepted on this node, at most so long; other nodes' are found by
  /// looking.
  public void awaitNews(Duration limit) throws InterruptedException {
    bell.await(limit);
  }

  /// Puts a mail in quarantine back to be read again.
  @Transactional
  public boolean retry(ArrivalId id) {
    bell.ring();
    return arrivals.retry(id, clock.instant());
  }

  /// Throws a mail in quarantine away, with its raw bytes.
  @Transactional
  public boolean discard(ArrivalId id) {
    Optional<FileId> raw = arrivals.rawOf(id);
    boolean discarded = arrivals.discard(id);
    if (discarded) {
      raw.ifPresent(files::delete);
    }
    return discarded;
  }

  private void read(List<Arrivals.Arrival> batch) {
    if (batch.isEmpty()) {
      return;
    }
    if (FirstTry.isOn()) {
      readInTransaction(batch, this::receive);
      return;
    }
    if (TransactionSynchronizationManager.isActualTransactionActive()) {
      readWithCare(batch); // of the caller's transaction, only the part at fault may be undone
      return;
    }
    try {
      FirstTry.of(() -> inTransaction(batch, this::receive));
    } catch (RuntimeException | StackOverflowError e) {
      log.debug("A batch of mails failed and is read again one by one.", e);
      readWithCare(batch);
    }
  }

  private void readWithCare(List<Arrivals.Arrival> batch) {
    try {
      inTransaction(batch, this::readOne);
    } catch (DataAccessException | TransactionException e) {
      log.warn(
          "Reading {} mails failed as a whole; they are kept and read again in {} s",
          batch.size(),
          LEASE.toSeconds(),
          e);
    }
  }

  private interface Reading {
    void of(Arrivals.Arrival arrival);
  }

  private boolean inTransaction(List<Arrivals.Arrival> batch, Reading reading) {
    transaction.executeWithoutResult(_ -> readInTransaction(batch, reading));
    return true;
  }

  private void readInTransaction(List<Arrivals.Arrival> batch, Reading reading) {
    long end = System.nanoTime() + BATCH_LIMIT.toNanos();
    Set<ArrivalId> held = arrivals.held(batch);
    for (int i = 0; i < batch.size(); i++) {
      if (i > 0 && System.nanoTime() > end) {
        arrivals.release(batch.subList(i, batch.size()), clock.instant());
        return;
      }
      if (held.contains(batch.get(i).id())) {
        reading.of(batch.get(i));
      }
    }
  }

  private void readOne(Arrivals.Arrival arrival) {
    try {
      savepoints.within(() -> receive(arrival));
    } catch (MailRefused refused) {
      quarantine(arrival, String.valueOf(refused.getMessage()));
    } catch (RuntimeException | StackOverflowError e) {
      log.warn("Mail {} could not be read, failure {}", arrival.id(), arrival.failures() + 1, e);
      if (arrival.failures() + 1 >= MAX_FAILURES) {
        quarantine(arrival, "reading it failed " + MAX_FAILURES + " times: " + e.getMessage());
      } else {
        Duration pause = Duration.ofSeconds(2L << (2 * arrival.failures()));
        arrivals.failed(arrival, String.valueOf(e.getMessage()), clock.instant().plus(pause));
      }
    }
  }

  private void receive(Arrivals.Arrival arrival) {
    if (arrival.claims() > MAX_CLAIMS) {
      throw new MailRefused("reading it was broken off " + MAX_CLAIMS + " times");
    }
    FileId file = arrival.file();
    if (file == null) {
      throw new MailRefused("its bytes are not kept");
    }
    try (InputStream raw = files.open(file)) {
      ParsedMail mail =
          MailReader.read(raw, content -> files.store(content).value(), READING_LIMIT);
      reception.receive(arrival, mail);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void quarantine(Arrivals.Arrival arrival, String reason) {
    log.warn("Mail {} is in quarantine: {}", arrival.id(), reason);
    arrivals.quarantine(arrival.id(), reason);
  }
}
