package dev.evergreen.server.channel;

import dev.evergreen.server.customer.Customer;
import dev.evergreen.server.platform.EmailAddress;
import dev.evergreen.server.ticket.TicketId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/// Whom a ticket's next letter goes to, which mail it answers, and whether a machine may write it.
@Component
class Hearing {
  /// Machines write at most so often within an hour to an address that nobody has answered from
  /// yet; who writes in a stranger's name cannot have the stranger flooded.
  private static final int TO_UNPROVEN = 3;

  /// To one that somebody has: this ends loops with robots that hide what they are.
  private static final int TO_PROVEN = 10;

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration ROBOT_PAUSE = Duration.ofMinutes(10);
  private static final Pattern MESSAGE_ID = Pattern.compile("<([!-;=?-~]{3,250})>");

  private final Arrivals arrivals;
  private final Outbox outbox;
  private final ProvenAddresses proven;
  private final InstantSource clock;

  Hearing(Arrivals arrivals, Outbox outbox, ProvenAddresses proven, InstantSource clock) {
    this.arrivals = arrivals;
    this.outbox = outbox;
    this.proven = proven;
    this.clock = clock;
  }

  Instant now() {
    return clock.instant();
  }

  /// What the ticket has heard by mail; the other questions are answered from it.
  Optional<Arrivals.Heard> on(TicketId ticket) {
    return arrivals.latestOn(ticket.value());
  }

  /// The customer's address that last wrote on the ticket, if it is still the customer's.
  EmailAddress addressFor(Optional<Arrivals.Heard> heard, Customer customer) {
    String address =
        heard
            .map(Arrivals.Heard::author)
            .filter(customer.addresses()::contains)
            .orElse(customer.address());
    return EmailAddress.parse(address)
        .orElseThrow(() -> new IllegalStateException("expected an address, found " + address));
  }

  /// Answers the last mail, and names the first one and our own earlier ones, in the order in which
  /// they came, so that the customer's program shows one thread. Only what has the form of a
  /// Message-ID is repeated.
  Letter.Threading threadFor(
      TicketId ticket, Optional<Arrivals.Heard> heard, EmailAddress address) {
    var chain = new LinkedHashSet<String>();
    heard.flatMap(mail -> bare(mail.firstMessageId())).ifPresent(chain::add);
    chain.addAll(outbox.earlierIds(ticket.value(), address));
    Optional<String> last = heard.flatMap(mail -> bare(mail.messageId()));
    last.ifPresent(chain::add);
    String answers = last.orElse(chain.isEmpty() ? "" : chain.getLast());
    return new Letter.Threading(answers, List.copyOf(chain));
  }

  private static Optional<String> bare(String messageId) {
    return Optional.of(MESSAGE_ID.matcher(messageId)).filter(Matcher::find).map(id -> id.group(1));
  }

  boolean isProven(EmailAddress address) {
    return proven.contains(address);
  }

  /// No machine answers a machine, nor writes to anybody more often than its share.
  boolean machineMayWrite(Optional<Arrivals.Heard> heard, EmailAddress address, boolean proven) {
    boolean robot =
        heard
            .filter(last ->
                last.onlyMachines()
                    || (last.automatic() && last.at().isAfter(now().minus(ROBOT_PAUSE))))
            .isPresent();
    long share = proven ? TO_PROVEN : TO_UNPROVEN;
    return !robot && outbox.automaticSince(address, now().minus(HOUR)) < share;
  }
}
