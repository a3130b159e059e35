package dev.evergreen.server.desk.web;

import dev.evergreen.server.channel.Signatures;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.ticket.composing.TicketTexts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/// What whoever writes can put in, and what is put under it: the values that are known of a ticket,
/// and the signature.
@Controller
final class WordsController {
  private static final int MOST = 60;
  private static final int LONGEST = 200;

  private final Desk desk;
  private final TicketTexts texts;
  private final Signatures signatures;

  WordsController(Desk desk, TicketTexts texts, Signatures signatures) {
    this.desk = desk;
    this.texts = texts;
    this.signatures = signatures;
  }

  @GetMapping("/tickets/{number}/variables")
  String variables(@PathVariable long number, Agent agent, Model model) {
    var ticket = desk.ticket(number, agent);
    var found = new ArrayList<Canned>();
    new TreeMap<>(texts.values(ticket.id(), agent))
        .forEach((name, value) -> add(name, value, found));
    model.addAttribute("offer", new Canned.Offer(found.stream().limit(MOST).toList(), false));
    model.addAttribute("of", "variable");
    return "desk/canned";
  }

  private static void add(String name, Object value, List<Canned> found) {
    switch (value) {
      case Map<?, ?> inner ->
          inner.entrySet().stream()
              .sorted(Comparator.comparing(one -> String.valueOf(one.getKey())))
              .forEach(entry -> {
                var key = entry.getKey();
                var one = entry.getValue();
                if (one != null) {
                  add(name + "." + key, one, found);
                }
              });
      case String text when !text.isBlank() && text.length() <= LONGEST ->
          found.add(new Canned(found.size(), name, text));
      case Number number -> found.add(new Canned(found.size(), name, number.toString()));
      default -> {
        // Times, lists and what is not known are nothing to put into a sentence.
      }
    }
  }

  /// @param text what is written so far: its language decides
  @GetMapping("/tickets/{number}/signature")
  String signature(
      @PathVariable long number,
      @RequestParam(defaultValue = "") String text,
      Agent agent,
      Model model) {
    var ticket = desk.ticket(number, agent);
    model.addAttribute("signature", signatures.of(ticket.id(), text, agent).orElse(""));
    return "desk/signature";
  }
}
