package dev.evergreen.server.ticket;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// A file's name as its sender gave it, made harmless. It is only ever shown and offered as the
/// name to save under: no path, no code and no storage key is made of it.
public final class AttachmentName {
  private static final int LONGEST = 150;

  /// Controls, surrogates without a partner, zero-width and direction marks: what makes one name
  /// look like another.
  private static final Pattern INVISIBLE =
      Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}\\u034f\\u115f\\u1160\\u3164\\uffa0]");

  private static final Pattern UNSAFE = Pattern.compile("[<>:\"|?*;%]");
  private static final Pattern DEVICE =
      Pattern.compile("(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?");

  private AttachmentName() {}

  /// The name without path, invisible signs and what file systems treat specially; at most 150
  /// characters, of which the ending is kept.
  public static String clean(String given) {
    var name = INVISIBLE.matcher(given.replace('\\', '/')).replaceAll("");
    name = name.substring(name.lastIndexOf('/') + 1);
    name = UNSAFE.matcher(name).replaceAll("_").strip().replaceAll("^\\.+|[. ]+$", "");
    if (name.isEmpty()) {
      return "attachment";
    }
    name = DEVICE.matcher(name).matches() ? "_" + name : name;
    return name.codePointCount(0, name.length()) <= LONGEST ? name : shortened(name);
  }

  private static String shortened(String name) {
    int dot = name.lastIndexOf('.');
    var ending = dot > 0 && name.length() - dot <= 10 ? name.substring(dot) : "";
    return name.substring(0, name.offsetByCodePoints(0, LONGEST - ending.length())) + ending;
  }

  /// The header that makes a browser save the file, whatever it is, under its name (RFC 6266, with
  /// the encoding of RFC 5987 beside a plain form for old clients).
  public static String disposition(String given) {
    var name = clean(given);
    var plain = name.replaceAll("[^\\x20-\\x7e]", "_").replace("\\", "_");
    var encoded =
        URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
    return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded;
  }
}
