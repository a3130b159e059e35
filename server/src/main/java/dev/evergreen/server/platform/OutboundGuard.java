package dev.evergreen.server.platform;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.hc.client5.http.DnsResolver;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// Says which addresses the program may connect to: public ones, and the hosts and networks that an
/// administrator has named in `evergreen.outbound-allowed`. A name is resolved once and the
/// connection goes to the addresses that were looked at here, so that a name which changes its
/// address between look and connection gains nothing.
@Component
final class OutboundGuard implements DnsResolver {
  /// Resolves names; a test has its own.
  interface Names {
    InetAddress[] addressesOf(String host) throws UnknownHostException;
  }

  /// Addresses of the IPv4 space that are not of the public internet (RFC 6890 and multicast).
  private static final List<Network> NOT_PUBLIC =
      networks(
          "0.0.0.0/8",
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.88.99.0/24",
          "192.168.0.0/16",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/3");

  /// The public part of the IPv6 space, and what in it is special (tunnels, documentation).
  private static final Network GLOBAL = Network.of("2000::/3");

  private static final List<Network> SPECIAL =
      networks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

  /// Stands for IPv4 addresses, which are its last four bytes (RFC 6052).
  private static final Network TRANSLATED = Network.of("64:ff9b::/96");

  private final List<String> hosts;
  private final List<Network> networks;
  private final Names names;

  /// @param allowed host names, addresses and networks (`10.1.0.0/16`), separated by commas
  @org.springframework.beans.factory.annotation.Autowired
  OutboundGuard(@Value("${evergreen.outbound-allowed:}") String allowed) {
    this(allowed, InetAddress::getAllByName);
  }

  OutboundGuard(String allowed, Names names) {
    this.names = names;
    var entries =
        Stream.of(allowed.split(",")).map(String::strip).filter(one -> !one.isEmpty()).toList();
    networks = entries.stream().filter(Network::isOne).map(Network::of).toList();
    hosts =
        entries.stream()
            .filter(one -> !Network.isOne(one))
            .map(one -> one.toLowerCase(Locale.ROOT))
            .toList();
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress[] all = names.addressesOf(host);
    InetAddress[] permitted =
        Arrays.stream(all)
            .filter(address -> isPermitted(host, address))
            .toArray(InetAddress[]::new);
    if (permitted.length == 0) {
      throw new Refused(host);
    }
    return permitted;
  }

  @Override
  public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
    return Arrays.stream(resolve(host))
        .map(address -> new InetSocketAddress(address, port))
        .toList();
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }

  private boolean isPermitted(String host, InetAddress address) {
    return isPublic(address)
        || hosts.contains(host.toLowerCase(Locale.ROOT))
        || networks.stream().anyMatch(network -> network.contains(address.getAddress()));
  }

  static boolean isPublic(InetAddress address) {
    byte[] bytes = address.getAddress();
    return switch (address) {
      case Inet4Address _ -> NOT_PUBLIC.stream().noneMatch(network -> network.contains(bytes));
      case Inet6Address _ when TRANSLATED.contains(bytes) -> {
        byte[] last = Arrays.copyOfRange(bytes, bytes.length - 4, bytes.length);
        yield NOT_PUBLIC.stream().noneMatch(network -> network.contains(last));
      }
      default ->
          GLOBAL.contains(bytes) && SPECIAL.stream().noneMatch(network -> network.contains(bytes));
    };
  }

  private static List<Network> networks(String... texts) {
    return Stream.of(texts).map(Network::of).toList();
  }

  /// A host that has no address which may be connected to. It does not say what the addresses are.
  static final class Refused extends UnknownHostException {
    private static final long serialVersionUID = 1;

    Refused(String host) {
      super(
          "expected %s to have a public address, but it has none; an administrator can allow it"
              .formatted(host));
    }
  }

  /// Addresses with the same beginning.
  @SuppressWarnings("ArrayRecordComponent") // never compared, never handed out
  private record Network(byte[] start, int bits) {
    static boolean isOne(String text) {
      return text.matches("[0-9.]+(/\\d+)?|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*(/\\d+)?");
    }

    static Network of(String text) {
      String[] parts = text.split("/", 2);
      try {
        byte[] start = InetAddress.ofLiteral(parts[0]).getAddress();
        int bits = parts.length == 1 ? start.length * 8 : Integer.parseInt(parts[1]);
        if (bits > start.length * 8) {
          throw new IllegalArgumentException(text);
        }
        return new Network(start, bits);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "expected a network like 10.1.0.0/16 in evergreen.outbound-allowed, but found " + text,
            e);
      }
    }

    boolean contains(byte[] address) {
      if (address.length != start.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit % 8);
        if ((address[bit / 8] & mask) != (start[bit / 8] & mask)) {
          return false;
        }
      }
      return true;
    }
  }
}
