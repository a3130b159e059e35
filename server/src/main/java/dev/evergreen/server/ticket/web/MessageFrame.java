package dev.evergreen.server.ticket.web;

import dev.evergreen.server.platform.Files;
import dev.evergreen.server.ticket.Attachment;
import dev.evergreen.server.ticket.Message;
import dev.evergreen.server.ticket.relation.HiddenLinks;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Writes a message's HTML as a whole page with its inline images in it: a frame without our origin
/// has no session, so it could not fetch them. Images stream; none is held in memory.
@Component
class MessageFrame {
  private static final Set<String> IMAGES =
      Set.of("image/png", "image/jpeg", "image/gif", "image/webp");
  private static final long MOST_IMAGE_BYTES = 10L << 20;

  private static final String BEFORE =
      """
      <!doctype html>
      <html lang="und"><head><meta charset="utf-8"><base target="_blank"><title>Message</title>
      <style>
      body { margin: 0; font: 14px/1.55 system-ui, sans-serif; color: #18231d; overflow-wrap: anywhere; }
      img { max-width: 100%; height: auto; }
      blockquote { margin: 8px 0; padding-inline-start: 12px; border-inline-start: 2px solid #d5dbd7; }
      </style></head><body>
      """;

  private final Files files;
  private final HiddenLinks links;

  MessageFrame(Files files, HiddenLinks links) {
    this.files = files;
    this.links = links;
  }

  /// An image that stands in the HTML where its mark is.
  private record Image(String mark, Attachment attachment) {}

  void write(Message message, OutputStream out) throws IOException {
    var html = Jsoup.parseBodyFragment(Objects.requireNonNullElse(message.body().html(), ""));
    html.outputSettings().prettyPrint(false);
    var images = mark(html, message.body().attachments());
    html.select("a[href]").stream()
        .filter(anchor -> links.isOne(anchor.attr("href")))
        .forEach(anchor -> anchor.removeAttr("href"));
    var rest = links.hidden(html.body().html());
    write(BEFORE, out);
    for (var image : images) {
      int at = rest.indexOf(image.mark());
      write(rest.substring(0, at), out);
      writeData(image.attachment(), out);
      rest = rest.substring(at + image.mark().length());
    }
    write(rest, out);
    write("</body></html>", out);
  }

  /// Puts a mark nobody can guess where an image belongs; takes images away that did not come
  /// along.
  private static List<Image> mark(Document html, List<Attachment> attachments) {
    var images = new ArrayList<Image>();
    long bytes = 0;
    for (var element : html.select("img")) {
      var attachment = named(element.attr("src"), attachments);
      if (attachment == null || (bytes += attachment.size()) > MOST_IMAGE_BYTES) {
        element.removeAttr("src");
      } else {
        var image = new Image(UUID.randomUUID().toString(), attachment);
        element.attr("src", image.mark());
        images.add(image);
      }
    }
    return images;
  }

  private static @Nullable Attachment named(String source, List<Attachment> attachments) {
    if (!source.regionMatches(true, 0, "cid:", 0, 4)) {
      return null;
    }
    var wanted = bare(decoded(source.substring(4)));
    return attachments.stream()
        .filter(file -> file.contentId() != null && bare(file.contentId()).equals(wanted))
        .filter(file -> IMAGES.contains(file.type().toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElse(null);
  }

  private static String decoded(String contentId) {
    try {
      return URLDecoder.decode(contentId.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return contentId;
    }
  }

  private static String bare(String contentId) {
    return contentId.replaceAll("^<|>$", "");
  }

  private void writeData(Attachment image, OutputStream out) throws IOException {
    write("data:" + image.type().toLowerCase(Locale.ROOT) + ";base64,", out);
    try (var content = files.open(image.file());
        var encoded = Base64.getEncoder().wrap(new Lasting(out))) {
      content.transferTo(encoded);
    }
  }

  private static void write(String text, OutputStream out) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  /// Closing the encoder writes its last bytes; the page goes on after them.
  private static final class Lasting extends FilterOutputStream {
    Lasting(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
    }

    @Override
    public void close() throws IOException {
      out.flush();
    }
  }
}
