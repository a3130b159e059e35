package dev.evergreen.language;

import dev.evergreen.engine.Span;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads what stands at the head of workflows and processes: names, dates, who approves.
record HeadReader(Section section, Findings findings) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");

  /// A name that must be there.
  String name(String key) {
    return named(key, section.required(key));
  }

  String optionalName(String key) {
    return named(key, section.optional(key, ""));
  }

  private String named(String key, String name) {
    if (!name.isEmpty() && !NAME.matcher(name).matches()) {
      findings.error(
          section.spotOf(key),
          "the name %s".formatted(Wording.quoted(name)),
          "small letters, digits and `-`, a letter first",
          "write, for example, " + section.example(key));
    }
    return name;
  }

  Profile.Format format() {
    var roles = new LinkedHashMap<String, String>();
    texts("roles").forEach((name, text) -> roles.put(name.text(), text.text()));
    return new Profile.Format(
        section.optional("scope", ""),
        roles,
        section.scalars("exceptions").stream().map(Tree.Scalar::text).toList());
  }

  Profile.Review review(List<String> approval) {
    return new Profile.Review(
        approval,
        date(section, "reviewed"),
        new SpanReader(findings).span(section, "review every"));
  }

  /// Keys of teams.
  List<String> approval() {
    var teams = section.scalars("approval");
    for (var team : teams) {
      if (Assignees.team(team.text()).isEmpty()) {
        findings.error(
            team.at(),
            "%s for `approval`".formatted(Wording.quoted(team.text())),
            "`team` and the team's key",
            "write, for example, " + section.example("approval"));
      }
    }
    return teams.stream().flatMap(team -> Assignees.team(team.text()).stream()).toList();
  }

  Map<String, Span> promises() {
    var promises = new LinkedHashMap<String, Span>();
    texts("promise")
        .forEach((name, text) -> {
          var span = new SpanReader(findings).span(text, name.text(), section.example("promise"));
          if (span != null) {
            promises.put(name.text(), span);
          }
        });
    return promises;
  }

  @Nullable LocalDate date(Section from, String key) {
    var text = from.scalar(key);
    if (text == null) {
      return null;
    }
    try {
      return LocalDate.parse(text.text());
    } catch (DateTimeParseException _) {
      findings.error(
          text.at(),
          "%s for %s".formatted(Wording.quoted(text.text()), Wording.quoted(key)),
          "a date: year, month, day",
          "write, for example, " + from.example(key));
      return null;
    }
  }

  private Map<Tree.Scalar, Tree.Scalar> texts(String key) {
    var texts = new LinkedHashMap<Tree.Scalar, Tree.Scalar>();
    var mapping = section.mapping(key);
    if (mapping != null) {
      for (var entry : mapping.entries()) {
        if (entry.value() instanceof Tree.Scalar text && !text.text().isBlank()) {
          texts.put(entry.key(), text);
        } else {
          findings.error(
              entry.value().at(),
              "%s for %s".formatted(entry.value().shape(), Wording.quoted(entry.key().text())),
              "a text",
              "write, for example, " + section.example(key));
        }
      }
    }
    return texts;
  }
}
