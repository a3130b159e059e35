package dev.evergreen.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;

/// Tickets of a support team's last three years, as the product's own import reads them: words as
/// often as Zipf's law has them, lengths and numbers of messages as in mail, the same for the same
/// seed.
final class Years {
  private static final int WORDS = 40_000;
  private static final Duration SPAN = Duration.ofDays(3 * 365);
  private static final String[] SYLLABLES = {
    "ba", "ber", "can", "cor", "da", "del", "en", "fal", "fi", "gan", "gor", "hel", "in", "ka",
    "ker", "la", "lem", "lo", "ma", "mer", "mi", "nal", "ne", "no", "or", "pa", "pel", "pri", "ra",
    "ren", "ro", "sa", "sel", "si", "sta", "ta", "tem", "ti", "tor", "ul", "va", "ver", "vi", "zen"
  };
  private static final String[] COMMON = {
    "the",
    "to",
    "and",
    "of",
    "a",
    "in",
    "is",
    "it",
    "you",
    "for",
    "we",
    "my",
    "that",
    "have",
    "on",
    "with",
    "order",
    "not",
    "please",
    "your",
    "this",
    "be",
    "are",
    "can",
    "thank",
    "was",
    "but",
    "help",
    "account",
    "delivery",
    "hello",
    "regards",
    "refund",
    "problem",
    "invoice",
    "password",
    "payment",
    "broken",
    "return",
    "email",
    "when",
    "still",
    "size",
    "tent",
    "parcel",
    "again"
  };

  private final long seed;
  private final Instant now;
  private final int tickets;
  private final String[] words = new String[WORDS];
  private final double[] upTo = new double[WORDS];

  Years(int tickets, long seed, Instant now) {
    this.tickets = tickets;
    this.seed = seed;
    this.now = now;
    var random = new Random(seed);
    double sum = 0;
    for (int i = 0; i < WORDS; i++) {
      words[i] = i < COMMON.length ? COMMON[i] : word(random);
      sum += 1.0 / (i + 2.7);
      upTo[i] = sum;
    }
    for (int i = 0; i < WORDS; i++) {
      upTo[i] /= sum;
    }
  }

  private static String word(Random random) {
    var word = new StringBuilder();
    int syllables = 2 + random.nextInt(3);
    for (int i = 0; i < syllables; i++) {
      word.append(SYLLABLES[random.nextInt(SYLLABLES.length)]);
    }
    return word.toString();
  }

  /// The word that comes at this place of the list by how frequent they are, for searches.
  String wordAt(int rank) {
    return words[rank];
  }

  /// Writes those from `from` on, up to `to`; what was written before stays the same.
  long write(OutputStream out, int from, int to) throws IOException {
    long messages = 0;
    for (int i = from; i < to; i++) {
      var random = new Random(seed * 31 + i);
      var line = new StringBuilder(4_000);
      messages += ticket(line, i, random);
      out.write(line.toString().getBytes(StandardCharsets.UTF_8));
    }
    return messages;
  }

  private int ticket(StringBuilder line, int number, Random random) {
    var opened = now.minus(SPAN).plusMillis(SPAN.toMillis() / tickets * number);
    int customer = (int) (Math.pow(random.nextDouble(), 2) * Math.max(20, tickets / 6.0));
    var person =
        "\"key\":\"%d\",\"name\":\"%s %s\",\"address\":\"c%d@%s.example\""
            .formatted(
                customer,
                capital(words[200 + customer % 3_000]),
                capital(words[300 + customer / 7 % 9_000]),
                customer,
                words[500 + customer % 900]);
    boolean recent = number > tickets - Math.max(200, Math.min(20_000, tickets / 20));
    var status = recent ? STATUSES[random.nextInt(STATUSES.length)] : "closed";
    int agent = random.nextInt(Company.AGENTS);
    var agentJson =
        "\"name\":\"%s\",\"address\":\"%s\""
            .formatted(Company.nameOf(agent), Company.addressOf(agent));
    line.append(
        """
        {"kind":"ticket","id":"%d","subject":"%s","customer":{%s},"channel":"%s","status":"%s","priority":"%s","type":"%s","category":"%s",%s%s"team":"%s","tags":["%s"],"opened":"%s","entries":[\
        """
            .strip()
            .formatted(
                number,
                text(random, 3 + random.nextInt(6)),
                person,
                random.nextInt(8) == 0 ? "phone" : "email",
                status,
                PRIORITIES[random.nextInt(PRIORITIES.length)],
                TYPES[random.nextInt(TYPES.length)],
                CATEGORIES[random.nextInt(CATEGORIES.length)],
                status.equals("closed") ? "\"outcome\":\"resolved\"," : "",
                random.nextInt(10) == 0 && recent ? "" : "\"agent\":{" + agentJson + "},",
                Company.teamOf(agent),
                words[random.nextInt(60)],
                opened));
    int said = messages(random);
    var at = opened;
    for (int i = 0; i < said; i++) {
      boolean incoming = i % 2 == 0;
      boolean isNote = i % 6 == 3;
      line.append(i == 0 ? "" : ",")
          .append("{\"kind\":\"")
          .append(isNote ? "note" : "message")
          .append("\",\"way\":\"")
          .append(incoming ? "in" : "out")
          .append("\",\"by\":{")
          .append(
              incoming && !isNote
                  ? "\"kind\":\"customer\"," + person
                  : "\"kind\":\"agent\"," + agentJson)
          .append("},\"at\":\"")
          .append(at)
          .append("\",\"text\":\"")
          .append(text(random, length(random)))
          .append("\"}");
      at = earlier(at.plusSeconds(600 + random.nextInt(40_000)), now);
    }
    line.append("],\"updated\":\"").append(at).append("\"");
    if (status.equals("closed")) {
      line.append(",\"closed\":\"").append(at).append("\"");
    }
    line.append("}\n");
    return said;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static final String[] STATUSES = {"new", "open", "open", "pending", "on_hold", "solved"};
  private static final String[] PRIORITIES = {
    "low", "normal", "normal", "normal", "high", "urgent"
  };
  private static final String[] TYPES = {"question", "incident", "problem", "request", "feedback"};
  private static final String[] CATEGORIES = {
    "simple", "technical", "product", "pricing", "refund", "feedback"
  };

  /// Five on the average; a few tickets have many.
  private static int messages(Random random) {
    int said = 1;
    while (said < 40 && random.nextInt(5) != 0) {
      said++;
    }
    return said;
  }

  /// Words of one message: 45 on the average, most have fewer, a few are long.
  private static int length(Random random) {
    return (int) Math.min(600, 4 + 32 * Math.exp(random.nextGaussian() * 0.75));
  }

  /// So many words, as frequent as in the tickets.
  String text(Random random, int length) {
    var text = new StringBuilder(length * 7);
    for (int i = 0; i < length; i++) {
      int at = Arrays.binarySearch(upTo, random.nextDouble());
      int word = Math.min(WORDS - 1, at < 0 ? -at - 1 : at);
      text.append(i == 0 ? capital(words[word]) : words[word]);
      text.append(i == length - 1 ? "" : i % 11 == 10 ? ". " : " ");
    }
    return text.toString();
  }

  private static String capital(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }
}
