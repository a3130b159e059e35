package dev.evergreen.server.channel.mime;

import java.util.List;
import java.util.regex.Pattern;

/// Finds where a mail stops saying something new: the quoted history and the signature that readers
/// want folded away. Only a tail is ever cut: an answer written between quoted lines stays whole.
public final class QuotedText {
  private static final Pattern SEPARATOR =
      Pattern.compile(
          "(?i)^(-- |--|_{5,}|-{2,} ?(original message|forwarded message|ursprüngliche nachricht"
              + "|message d'origine|mensaje original|weitergeleitete nachricht) ?-{2,}"
              + "|sent from my \\S.{0,40}|von meinem \\S.{0,30} gesendet)\\s*$");
  private static final Pattern WROTE =
      Pattern.compile(
          "(?is)^(on|am|le|el|il|op|em|den)\\s.{4,300}"
              + "(wrote|schrieb|a écrit|escribió|ha scritto|schreef|escreveu|skrev)\\b.{0,200}:$");
  private static final Pattern FIELD =
      Pattern.compile("(?i)^\\*?(from|von|de|da|van):\\*? .{3,200}$");
  private static final Pattern NEXT_FIELD =
      Pattern.compile(
          "(?i)^\\*?(sent|date|to|subject|gesendet|datum|an|betreff|envoyé|à|objet|enviado|para"
              + "|asunto):\\*? .{0,300}$");

  private QuotedText() {}

  /// The index in the text where the tail begins, or the text's length when nothing is to be
  /// folded. Never 0: a mail that only quotes is shown as it is.
  public static int splitOf(String text) {
    List<String> lines = text.lines().limit(5_000).toList();
    int at = 0;
    boolean said = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (said && (isSeparator(lines, i) || (isQuote(line) && onlyQuotesFrom(lines, i)))) {
        return Math.min(at, text.length());
      }
      said |= !line.isBlank() && !isQuote(line);
      at = text.indexOf('\n', at) < 0 ? text.length() : text.indexOf('\n', at) + 1;
    }
    return text.length();
  }

  private static boolean isSeparator(List<String> lines, int i) {
    String line = lines.get(i);
    return SEPARATOR.matcher(line).matches() || isIntroduction(lines, i) || isHeaderBlock(lines, i);
  }

  /// "On Monday, Ann wrote:", which mail programs break over up to three lines.
  private static boolean isIntroduction(List<String> lines, int i) {
    var joined = new StringBuilder();
    for (int j = i; j < Math.min(i + 3, lines.size()) && !lines.get(j).isBlank(); j++) {
      joined.append(joined.isEmpty() ? "" : " ").append(lines.get(j).strip());
      if (joined.length() < 600 && WROTE.matcher(joined).matches()) {
        return onlyQuotesFrom(lines, j + 1);
      }
    }
    return false;
  }

  private static boolean isHeaderBlock(List<String> lines, int i) {
    return FIELD.matcher(lines.get(i)).matches()
        && i + 1 < lines.size()
        && NEXT_FIELD.matcher(lines.get(i + 1)).matches();
  }

  private static boolean isQuote(String line) {
    return line.startsWith(">");
  }

  private static boolean onlyQuotesFrom(List<String> lines, int from) {
    boolean quoting = true;
    for (String line : lines.subList(from, lines.size())) {
      if (SEPARATOR.matcher(line).matches()) {
        return true;
      }
      if (quoting && !isQuote(line) && !line.isBlank()) {
        quoting = false;
      } else if (!quoting && isQuote(line)) {
        return false;
      }
    }
    return quoting || noneQuoted(lines, from);
  }

  private static boolean noneQuoted(List<String> lines, int from) {
    return lines.subList(from, lines.size()).stream().noneMatch(QuotedText::isQuote);
  }
}
