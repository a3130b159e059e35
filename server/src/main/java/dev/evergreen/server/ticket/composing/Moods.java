package dev.evergreen.server.ticket.composing;

import dev.evergreen.server.ticket.TicketId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Tells how what a customer last wrote sounds, by words that angry people use, in English and
/// German. It asks for attention and decides nothing; whatever reads moods better takes its place
/// behind the same question.
@Component
public class Moods {
  private static final Pattern SHOUTED = Pattern.compile("\\b\\p{Lu}{4,}\\b");
  private static final Pattern INSISTENT = Pattern.compile("[!?]{2,}");
  private static final int ANGRY = 2;
  private static final int MANY_SHOUTED = 3;
  private static final int READ = 10_000;

  private final JdbcClient jdbc;
  private final List<Pattern> strong = words("strong");
  private final List<Pattern> weak = words("weak");

  Moods(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// How the newest words of the customer sound; calm when there are none.
  public Mood of(TicketId ticket) {
    return jdbc.sql(
            """
            select left(text, coalesce(fold_at, length(text))) as words
            from message
            where ticket_id = :ticket and direction = 'in'
            order by revision desc
            limit 1
            """)
        .param("ticket", ticket.value())
        .query((row, _) -> row.getString("words"))
        .optional()
        .map(this::of)
        .orElse(Mood.CALM);
  }

  Mood of(String said) {
    String text = said.substring(0, Math.min(said.length(), READ));
    String small = text.toLowerCase(Locale.ROOT);
    long anger =
        2 * count(strong, small)
            + count(weak, small)
            + (SHOUTED.matcher(text).results().count() >= MANY_SHOUTED ? 1 : 0)
            + (INSISTENT.matcher(text).find() ? 1 : 0);
    return anger >= ANGRY ? Mood.ANGRY : Mood.CALM;
  }

  private static long count(List<Pattern> words, String text) {
    return words.stream().filter(word -> word.matcher(text).find()).count();
  }

  /// One word or phrase a line; of a word that ends in `*` every ending counts.
  private static List<Pattern> words(String list) {
    String name = "/words/angry-" + list + ".txt";
    try (InputStream in = Moods.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("expected " + name + " on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line ->
              Pattern.compile(
                  "(?U)\\b"
                      + Pattern.quote(line.replace("*", ""))
                      + (line.endsWith("*") ? "" : "\\b")))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
