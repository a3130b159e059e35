package dev.evergreen.server.desk.web.notification;

import dev.evergreen.server.platform.web.Flash;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.AgentMail;
import dev.evergreen.server.ticket.notification.NotificationChoices;
import dev.evergreen.server.ticket.notification.NotificationKind;
import dev.evergreen.server.ticket.notification.NotificationWay;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/// What one wants to be told of, and in which ways, among what else one decides about oneself.
@Controller
@RequestMapping("/account/notifications")
final class NotificationChoiceController {
  private final NotificationChoices choices;
  private final List<AgentMail> mail;

  NotificationChoiceController(NotificationChoices choices, ObjectProvider<AgentMail> mail) {
    this.choices = choices;
    this.mail = mail.orderedStream().toList();
  }

  @GetMapping
  String show(Agent agent, Model model) {
    model.addAttribute("agent", agent);
    model.addAttribute(
        "choices",
        new NotificationChoicePage(
            choices.refusedBy(agent.id()),
            choices.pace(agent.id()).map(Duration::toMinutes).orElse(0L),
            mail.stream().anyMatch(AgentMail::isPossible)));
    return "desk/notification_choices";
  }

  /// @param every at most every so many minutes a mail; 0 for none
  @PostMapping
  String choose(
      @RequestParam(required = false) @Nullable Set<NotificationKind> page,
      @RequestParam(required = false) @Nullable Set<NotificationKind> browser,
      @RequestParam(name = "mail", required = false) @Nullable Set<NotificationKind> byMail,
      @RequestParam long every,
      Agent agent,
      HttpServletRequest request,
      HttpServletResponse response) {
    var pace = Duration.ofMinutes(every);
    if (every != 0 && !NotificationChoices.PACES.contains(pace)) {
      throw new ResponseStatusException(HttpStatus.UNPROCESSABLE_CONTENT);
    }
    wants(agent, NotificationWay.PAGE, page);
    wants(agent, NotificationWay.BROWSER, browser);
    wants(agent, NotificationWay.MAIL, byMail);
    if (every == 0) {
      choices.mailNever(agent.id());
    } else {
      choices.mailAtMostEvery(agent.id(), pace);
    }
    Flash.say(request, response, "Saved.");
    return "redirect:/account/notifications";
  }

  private void wants(Agent agent, NotificationWay way, @Nullable Set<NotificationKind> wanted) {
    var refused = EnumSet.allOf(NotificationKind.class);
    if (wanted != null) {
      refused.removeAll(wanted);
    }
    choices.refuse(agent.id(), way, refused);
  }
}
