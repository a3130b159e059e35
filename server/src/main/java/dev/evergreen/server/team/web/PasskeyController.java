package dev.evergreen.server.team.web;

import dev.evergreen.server.platform.Outcome;
import dev.evergreen.server.platform.Settings;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Founding;
import dev.evergreen.server.team.PendingSignIns;
import dev.evergreen.server.team.Session;
import dev.evergreen.server.team.passkey.Passkey;
import dev.evergreen.server.team.passkey.PasskeyCeremonies;
import dev.evergreen.server.team.passkey.PasskeyCeremonies.Asked;
import dev.evergreen.server.team.passkey.Passkeys;
import dev.evergreen.server.team.passkey.Site;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/// Passkeys: made and kept up by their owner, and to sign in by. What a device is asked and what it
/// answers goes to and fro as JSON, by the page's script.
@Controller
class PasskeyController {
  private static final String CONFIRM_FIRST = "Confirm first that it is you.";

  private final PasskeyCeremonies ceremonies;
  private final Passkeys passkeys;
  private final PendingSignIns pending;
  private final Entrance entrance;
  private final Settings settings;

  PasskeyController(
      PasskeyCeremonies ceremonies,
      Passkeys passkeys,
      PendingSignIns pending,
      Entrance entrance,
      Settings settings) {
    this.ceremonies = ceremonies;
    this.passkeys = passkeys;
    this.pending = pending;
    this.entrance = entrance;
    this.settings = settings;
  }

  /// What the page's script is told: where to go on, or why not.
  record Told(String next, String problem) {}

  @PostMapping("/account/passkeys/options")
  ResponseEntity<?> beginMaking(
      Session session, HttpServletRequest request, HttpServletResponse response) {
    if (!session.isFresh()) {
      return told(HttpStatus.FORBIDDEN, CONFIRM_FIRST);
    }
    return switch (ceremonies.beginMaking(session.agent(), site(request))) {
      case Outcome.Accepted<Asked>(var asked) -> asked(asked, request, response);
      case Outcome.Rejected<Asked>(var reason, var detail) ->
          told(HttpStatus.valueOf(reason.status()), detail);
    };
  }

  @PostMapping("/account/passkeys")
  ResponseEntity<?> make(
      Session session,
      @RequestParam(defaultValue = "") String name,
      @RequestBody String made,
      HttpServletRequest request,
      HttpServletResponse response) {
    if (!session.isFresh()) {
      return told(HttpStatus.FORBIDDEN, CONFIRM_FIRST);
    }
    var token = OwnCookie.PASSKEY.read(request).orElse("");
    OwnCookie.PASSKEY.clear(request, response);
    return switch (ceremonies.make(session.agent(), token, name, made, site(request))) {
      case Outcome.Accepted<String> _ -> {
        AccountPage.after("“%s” signs you in from now on.".formatted(name), request, response);
        yield json(HttpStatus.OK).body(new Told(AccountPage.PATH, ""));
      }
      case Outcome.Rejected<String>(var reason, var detail) ->
          told(HttpStatus.valueOf(reason.status()), detail);
    };
  }

  @PostMapping("/account/passkeys/{id}/name")
  String rename(
      Session session,
      @PathVariable long id,
      @RequestParam(defaultValue = "") String name,
      HttpServletRequest request,
      HttpServletResponse response) {
    return switch (passkeys.rename(session.agent(), new Passkey.Id(id), name)) {
      case Outcome.Accepted<String>(var called) ->
          AccountPage.after("It is called “%s” now.".formatted(called), request, response);
      case Outcome.Rejected<String>(Outcome.Reason reason, var _)
          when reason == Outcome.Reason.UNKNOWN ->
          throw new ResponseStatusException(HttpStatus.NOT_FOUND);
      case Outcome.Rejected<String>(var _, var detail) ->
          AccountPage.after(detail, request, response);
    };
  }

  @PostMapping("/account/passkeys/{id}/removal")
  String remove(
      Session session,
      @PathVariable long id,
      HttpServletRequest request,
      HttpServletResponse response) {
    if (!session.isFresh()) {
      return AccountPage.confirmFirst(request, response);
    }
    if (!passkeys.remove(session.agent(), new Passkey.Id(id))) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    return AccountPage.after("It no longer signs you in.", request, response);
  }

  /// Has one asked for after the password, or no more.
  @PostMapping("/account/passkeys/step")
  String ask(
      Session session,
      @RequestParam boolean on,
      HttpServletRequest request,
      HttpServletResponse response) {
    if (!session.isFresh()) {
      return AccountPage.confirmFirst(request, response);
    }
    return AccountPage.after(
        passkeys
            .ask(session.agent(), on)
            .fold(
                asked ->
                    asked
                        ? "After your password you are asked for a passkey from now on."
                        : "Your password is enough again.",
                Outcome.Rejected::detail),
        request,
        response);
  }

  /// Who has typed a password already is asked for one of theirs; else whichever the device has.
  @PostMapping("/sign-in/passkey/options")
  ResponseEntity<?> beginProving(HttpServletRequest request, HttpServletResponse response) {
    var whose =
        OwnCookie.SECOND_STEP
            .read(request)
            .flatMap(pending::find)
            .map(PendingSignIns.Pending::agent);
    return asked(ceremonies.beginProving(whose.orElse(null), site(request)), request, response);
  }

  @PostMapping("/sign-in/passkey")
  ResponseEntity<?> prove(
      @RequestParam(defaultValue = "") String next,
      @RequestBody String proof,
      HttpServletRequest request,
      HttpServletResponse response) {
    var token = OwnCookie.PASSKEY.read(request).orElse("");
    OwnCookie.PASSKEY.clear(request, response);
    return switch (ceremonies.prove(token, proof, site(request))) {
      case Outcome.Accepted<Agent>(var agent) -> {
        var step = OwnCookie.SECOND_STEP.read(request).flatMap(one -> pending.take(one, agent));
        var there = step.map(PendingSignIns.Pending::next).orElse(next);
        yield json(HttpStatus.OK)
            .body(new Told(entrance.admitFully(agent, there, request, response), ""));
      }
      case Outcome.Rejected<Agent>(var _, var detail) -> told(HttpStatus.UNAUTHORIZED, detail);
    };
  }

  private static ResponseEntity<?> asked(
      Asked asked, HttpServletRequest request, HttpServletResponse response) {
    OwnCookie.PASSKEY.write(request, response, asked.token());
    return json(HttpStatus.OK).body(asked.options());
  }

  private static ResponseEntity<Told> told(HttpStatus status, String problem) {
    return json(status).body(new Told("", problem));
  }

  private static ResponseEntity.BodyBuilder json(HttpStatus status) {
    return ResponseEntity.status(status).contentType(MediaType.APPLICATION_JSON);
  }

  private Site site(HttpServletRequest request) {
    var organization = settings.get(Founding.ORGANIZATION_NAME);
    return new Site(
        request.getServerName(),
        ServletUriComponentsBuilder.fromRequestUri(request).replacePath(null).build().toUriString(),
        organization.isEmpty() ? "Evergreen" : organization);
  }
}
