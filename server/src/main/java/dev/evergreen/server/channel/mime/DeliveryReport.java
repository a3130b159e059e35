package dev.evergreen.server.channel.mime;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a delivery status notification (RFC 3464) says: whether delivery failed for good, the
/// status code, and the ids found in the returned mail, by which ours is recognized.
public record DeliveryReport(boolean failed, String status, String recipient, List<String> ids) {
  private static final Pattern ACTION = field("Action", "([a-z-]{1,20})");
  private static final Pattern STATUS = field("Status", "([245]\\.\\d{1,3}\\.\\d{1,3})");
  private static final Pattern RECIPIENT =
      field("(?:Final|Original)-Recipient", "[^;\\r\\n]{0,40};\\s*<?([^<>\\s]{3,300})");
  private static final Pattern MESSAGE_ID = field("Message-ID", "<([^<>\\s]{1,500})>");

  public DeliveryReport {
    ids = List.copyOf(ids);
  }

  /// Reads the status part and the returned mail or its header; several recipients count as failed
  /// when one has.
  static DeliveryReport read(String status, String returned) {
    boolean failed = ACTION.matcher(status).results().anyMatch(m -> is(m.group(1), "failed"));
    boolean silent = !ACTION.matcher(status).find();
    String code = firstOf(STATUS, status);
    return new DeliveryReport(
        failed || (silent && code.startsWith("5")),
        code,
        firstOf(RECIPIENT, status),
        MESSAGE_ID.matcher(returned).results().limit(5).map(m -> m.group(1)).toList());
  }

  private static boolean is(String found, String word) {
    return found.equalsIgnoreCase(word);
  }

  private static String firstOf(Pattern pattern, String text) {
    Matcher found = pattern.matcher(text);
    return found.find() ? found.group(1) : "";
  }

  private static Pattern field(String name, String value) {
    return Pattern.compile(
        "^" + name + ":[ \\t]*(?:\\r?\\n[ \\t]+)?" + value,
        Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
  }
}
