package dev.evergreen.server.desk.web.notification;

import dev.evergreen.server.team.PublicPaths;
import dev.evergreen.server.ticket.notification.DigestLinks;
import dev.evergreen.server.ticket.notification.NotificationChoices;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.server.ResponseStatusException;

/// The page behind the link in mails that gather: no more of them? Looking changes nothing, because
/// mail scanners look too; only the button does.
@Controller
@RequestMapping("/digest/{token}")
class DigestController implements PublicPaths {
  private final DigestLinks links;
  private final NotificationChoices choices;

  DigestController(DigestLinks links, NotificationChoices choices) {
    this.links = links;
    this.choices = choices;
  }

  @Override
  public List<String> patterns() {
    return List.of("/digest/*");
  }

  @GetMapping
  String ask(@PathVariable String token, Model model) {
    if (links.agentOf(token).isEmpty()) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    model.addAttribute("token", token);
    return "desk/digest_question";
  }

  @PostMapping
  String noMore(@PathVariable String token) {
    choices.mailNever(
        links.agentOf(token).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND)));
    return "desk/digest_ended";
  }
}
