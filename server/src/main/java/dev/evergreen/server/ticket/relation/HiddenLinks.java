package dev.evergreen.server.ticket.relation;

import dev.evergreen.server.team.PublicPaths;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// Links by which a customer answers without signing in. Whoever reads one could answer in the
/// customer's place, so agents are shown that there is one, and not where it leads.
@Component
public final class HiddenLinks {
  private static final String INSTEAD = "[link for the customer]";

  private final Pattern link;

  HiddenLinks(
      List<PublicPaths> paths,
      @Value("${evergreen.public-url:http://localhost:${server.port:8080}}") String publicUrl) {
    String beginnings =
        paths.stream()
            .flatMap(module -> module.customersOwn().stream())
            .map(Pattern::quote)
            .collect(Collectors.joining("|"));
    link =
        beginnings.isEmpty()
            ? Pattern.compile("(?!)")
            : Pattern.compile(
                Pattern.quote(publicUrl.replaceAll("/+$", ""))
                    + "(?:"
                    + beginnings
                    + ")[\\w-]+(?:\\?[^\\s<>\"']*)?");
  }

  /// The text, or HTML, without them.
  public String hidden(String text) {
    return link.matcher(text).replaceAll(INSTEAD);
  }

  /// Whether an address is one.
  public boolean isOne(String address) {
    return link.matcher(address).lookingAt();
  }
}
