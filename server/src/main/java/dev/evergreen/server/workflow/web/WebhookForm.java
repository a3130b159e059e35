package dev.evergreen.server.workflow.web;

import dev.evergreen.server.workflow.webhook.Webhook;
import dev.evergreen.server.workflow.webhook.Webhook.Wish;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What an administrator fills in about a webhook.
public record WebhookForm(
    @Nullable String name,
    @Nullable String url,
    @Nullable List<String> kinds,
    @Nullable String condition,
    @Nullable Boolean people) {
  static final WebhookForm BLANK = new WebhookForm("", "", List.of(), "", false);

  public WebhookForm {
    name = name == null ? "" : name;
    url = url == null ? "" : url;
    kinds = kinds == null ? List.of() : List.copyOf(kinds);
    condition = condition == null ? "" : condition;
  }

  static WebhookForm of(Webhook webhook) {
    Wish wish = webhook.wish();
    return new WebhookForm(wish.name(), wish.url(), wish.kinds(), wish.condition(), wish.people());
  }

  Wish wish() {
    return new Wish(
        Objects.requireNonNullElse(name, ""),
        Objects.requireNonNullElse(url, ""),
        Objects.requireNonNullElse(kinds, List.of()),
        Objects.requireNonNullElse(condition, ""),
        Boolean.TRUE.equals(people));
  }
}
