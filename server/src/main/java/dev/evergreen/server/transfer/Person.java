package dev.evergreen.server.transfer;

import dev.evergreen.server.platform.EmailAddress;
import java.util.Map;

/// Somebody as another program tells of them.
///
/// @param key what they are called there
/// @param address may be empty, or no address at all
/// @param organization by name; empty when nothing is said
public record Person(
    String key, String name, String address, String organization, Kind kind, Fields fields) {
  /// What fields say, by what they are called there: of the person, and of their organization.
  public record Fields(Map<String, String> own, Map<String, String> organization) {
    public static final Fields NONE = new Fields(Map.of(), Map.of());

    public Fields {
      own = Map.copyOf(own);
      organization = Map.copyOf(organization);
    }
  }

  public Person(String key, String name, String address, String organization, Kind kind) {
    this(key, name, address, organization, kind, Fields.NONE);
  }

  public Person with(Fields others) {
    return new Person(key, name, address, organization, kind, others);
  }

  public enum Kind {
    CUSTOMER,
    AGENT,
    /// No person: a rule, or the program itself.
    PROGRAM
  }

  public static Person customer(String key, String name, String address, String organization) {
    return new Person(key, name, address, organization, Kind.CUSTOMER);
  }

  public static Person agent(String key, String name, String address) {
    return new Person(key, name, address, "", Kind.AGENT);
  }

  public static Person program(String name) {
    return new Person(name, name, "", "", Kind.PROGRAM);
  }

  /// By what they are recognized here: their address, else a handle made of where they come from.
  String identity(String source) {
    return EmailAddress.parse(address)
        .map(EmailAddress::toString)
        .orElseGet(() -> handle(source + ":" + (key.isBlank() ? "nobody" : key)));
  }

  private static String handle(String text) {
    var clean = text.replaceAll("[@\\s\\p{Cntrl}]+", "-");
    return clean.length() > 200 ? clean.substring(0, 200) : clean;
  }

  boolean isCustomer() {
    return kind == Kind.CUSTOMER;
  }
}
