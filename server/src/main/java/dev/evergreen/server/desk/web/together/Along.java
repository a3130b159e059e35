package dev.evergreen.server.desk.web.together;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.ticket.Attachment;
import dev.evergreen.server.ticket.Attachments;
import dev.evergreen.server.ticket.NewAttachment;
import dev.evergreen.server.ticket.Ticket;
import dev.evergreen.server.ticket.composing.Uploads;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.web.multipart.MultipartFile;

/// Files that go along to a partner: of the ticket, by choice, and new ones. Only what stands on
/// the ticket can be chosen.
@Component
final class Along {
  private static final int MOST = 30;

  private final Attachments attachments;
  private final Uploads uploads;

  Along(Attachments attachments, Uploads uploads) {
    this.attachments = attachments;
    this.uploads = uploads;
  }

  Handing offered(Ticket ticket, Set<Long> chosen) {
    return new Handing(attachments.of(ticket.id(), MOST), chosen);
  }

  Outcome<List<NewAttachment>> files(
      Ticket ticket, Set<Long> chosen, List<MultipartFile> uploaded) {
    return uploads
        .store(uploaded)
        .map(stored -> {
          var files = new ArrayList<NewAttachment>();
          if (!chosen.isEmpty()) {
            attachments.of(ticket.id(), MOST).stream()
                .filter(file -> chosen.contains(file.id()))
                .map(Along::again)
                .forEach(files::add);
          }
          files.addAll(stored);
          return List.copyOf(files);
        });
  }

  private static NewAttachment again(Attachment file) {
    return new NewAttachment(file.file(), file.name(), file.type(), file.size(), null);
  }
}
