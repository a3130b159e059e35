package dev.evergreen.server.desk.web;

import dev.evergreen.server.platform.web.Page;
import dev.evergreen.server.ticket.TicketStatus;
import dev.evergreen.server.ticket.composing.DraftFile;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where an agent writes: to the customer, or a note. What was written so far is kept. `problem`
/// says why it was not sent; empty when nothing was refused.
public record Composer(
    long number,
    long agent,
    String customer,
    Draft written,
    List<File> files,
    @Nullable Sending sending,
    String problem) {

  public Composer {
    files = List.copyOf(files);
  }

  /// What has been written so far, with its formatting if it has any, and whether it is a note.
  public record Draft(
      String text,
      String html,
      boolean note,
      dev.evergreen.server.ticket.composing.Draft.Copies copies) {
    static final Draft EMPTY =
        new Draft("", "", false, dev.evergreen.server.ticket.composing.Draft.Copies.UNDECIDED);
  }

  /// Who gets a reply: the customer, those in copy as typed, and whom the customer's last mail
  /// named without anybody having decided yet.
  public record Recipients(String to, String cc, String bcc, List<String> proposed) {
    public Recipients {
      proposed = List.copyOf(proposed);
    }

    /// Whether somebody gets it beside the customer.
    public boolean isOpen() {
      return !cc.isEmpty() || !bcc.isEmpty();
    }
  }

  /// A file that goes out with it.
  public record File(long id, String name, String size) {
    static File of(DraftFile file) {
      return new File(file.id(), file.name(), Timeline.Attached.size(file.size()));
    }
  }

  /// How a reply goes out; nobody who may only note has it.
  public record Sending(
      Duration undo, List<Choice> macros, Recipients recipients, Seen seen, After after) {
    public Sending {
      macros = List.copyOf(macros);
    }

    /// A morning to send on, as the form gives it back.
    public String tomorrow(Page page) {
      return SendTime.tomorrowMorning(page.reader().zone(), page.now()).toString();
    }

    public String monday(Page page) {
      return SendTime.mondayMorning(page.reader().zone(), page.now()).toString();
    }
  }

  /// What may become of the ticket when it is sent, and from which view its reader came.
  public record After(String view, boolean goesOn, Offered offered) {
    /// The statuses that it can be sent into, in the team's order; what closes it comes last.
    public List<TicketStatus> statuses() {
      return Stream.concat(offered.underWay().stream(), offered.closing().stream()).toList();
    }
  }

  /// What whoever writes knows of the ticket: its revision, that a colleague's answer crosses, and
  /// that others still work on it.
  public record Seen(long revision, boolean isWarned, boolean isAsked) {}

  public boolean mayReply() {
    return sending != null;
  }

  public String draft() {
    return written.text();
  }

  public boolean isNote() {
    return written.note() || !mayReply();
  }
}
