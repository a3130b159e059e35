package dev.evergreen.server.channel;

import dev.evergreen.language.FactSource;
import dev.evergreen.language.TextTemplate;
import dev.evergreen.server.ticket.TicketId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// The texts that workflows send: `texts/<name>.liquid`, whose first line is `Subject: …`, filled
/// in with the facts about the ticket and its customer, the name of the organization, and links.
@Component
class MessageTexts {
  private static final String SUBJECT = "Subject:";

  private final ObjectProvider<FactSource> facts;
  private final CustomerLinks links;
  private final House house;
  private final Map<String, Parsed> parsed = new ConcurrentHashMap<>();

  MessageTexts(ObjectProvider<FactSource> facts, CustomerLinks links, House house) {
    this.facts = facts;
    this.links = links;
    this.house = house;
  }

  private record Parsed(TextTemplate subject, TextTemplate text) {}

  record Rendered(String subject, String text) {}

  /// Fills in a text, given by its name or itself. Unless the reader has proven to own the address,
  /// everything that whoever wrote in that name could choose is left out.
  Rendered render(String name, TicketId ticket, Map<String, Object> variables, boolean proven) {
    Parsed template = parsed.computeIfAbsent(name, MessageTexts::load);
    var values = new HashMap<String, Object>();
    for (FactSource source : facts) {
      Map<String, Object> known = source.factsOf("ticket", ticket.value());
      if (!known.isEmpty()) {
        values.put(source.name(), proven ? known : withoutChosen(source.name(), known));
      }
    }
    var all = new HashMap<String, Object>(Map.of("confirm", links.confirm(ticket)));
    if (variables.get("links") instanceof Map<?, ?> more) {
      more.forEach((key, value) -> all.put(String.valueOf(key), String.valueOf(value)));
    }
    values.put("organization", Map.of("name", house.name()));
    values.putAll(variables);
    values.put("links", all);
    return new Rendered(
        template.subject().render(values).strip(), template.text().render(values).strip());
  }

  private static Map<String, Object> withoutChosen(String name, Map<String, Object> facts) {
    var safe = new HashMap<>(facts);
    if (name.equals("ticket")) {
      safe.put("subject", "your request");
    } else if (name.equals("customer")) {
      safe.put("name", "there");
      safe.put("organization", "");
    }
    return safe;
  }

  private static Parsed load(String name) {
    if (!name.matches("[a-z0-9-]{1,80}")) { // a workflow's question, written out
      return new Parsed(TextTemplate.parse("Re: {{ ticket.subject }}"), TextTemplate.parse(name));
    }
    try (InputStream in = MessageTexts.class.getResourceAsStream("/texts/" + name + ".liquid")) {
      if (in == null) {
        throw new IllegalArgumentException("expected a text called " + name + ", but none exists");
      }
      String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      int line = all.indexOf('\n');
      if (!all.startsWith(SUBJECT) || line < 0) {
        throw new IllegalArgumentException("expected the text " + name + " to begin 'Subject: …'");
      }
      return new Parsed(
          TextTemplate.parse(all.substring(SUBJECT.length(), line)),
          TextTemplate.parse(all.substring(line + 1)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
