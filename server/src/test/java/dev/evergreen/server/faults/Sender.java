package dev.evergreen.server.faults;

import dev.evergreen.server.channel.SmtpWire;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Customers who send numbered mails, each until it is acknowledged, and remember which were.
final class Sender {
  private final String subject;
  private final Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();

  /// @param subject what the mails are about; the number follows it
  Sender(String subject) {
    this.subject = subject;
  }

  Set<Integer> acknowledged() {
    return acknowledged;
  }

  /// Whether this try was acknowledged.
  boolean send(Node node, int number, String more) {
    try (var wire = new SmtpWire(node.mailPort())) {
      wire.open(address(number), Organization.ADDRESS);
      wire.write(mail(number, more));
      return isTaken(number, wire.finish());
    } catch (IOException _) {
      return false;
    }
  }

  /// Sends by whichever node is asked next, until one acknowledges.
  void insist(Supplier<Node> nodes, int number) {
    while (!send(nodes.get(), number, "")) {
      Node.pause(50);
    }
  }

  /// What the answer means for the mail of this number.
  boolean isTaken(int number, String answer) {
    if (answer.startsWith("250")) {
      acknowledged.add(number);
    }
    return acknowledged.contains(number);
  }

  String address(int number) {
    return "%s-%d@customers.example".formatted(name(), number);
  }

  String mail(int number, String more) {
    return """
    From: Customer %1$d <%2$s>
    To: <%3$s>
    Subject: %4$s %1$d
    Message-ID: <%5$s-%1$d@mail.customers.example>
    MIME-Version: 1.0
    Content-Type: text/plain; charset=utf-8

    This is mail number %1$d.
    %6$s
    """
        .formatted(number, address(number), Organization.ADDRESS, subject, name(), more);
  }

  private String name() {
    return subject.toLowerCase(Locale.ROOT).replace(' ', '-');
  }
}
