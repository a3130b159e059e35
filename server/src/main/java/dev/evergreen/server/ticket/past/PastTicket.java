package dev.evergreen.server.ticket.past;

import dev.evergreen.server.customer.CustomerId;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.field.FieldValues;
import dev.evergreen.server.ticket.NewMessage;
import dev.evergreen.server.ticket.Priority;
import dev.evergreen.server.ticket.Severity;
import dev.evergreen.server.ticket.Status;
import dev.evergreen.server.ticket.StatusId;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.TicketType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A ticket that comes with its whole past from another program, everything in it already in words
/// of ours.
///
/// @param entries what was said, noted and done, in order
public record PastTicket(
    String subject,
    Ticket.Origin origin,
    Standing standing,
    Ticket.Assignment assignment,
    Kept kept,
    Ticket.Moments moments,
    List<Entry> entries) {
  public PastTicket {
    entries = List.copyOf(entries);
  }

  public CustomerId customer() {
    return origin.customer();
  }

  /// Where it stands. `priorityReason` says why it has its priority.
  public record Standing(
      Status status,
      @Nullable StatusId own,
      Priority priority,
      String priorityReason,
      String outcome,
      int reopened) {}

  /// How it is sorted.
  public record Kept(
      @Nullable TicketType type,
      @Nullable Severity severity,
      String category,
      List<Long> tags,
      FieldValues fields,
      String rootCause) {
    public Kept {
      tags = List.copyOf(tags);
    }
  }

  /// One entry of its timeline.
  public sealed interface Entry {
    Actor by();

    Instant at();

    /// A message. The HTML is sanitized already.
    record Said(NewMessage message, Way way) implements Entry {
      public boolean incoming() {
        return way != Way.TO_CUSTOMER;
      }

      @Override
      public Actor by() {
        return message.author();
      }

      @Override
      public Instant at() {
        return message.at();
      }
    }

    /// From whom to whom a message went; a machine may have written in the customer's place.
    enum Way {
      FROM_CUSTOMER,
      FROM_MACHINE,
      TO_CUSTOMER
    }

    record Noted(Actor by, Instant at, String text) implements Entry {}

    /// Something that was done, as the ledger calls it.
    record Happened(Actor by, Instant at, String kind, Map<String, Object> data) implements Entry {
      public Happened {
        data = Map.copyOf(data);
      }
    }
  }
}
