package dev.evergreen.server.platform.web;

import dev.evergreen.server.platform.Setting;
import dev.evergreen.server.platform.Settings;
import dev.evergreen.server.platform.text.Language;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// In which language a page is read. Whoever works here reads what they chose, else what the
/// installation speaks, else what their browser asks for; a customer reads the language in which
/// they write, if it is known, else what their browser asks for, else what the installation speaks.
@Component
public final class Reading implements HandlerInterceptor, WebMvcConfigurer {
  /// What the installation speaks, by its tag; empty for what each browser asks for.
  public static final Setting<String> INSTALLATION = Setting.text("language", "");

  private static final Logger LOG = LoggerFactory.getLogger(Reading.class);
  private static final String ATTRIBUTE = Reading.class.getName();

  private final Settings settings;
  private final ObjectProvider<Reader> readers;

  Reading(Settings settings, ObjectProvider<Reader> readers) {
    this.settings = settings;
    this.readers = readers;
  }

  /// Knows who sent a request. Offered by the module that signs people in.
  public interface Reader {
    /// True when somebody who works here reads.
    boolean isAgent();

    /// What they chose to read, if they chose.
    Optional<Language> chosen();
  }

  /// The language of the page that answers a request.
  public static Language of(HttpServletRequest request) {
    return switch (request.getAttribute(ATTRIBUTE)) {
      case Language known -> known;
      case Reading reading -> {
        var found = reading.find(request);
        request.setAttribute(ATTRIBUTE, found);
        yield found;
      }
      case null, default -> asked(request).orElse(Language.ENGLISH);
    };
  }

  /// Says in which language a customer writes, before their page is made.
  public static void inLanguage(HttpServletRequest request, Language language) {
    request.setAttribute(ATTRIBUTE, language);
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(this);
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (request.getAttribute(ATTRIBUTE) == null) {
      request.setAttribute(ATTRIBUTE, this);
    }
    return true;
  }

  private Language find(HttpServletRequest request) {
    var agent = readers.stream().filter(Reader::isAgent).findFirst();
    Optional<Language> found =
        agent.isPresent()
            ? agent.get().chosen().or(this::installation).or(() -> asked(request))
            : asked(request).or(this::installation);
    return found.orElse(Language.ENGLISH);
  }

  /// A page that says that the database is away has to be read all the same.
  private Optional<Language> installation() {
    try {
      return Language.of(settings.get(INSTALLATION));
    } catch (DataAccessException e) {
      LOG.debug("The language of the installation cannot be read; the browser's is taken.", e);
      return Optional.empty();
    }
  }

  private static Optional<Language> asked(HttpServletRequest request) {
    String wanted = request.getHeader(HttpHeaders.ACCEPT_LANGUAGE);
    return wanted == null ? Optional.empty() : Language.among(wanted);
  }
}
