package dev.evergreen.server.channel;

import dev.evergreen.server.channel.mime.HtmlSanitizer;
import dev.evergreen.server.channel.mime.WrittenText;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.TextNode;
import org.jspecify.annotations.Nullable;

/// The words of a message of ours: plain text, and with formatting where there is any. Where there
/// is, the text is made from it, so that both say the same.
///
/// @param html what our own editor can write and nothing else; null when plain text says it all
public record Written(String text, @Nullable String html) {
  private static final Pattern MORE_THAN_LINES =
      Pattern.compile("<(?!/?p>|br ?/?>)", Pattern.CASE_INSENSITIVE);

  /// Reads what came from the composer.
  ///
  /// @param html blank when it was written without the editor
  public static Written of(String text, String html) {
    if (html.isBlank()) {
      return new Written(text.strip(), null);
    }
    String clean = HtmlSanitizer.written(html);
    boolean isFormatted = MORE_THAN_LINES.matcher(clean).find();
    return new Written(WrittenText.of(clean), isFormatted ? clean : null);
  }

  /// As it may stand in one of our pages, whoever stored it.
  ///
  /// @param picture where an image is shown from, by its content id; null for one that is not
  public static String shown(String html, Function<String, @Nullable String> picture) {
    var document = Jsoup.parseBodyFragment(HtmlSanitizer.written(html));
    document.outputSettings().prettyPrint(false);
    var body = document.body();
    for (var image : body.select("img")) {
      String address = picture.apply(image.attr("src").substring("cid:".length()));
      if (address == null) {
        image.replaceWith(new TextNode("[" + image.attr("alt") + "]"));
      } else {
        image.attr("src", address).attr("loading", "lazy");
      }
    }
    return body.html();
  }

  /// Whether there is nothing to send.
  public boolean isBlank() {
    return text.isBlank();
  }

  /// The content ids of the images that it shows.
  public List<String> images() {
    return html == null
        ? List.of()
        : Jsoup.parseBodyFragment(html).select("img").stream()
            .map(image -> image.attr("src").substring("cid:".length()))
            .distinct()
            .toList();
  }
}
