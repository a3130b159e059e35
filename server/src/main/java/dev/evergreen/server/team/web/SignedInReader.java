package dev.evergreen.server.team.web;

import dev.evergreen.server.platform.text.Language;
import dev.evergreen.server.platform.web.Reading;
import java.util.Optional;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/// The language of whoever is signed in, as it came with their session: no statement of its own.
@Component
final class SignedInReader implements Reading.Reader {
  @Override
  public boolean isAgent() {
    return SecurityContextHolder.getContext().getAuthentication() instanceof SignedIn;
  }

  @Override
  public Optional<Language> chosen() {
    return SecurityContextHolder.getContext().getAuthentication() instanceof SignedIn signedIn
            && signedIn.session() != null
        ? Optional.ofNullable(signedIn.session().language())
        : Optional.empty();
  }
}
