package dev.evergreen.server.ticket.composing;

import dev.evergreen.server.platform.DatabaseClock;
import dev.evergreen.server.platform.FileId;
import dev.evergreen.server.platform.Files;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.ticket.Attachment;
import dev.evergreen.server.ticket.AttachmentName;
import dev.evergreen.server.ticket.NewAttachment;
import dev.evergreen.server.ticket.TicketId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.multipart.MultipartFile;

/// The files of drafts. Each is taken in as soon as it is dropped or pasted, so that it is there
/// after a reload; sending hands them on.
@Component
public class DraftFiles {
  /// For one draft, all its files together: what mail servers commonly take.
  private static final long MOST_BYTES = 25L << 20;

  private static final long MOST_PICTURE_BYTES = 5L << 20;
  private static final int MOST = 50;

  private final JdbcClient jdbc;
  private final Files files;
  private final DatabaseClock clock;

  DraftFiles(JdbcClient jdbc, Files files, DatabaseClock clock) {
    this.jdbc = jdbc;
    this.files = files;
    this.clock = clock;
  }

  /// Takes a file in.
  ///
  /// @param shown whether it is to be shown among the words: then it must be an image
  @Transactional
  public Outcome<DraftFile> add(TicketId ticket, AgentId agent, MultipartFile sent, boolean shown) {
    long size = sent.getSize();
    var before = of(ticket, agent);
    if (before.size() >= MOST
        || before.stream().mapToLong(DraftFile::size).sum() + size > MOST_BYTES) {
      return Outcome.rejected(
          Reason.INVALID, "Too large to be mailed: all files together may have 25 MB.");
    }
    if (shown && size > MOST_PICTURE_BYTES) {
      return Outcome.rejected(
          Reason.INVALID, "Too large to show: an image among the words may have 5 MB.");
    }
    try (var content = sent.getInputStream()) {
      byte[] head = content.readNBytes(PictureType.HEAD);
      var picture = PictureType.of(head);
      if (shown && picture.isEmpty()) {
        return Outcome.rejected(
            Reason.INVALID, "Expected a PNG, JPEG, GIF or WebP image to show among the words.");
      }
      var file = files.store(new SequenceInputStream(new ByteArrayInputStream(head), content));
      var name = sent.getOriginalFilename();
      var said = sent.getContentType();
      return Outcome.accepted(
          insert(
              ticket,
              agent,
              new NewAttachment(
                  file,
                  AttachmentName.clean(name == null ? "" : name),
                  picture
                      .map(type -> type.mediaType)
                      .orElse(said == null ? "application/octet-stream" : said),
                  size,
                  shown ? UUID.randomUUID() + "@evergreen" : null),
              false));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Puts a file back that was about to go out.
  @Transactional
  public void putBack(TicketId ticket, AgentId agent, NewAttachment file) {
    var _ = insert(ticket, agent, file, false);
  }

  /// Lets a file go out once more that stands on a message.
  @Transactional
  public void borrow(TicketId ticket, AgentId agent, Attachment file) {
    var _ =
        insert(
            ticket,
            agent,
            new NewAttachment(file.file(), file.name(), file.type(), file.size(), null),
            true);
  }

  private DraftFile insert(TicketId ticket, AgentId agent, NewAttachment file, boolean borrowed) {
    return jdbc.sql(
            """
            insert into draft_file (
              ticket_id, agent_id, file_id, name, type, size, content_id, borrowed, kept_at
            )
            values (:ticket, :agent, :file, :name, :type, :size, :contentId, :borrowed, :now)
            returning *
            """)
        .param("ticket", ticket.value())
        .param("agent", agent.value())
        .param("file", file.file().value())
        .param("name", file.name())
        .param("type", file.type())
        .param("size", file.size())
        .param("contentId", file.contentId())
        .param("borrowed", borrowed)
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .query(DraftFiles::read)
        .single();
  }

  public List<DraftFile> of(TicketId ticket, AgentId agent) {
    return jdbc.sql(
            """
            select * from draft_file
            where ticket_id = :ticket and agent_id = :agent
            order by id
            """)
        .param("ticket", ticket.value())
        .param("agent", agent.value())
        .query(DraftFiles::read)
        .list();
  }

  /// An image that the words of one's own draft show.
  public Optional<DraftFile> picture(TicketId ticket, AgentId agent, String contentId) {
    return of(ticket, agent).stream()
        .filter(file -> contentId.equals(file.contentId()))
        .findFirst();
  }

  /// Takes one out again; nothing happens when it is gone.
  @Transactional
  public void remove(TicketId ticket, AgentId agent, long id) {
    jdbc.sql(
            """
            delete from draft_file
            where id = :id and ticket_id = :ticket and agent_id = :agent
            returning *
            """)
        .param("id", id)
        .param("ticket", ticket.value())
        .param("agent", agent.value())
        .query(DraftFiles::read)
        .optional()
        .ifPresent(this::forget);
  }

  /// Hands on what goes out, in the caller's transaction: all that is attached, and of the images
  /// those that the words still show. The draft has no files afterwards.
  ///
  /// @param shown the content ids in the words
  @Transactional
  public List<NewAttachment> take(TicketId ticket, AgentId agent, Collection<String> shown) {
    var taken =
        jdbc.sql(
                """
                delete from draft_file
                where ticket_id = :ticket and agent_id = :agent
                returning *
                """)
            .param("ticket", ticket.value())
            .param("agent", agent.value())
            .query(DraftFiles::read)
            .list();
    taken.stream().filter(file -> !goesOut(file.contentId(), shown)).forEach(this::forget);
    return taken.stream()
        .filter(file -> goesOut(file.contentId(), shown))
        .map(DraftFile::attachment)
        .toList();
  }

  private static boolean goesOut(@Nullable String contentId, Collection<String> shown) {
    return contentId == null || shown.contains(contentId);
  }

  private void forget(DraftFile file) {
    if (!file.isBorrowed()) {
      files.delete(file.file());
    }
  }

  private static DraftFile read(ResultSet row, int number) throws SQLException {
    return new DraftFile(
        row.getLong("id"),
        new FileId(row.getLong("file_id")),
        row.getString("name"),
        row.getString("type"),
        row.getLong("size"),
        row.getString("content_id"),
        row.getBoolean("borrowed"));
  }
}
