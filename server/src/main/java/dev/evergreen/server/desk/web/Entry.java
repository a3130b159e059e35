package dev.evergreen.server.desk.web;

import dev.evergreen.server.channel.Copies;
import dev.evergreen.server.channel.CrossedAnswers;
import dev.evergreen.server.channel.Written;
import dev.evergreen.server.platform.EmailAddress;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.ticket.StatusId;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.composing.Draft;
import dev.evergreen.server.ticket.composing.MacroEffects;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.web.multipart.MultipartFile;

/// What the composer's form sends. A browser without scripts sends words without formatting, and
/// its files with the form.
///
/// @param hold there when the page offers to take back what was sent for a moment
/// @param status what the ticket is put into when it is sent
/// @param anyway there when it is to be settled although others still work on it
/// @param from the key of the view that the ticket was opened from
/// @param seen the revision of the ticket that the page was made at
/// @param later the time to send at; `chosen` when it is the one in `at`, null for none
record Entry(
    @Nullable String text,
    @Nullable String html,
    @Nullable List<MultipartFile> files,
    @Nullable Long completes,
    @Nullable String hold,
    @Nullable String later,
    @Nullable String at,
    @Nullable Long macro,
    @Nullable String cc,
    @Nullable String bcc,
    @Nullable Long seen,
    @Nullable String warned,
    @Nullable Long status,
    @Nullable String outcome,
    @Nullable String anyway,
    @Nullable String from) {
  private static final int LONGEST = 100_000;
  private static final int LONGEST_HTML = 400_000;

  boolean isTooLong() {
    return typed(text).length() > LONGEST || typed(html).length() > LONGEST_HTML;
  }

  Written words() {
    return Written.of(typed(text), typed(html));
  }

  List<MultipartFile> uploads() {
    return files == null ? List.of() : files;
  }

  /// Who else gets it; null where the form does not ask.
  Outcome<Optional<Copies>> copies(Predicate<EmailAddress> isOwn) {
    return cc == null
        ? Outcome.accepted(Optional.empty())
        : Copies.read(cc, typed(bcc), isOwn).map(Optional::of);
  }

  /// Who answered while this was written; nobody for one who was told already.
  Optional<String> crossing(CrossedAnswers crossed, Ticket ticket, Agent writer) {
    return seen == null || warned != null
        ? Optional.empty()
        : crossed.since(ticket.id(), seen, writer.id());
  }

  /// Where the ticket is put with it, if that was chosen here.
  Optional<MacroEffects.Settling> settling() {
    return status == null
        ? Optional.empty()
        : Optional.of(
            new MacroEffects.Settling(
                new StatusId(status), outcome == null || outcome.isBlank() ? null : outcome));
  }

  /// The key of the view that the ticket was opened from; empty when none was said.
  String view() {
    return typed(from);
  }

  boolean isForLater() {
    return later != null;
  }

  /// The later time as it was typed.
  String time() {
    return "chosen".equals(later) ? typed(at) : typed(later);
  }

  boolean mayBeUndone() {
    return hold != null;
  }

  /// As it comes back when it could not be taken.
  Composer.Draft draft(boolean note) {
    return new Composer.Draft(typed(text), typed(html), note, new Draft.Copies(cc, typed(bcc)));
  }

  private static String typed(@Nullable String field) {
    return Objects.requireNonNullElse(field, "");
  }
}
