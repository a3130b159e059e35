package dev.evergreen.server.platform.text;

import static dev.evergreen.server.platform.text.Texts.counted;
import static dev.evergreen.server.platform.text.Texts.number;
import static dev.evergreen.server.platform.text.Texts.text;
import static dev.evergreen.server.platform.text.Texts.textAs;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class TextsTest {
  @Test
  void english_is_what_stands_in_the_sources() {
    assertThat(text("Comes back")).isEqualTo("Comes back");
    assertThat(text("Merge into {0}", "#7")).isEqualTo("Merge into #7");
    assertThat(text("{0} is open", (Object) null)).isEqualTo(" is open");
    assertThat(counted(1, "{0} case", "{0} cases")).isEqualTo("1 case");
    assertThat(counted(2, "{0} case", "{0} cases")).isEqualTo("2 cases");
    assertThat(number(12_345)).isEqualTo("12,345");
  }

  @Test
  void another_language_is_looked_up_by_the_english() {
    assertThat(german(() -> text("Comes back"))).isEqualTo("Wiedervorlage");
    assertThat(german(() -> text("Merge into {0}", "#7"))).isEqualTo("Mit #7 zusammenführen");
    assertThat(german(() -> counted(1, "{0} case", "{0} cases"))).isEqualTo("1 Vorgang");
    assertThat(german(() -> counted(3, "{0} case", "{0} cases"))).isEqualTo("3 Vorgänge");
    assertThat(german(() -> textAs("button", "Split off"))).isEqualTo("Abtrennen");
    assertThat(german(() -> text("Split off"))).isEqualTo("Abgetrennt");
    assertThat(german(() -> number(12_345))).isEqualTo("12.345");
  }

  @Test
  void a_sentence_is_known_when_its_gaps_are_filled() {
    assertThat(german(() -> text("Expected a name of 1 to 80 letters, but found “Open”.")))
        .isEqualTo("Erwartet wird ein Name von 1 bis 80 Zeichen, gefunden wurde „Open“.");
    assertThat(german(() -> text("Not sent: that status is no longer there.")))
        .isEqualTo("Nicht gesendet: diesen Status gibt es nicht mehr.");
    assertThat(german(() -> text("Whoever is responsible · within 4 business hours")))
        .isEqualTo("Die zuständige Person · innerhalb von 4 Geschäftsstunden");
  }

  @Test
  void what_people_wrote_stays_as_it_is() {
    assertThat(german(() -> text("Zürich, {0} and “more”"))).isEqualTo("Zürich, {0} and “more”");
    assertThat(german(() -> text("{0} is open", "{1}", "Open"))).doesNotContain("Open");
  }

  @Test
  void a_letter_is_said_paragraph_by_paragraph() {
    var letter =
        """
        Hello Ada,

        somebody, probably you, asked for a new password
        at Ridgeline. Set one here:

        https://desk.example/password/1
        """;

    assertThat(Texts.inParagraphs(Language.ENGLISH, letter)).isEqualTo(letter);
    assertThat(Texts.inParagraphs(Language.GERMAN, letter))
        .isEqualTo(
            """
            Guten Tag Ada,

            jemand, vermutlich Sie, hat bei Ridgeline ein neues Passwort angefordert. Setzen Sie es hier:

            https://desk.example/password/1
            """);
  }

  @Test
  void a_browser_is_answered_in_the_first_language_that_there_is() {
    assertThat(Language.among("fr-CH, de-CH;q=0.9, en;q=0.8")).contains(Language.GERMAN);
    assertThat(Language.among("en-GB,en;q=0.9,de;q=0.1")).contains(Language.ENGLISH);
    assertThat(Language.among("fr")).isEmpty();
    assertThat(Language.among("no sense; at all")).isEmpty();
  }

  @Test
  void a_message_file_is_read_as_gettext_writes_it() {
    var file =
        """
        # A comment.
        msgid ""
        msgstr "Language: de\\n"

        #: a place
        msgid "One "
        "and two"
        msgstr "Eins „und\\" zwei"

        msgctxt "button"
        msgid "{0} case"
        msgid_plural "{0} cases"
        msgstr[0] "{0} Vorgang"
        msgstr[1] "{0} Vorgänge"
        """;

    assertThat(MessageFile.read("sample", file))
        .containsExactly(
            new MessageFile.Message("One and two", "", List.of("Eins „und\" zwei")),
            new MessageFile.Message(
                MessageFile.in("button", "{0} case"),
                "{0} cases",
                List.of("{0} Vorgang", "{0} Vorgänge")));
  }

  private static String german(Supplier<String> said) {
    var found = new String[1];
    Texts.reading(Language.GERMAN, () -> found[0] = said.get());
    return found[0];
  }
}
