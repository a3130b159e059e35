package dev.evergreen.server.channel;

import dev.evergreen.server.platform.EmailAddress;
import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Outcome.Reason;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Who gets a reply beside the customer: `cc`, whom everybody sees, and `bcc`, whom nobody sees.
public record Copies(List<EmailAddress> cc, List<EmailAddress> bcc) {
  public static final Copies NONE = new Copies(List.of(), List.of());
  private static final int MOST = 20;
  private static final Pattern NAMED = Pattern.compile(".*<([^<>]*)>\\s*");

  public Copies {
    cc = List.copyOf(cc);
    bcc = List.copyOf(bcc);
  }

  /// Reads what somebody typed: addresses, with names or without, parted by commas, semicolons,
  /// blanks or lines. What is wrong is said of each that is.
  ///
  /// @param isOwn whether an address is ours, so that what we send there would come back to us
  public static Outcome<Copies> read(String cc, String bcc, Predicate<EmailAddress> isOwn) {
    var wrong = new ArrayList<String>();
    var copies = new Copies(addresses(cc, isOwn, wrong), addresses(bcc, isOwn, wrong));
    if (!wrong.isEmpty()) {
      return Outcome.rejected(Reason.INVALID, String.join("; ", wrong) + ".");
    }
    return copies.all().size() > MOST
        ? Outcome.rejected(
            Reason.INVALID,
            "expected at most %d people in copy, but found %d."
                .formatted(MOST, copies.all().size()))
        : Outcome.accepted(copies);
  }

  private static List<EmailAddress> addresses(
      String typed, Predicate<EmailAddress> isOwn, List<String> wrong) {
    var read = new LinkedHashSet<EmailAddress>();
    for (String one : parts(typed)) {
      EmailAddress.parse(one)
          .ifPresentOrElse(
              address -> {
                if (isOwn.test(address)) {
                  wrong.add("“" + one + "” is one of our own addresses");
                } else {
                  read.add(address);
                }
              },
              () -> wrong.add("“" + one + "” is not an address like name@example.org"));
    }
    return List.copyOf(read);
  }

  private static List<String> parts(String typed) {
    return Stream.of(typed.split("[,;\\r\\n]+"))
        .flatMap(part -> {
          var named = NAMED.matcher(part);
          return named.matches()
              ? Stream.of(named.group(1).strip())
              : Stream.of(part.strip().split("\\s+"));
        })
        .filter(part -> !part.isEmpty())
        .toList();
  }

  /// Everybody who gets one, each once.
  public List<EmailAddress> all() {
    return Stream.concat(cc.stream(), bcc.stream()).distinct().toList();
  }

  /// Without the one who gets the reply itself; who is named is not hidden as well.
  Copies beside(EmailAddress recipient) {
    return new Copies(
        cc.stream().filter(one -> !one.equals(recipient)).toList(),
        bcc.stream().filter(one -> !one.equals(recipient) && !cc.contains(one)).toList());
  }

  /// As a field of a form has them.
  public static String typed(List<EmailAddress> addresses) {
    return addresses.stream().map(EmailAddress::toString).collect(Collectors.joining(", "));
  }
}
