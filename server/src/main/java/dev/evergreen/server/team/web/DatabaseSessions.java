package dev.evergreen.server.team.web;

import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Session;
import dev.evergreen.server.team.Sessions;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.DeferredSecurityContext;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.stereotype.Component;

/// Keeps who is signed in as rows of [Sessions]: no node remembers anybody, so any node can answer
/// and an ended session has ended everywhere. A new proof always begins a new session and ends the
/// one the browser had before, so that a token planted earlier is worth nothing.
@Component
final class DatabaseSessions implements SecurityContextRepository {
  private final Sessions sessions;

  DatabaseSessions(Sessions sessions) {
    this.sessions = sessions;
  }

  @Override
  public DeferredSecurityContext loadDeferredContext(HttpServletRequest request) {
    return loaded(request);
  }

  @Override
  @SuppressWarnings("deprecation")
  public SecurityContext loadContext(HttpRequestResponseHolder holder) {
    return loadDeferredContext(holder.getRequest()).get();
  }

  @Override
  public void saveContext(
      SecurityContext context, HttpServletRequest request, HttpServletResponse response) {
    switch (context.getAuthentication()) {
      case SignedIn signedIn when signedIn.session() != null -> {}
      case SignedIn signedIn -> begin(signedIn.getPrincipal(), request, response);
      case null, default -> end(request, response);
    }
  }

  /// Signs an agent in who has just proven by other means who they are: the founder, the invited.
  void begin(Agent agent, HttpServletRequest request, HttpServletResponse response) {
    request.removeAttribute(Loaded.ATTRIBUTE);
    OwnCookie.SESSION.read(request).ifPresent(sessions::end);
    OwnCookie.SESSION.write(request, response, sessions.begin(agent, Origins.of(request)).token());
  }

  private void end(HttpServletRequest request, HttpServletResponse response) {
    request.removeAttribute(Loaded.ATTRIBUTE);
    OwnCookie.SESSION
        .read(request)
        .ifPresent(token -> {
          sessions.end(token);
          OwnCookie.SESSION.clear(request, response);
        });
  }

  @Override
  public boolean containsContext(HttpServletRequest request) {
    return !loaded(request).isGenerated();
  }

  /// Kept with the request: several filters ask, and one look tells them all.
  private Loaded loaded(HttpServletRequest request) {
    if (request.getAttribute(Loaded.ATTRIBUTE) instanceof Loaded known) {
      return known;
    }
    var loaded = new Loaded(request);
    request.setAttribute(Loaded.ATTRIBUTE, loaded);
    return loaded;
  }

  /// Looked up when first asked for: pages that anybody may see cost no statement.
  private final class Loaded implements DeferredSecurityContext {
    private static final String ATTRIBUTE = "dev.evergreen.session";

    private final HttpServletRequest request;
    private @Nullable SecurityContext context;
    private boolean generated;

    private Loaded(HttpServletRequest request) {
      this.request = request;
    }

    @Override
    public SecurityContext get() {
      if (context == null) {
        var session = OwnCookie.SESSION.read(request).flatMap(sessions::find);
        generated = session.isEmpty();
        context = session.map(Loaded::contextOf).orElseGet(SecurityContextImpl::new);
      }
      return context;
    }

    private static SecurityContext contextOf(Session session) {
      return new SecurityContextImpl(new SignedIn(session.agent(), session));
    }

    @Override
    public boolean isGenerated() {
      get();
      return generated;
    }
  }
}
