package dev.evergreen.server.demo;

import dev.evergreen.server.team.Agent;
import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;

/// What is said in one story, by the customer and by agents. Sentences are put together from
/// variants, so that a thousand requests do not read like fifty.
final class Words {
  private static final List<String> FALLBACK_PRODUCTS =
      List.of(
          "Summit jacket", "Cairn backpack", "Ridge boots", "Alpine tent", "Drift sleeping bag");

  private final Story.Plan plan;
  private final RandomGenerator random;
  private final String product;
  private final String order;
  private final String day;
  private final String signature;
  private final int variant;

  Words(Story.Plan plan, RandomGenerator random) {
    this.plan = plan;
    this.random = random;
    var products = plan.scenario().opening().products();
    product = DemoPeople.any(products.isEmpty() ? FALLBACK_PRODUCTS : products, random);
    order = "RO-" + (41_000 + random.nextInt(48_000));
    day = DayOfWeek.of(1 + random.nextInt(6)).getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    variant = random.nextInt(plan.scenario().opening().bodies().size());
    signature =
        switch (random.nextInt(5)) {
          case 0 -> plan.customer().firstName();
          case 1 -> plan.customer().firstName() + "\n(" + plan.customer().place() + ")";
          default -> plan.customer().name();
        };
  }

  String subject() {
    return filled(DemoPeople.any(plan.scenario().opening().subjects(), random));
  }

  String request() {
    var angry = plan.scenario().labels().angry() ? "angry " : "";
    var body = body();
    var aside = random.nextInt(100) < 38 && angry.isEmpty() ? Phrases.any("asides", random) : "";
    return fromCustomer(
        Phrases.any(angry + "greetings", random),
        aside.isEmpty()
            ? body
            : random.nextInt(3) == 0 ? aside + "\n\n" + body : body + "\n\n" + aside,
        Phrases.any(angry + "closings", random));
  }

  /// A request by phone, as the agent who took the call notes it.
  String call() {
    return filled(body());
  }

  private String body() {
    return plan.scenario().opening().bodies().get(variant);
  }

  /// The first answer fits the first body and so on; the last one fits all that follow.
  private String firstAnswer() {
    var answers = plan.scenario().course().answers();
    return answers.get(Math.min(variant, answers.size() - 1));
  }

  String details() {
    var details = plan.scenario().course().details();
    return brief(details == null ? Phrases.any("details", random) : details);
  }

  String afterthought() {
    return brief(Phrases.any("extra", random));
  }

  String thanks(Agent agent) {
    return brief(Phrases.any("thanks", random).replace("{agent}", firstNameOf(agent)));
  }

  /// The scenario knows what goes wrong the first time; after that it is one thing or another.
  String notSolved(int answers) {
    var again = plan.scenario().course().again();
    return brief(again != null && answers == 1 ? again : Phrases.any("not solved", random));
  }

  String comesBack() {
    return brief(Phrases.any("returning", random));
  }

  String answer(int answersBefore, Agent agent) {
    var second = plan.scenario().course().second();
    var text =
        answersBefore == 0
            ? firstAnswer()
            : second != null && answersBefore == 1 ? second : Phrases.any("second answers", random);
    var opening = answersBefore == 0 ? Phrases.any("answer openings", random) : "";
    var closing = Phrases.any("answer closings", random);
    return filled(
        paragraphs(
                Phrases.any("answer greetings", random),
                opening.isEmpty() ? text : opening + " " + text,
                closing,
                Phrases.any("answer signatures", random) + "\n" + firstNameOf(agent))
            .replace("{first}", plan.customer().firstName()));
  }

  String note(Agent colleague) {
    return filled(
        Phrases.any("notes " + plan.scenario().labels().category(), random)
            .replace("{agent}", firstNameOf(colleague)));
  }

  String comment(int score, Agent agent) {
    return Phrases.any(score >= 4 ? "praise" : score == 3 ? "middling" : "blame", random)
        .replace("{agent}", firstNameOf(agent));
  }

  /// What a customer's mail program makes of the same text.
  @Nullable String html(String text) {
    if (plan.customer().name().hashCode() % 3 != 0) {
      return null;
    }
    var html = new StringBuilder("<html><body style=\"font-family:Calibri,sans-serif\">");
    for (var paragraph : HtmlUtils.htmlEscape(text, "UTF-8").split("\n\n")) {
      html.append(
          paragraph.startsWith("&gt; ")
              ? "<blockquote style=\"border-left:2px solid #ccc;padding-left:8px\">"
                  + paragraph.replace("&gt; ", "").replace("\n", "<br>")
                  + "</blockquote>"
              : "<p>" + paragraph.replace("\n", "<br>") + "</p>");
    }
    return html.append("</body></html>").toString();
  }

  private String brief(String text) {
    var greeted = random.nextInt(3) == 0 ? Phrases.any("greetings", random) : "";
    var closing = random.nextInt(2) == 0 ? Phrases.any("closings", random) : "";
    return fromCustomer(greeted, text, closing);
  }

  private String fromCustomer(String greeting, String body, String closing) {
    return filled(
        paragraphs(greeting, body, closing.isEmpty() ? signature : closing + "\n" + signature));
  }

  private static String paragraphs(String... parts) {
    return String.join("\n\n", List.of(parts).stream().filter(part -> !part.isEmpty()).toList());
  }

  private String filled(String text) {
    return text.replace("{product}", product)
        .replace("{order}", order)
        .replace("{place}", plan.customer().place())
        .replace("{day}", day)
        .replace("{shop}", DemoPeople.SHOP);
  }

  private static String firstNameOf(Agent agent) {
    return agent.name().substring(0, agent.name().indexOf(' '));
  }
}
