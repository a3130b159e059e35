package dev.evergreen.server.ticket.composing;

import dev.evergreen.server.platform.Files;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.ticket.AttachmentName;
import dev.evergreen.server.ticket.NewAttachment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.web.multipart.MultipartFile;

/// Takes in the files that come with a form, streaming.
@Component
public class Uploads {
  /// For one entry, all its files together: what mail servers commonly take.
  private static final long MOST_BYTES = 25L << 20;

  private final Files files;

  Uploads(Files files) {
    this.files = files;
  }

  /// Stores the files, or none of them. A form without files sends one without a name: that is
  /// none.
  public Outcome<List<NewAttachment>> store(List<MultipartFile> sent) {
    var chosen = sent.stream().filter(file -> !nameOf(file).isEmpty()).toList();
    if (chosen.stream().mapToLong(MultipartFile::getSize).sum() > MOST_BYTES) {
      return Outcome.rejected(
          Reason.INVALID,
          "These files are too large to be mailed: together at most 25 MB. Nothing was sent; take"
              + " one out, or send a link instead.");
    }
    var stored = new ArrayList<NewAttachment>();
    for (var file : chosen) {
      stored.add(store(file));
    }
    return Outcome.accepted(List.copyOf(stored));
  }

  private NewAttachment store(MultipartFile file) {
    try (var content = file.getInputStream()) {
      var type = file.getContentType();
      return new NewAttachment(
          files.store(content),
          AttachmentName.clean(nameOf(file)),
          type == null ? "application/octet-stream" : type,
          file.getSize(),
          null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String nameOf(MultipartFile file) {
    var name = file.getOriginalFilename();
    return name == null ? "" : name;
  }
}
