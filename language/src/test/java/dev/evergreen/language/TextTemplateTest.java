package dev.evergreen.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextTemplateTest {
  private static final Map<String, Object> ADA =
      Map.of(
          "customer",
          Map.of("name", "Ada <b>", "since", Instant.EPOCH),
          "lines",
          List.of("a", "b"));

  @Test
  void values_are_filled_in_as_they_are() {
    assertThat(render("Hello {{ customer.name }}!")).isEqualTo("Hello Ada <b>!");
    assertThat(render("{% for line in lines %}{{ line }};{% endfor %}")).isEqualTo("a;b;");
    assertThat(render("{{ customer.since | date: '%Y' }}")).isEqualTo("1970");
  }

  @Test
  void what_is_not_known_is_blank() {
    assertThat(render("[{{ customer.nick }}]{{ customer.nick | default: 'friend' }}"))
        .isEqualTo("[]friend");
  }

  @Test
  void a_text_says_which_values_it_reads() {
    var template =
        TextTemplate.parse(
            "{% if ticket.number %}\n#{{ ticket.number | append: links.confirm }}{% endif %}"
                + "{% assign own = 1 %}{{ own }}{% for x in lines %}{{ x }}{% endfor %}");

    assertThat(template.names())
        .containsExactly(
            new TextTemplate.Name("ticket.number", 1, 7),
            new TextTemplate.Name("ticket.number", 2, 5),
            new TextTemplate.Name("links.confirm", 2, 29),
            new TextTemplate.Name("lines", 2, 97));
  }

  @Test
  void mistakes_say_where_they_are() {
    var open = malformed("Hello\n{{ customer.name");
    assertThat(open.line()).isEqualTo(2);

    var filter = malformed("Hello\n  {{ 'x' | json }}");
    assertThat(filter)
        .hasMessageStartingWith("found the filter `json`, expected one of `append`, ");
    assertThat(List.of(filter.line(), filter.column())).isEqualTo(List.of(2, 10));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{% include 'secret' %}",
        "{% unknown %}",
        "{{ x | relative_url }}",
        "{{ 'now' | date: '%s' }}",
        "{{ 'today' | date }}",
        "{% for i in (1..100000000) %}x{% endfor %}",
        "{% for i in (1..999) %}{% for j in (1..999) %}x{% endfor %}{% endfor %}",
        "{% assign a = 'aaaaaaaaaa' %}{% for i in (1..40) %}{% assign a = a | append: a %}{% endfor %}",
        "{% capture a %}aaaaa{% endcapture %}{% for i in (1..40) %}"
            + "{% capture a %}{{ a }}{{ a }}{% endcapture %}{% endfor %}",
      })
  void nothing_reaches_out_or_runs_away(String liquid) {
    assertThatThrownBy(() -> render(liquid)).isInstanceOf(TextTemplate.Malformed.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{{ customer.class }}", "{{ customer.name.class.name }}", "{{ x.getClass }}"})
  void classes_are_not_values(String liquid) {
    assertThat(render(liquid)).isEmpty();
  }

  @Test
  void only_data_goes_in() {
    var template = TextTemplate.parse("{{ x }}");

    assertThatThrownBy(() -> template.render(Map.of("x", new Object())))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String render(String liquid) {
    return TextTemplate.parse(liquid).render(ADA);
  }

  private static TextTemplate.Malformed malformed(String liquid) {
    return catchThrowableOfType(TextTemplate.Malformed.class, () -> TextTemplate.parse(liquid));
  }
}
