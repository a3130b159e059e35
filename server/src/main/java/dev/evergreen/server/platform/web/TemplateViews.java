package dev.evergreen.server.platform.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.ViewResolver;

/// Turns the view name `ticket/show` into the template `ticket/show.jte`, compiled by the build.
/// Model attributes are the template's parameters.
@Component
final class TemplateViews implements ViewResolver, Ordered {

  private final TemplateEngine templates =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, TemplateViews.class.getClassLoader(), "dev.evergreen.templates");
  private final InstantSource clock;
  private final ObjectProvider<Unread> unread;

  TemplateViews(InstantSource clock, ObjectProvider<Unread> unread) {
    this.clock = clock;
    this.unread = unread;
  }

  @Override
  public @Nullable View resolveViewName(String name, Locale locale) {
    String template = name + ".jte";
    return templates.hasTemplate(template)
        ? new TemplateView(templates, template, clock, this::unread)
        : null;
  }

  private int unread(long agent) {
    return unread.stream().mapToInt(bell -> bell.of(agent)).sum();
  }

  @Override
  public int getOrder() {
    return 0;
  }
}
