package dev.evergreen.server.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.evergreen.language.Call;
import dev.evergreen.server.channel.CustomerLinks;
import dev.evergreen.server.channel.Envelope;
import dev.evergreen.server.customer.Customers;
import dev.evergreen.server.feedback.Surveys;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.EmailAddress;
import dev.evergreen.server.platform.Erasures;
import dev.evergreen.server.platform.Erasures.Cause;
import dev.evergreen.server.team.AgentId;
import dev.evergreen.server.team.Agents;
import dev.evergreen.server.team.NewAgent;
import dev.evergreen.server.team.PasswordLinks;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.team.Roles;
import dev.evergreen.server.team.Teams;
import dev.evergreen.server.ticket.TicketId;
import dev.evergreen.server.ticket.bulk.BulkChange;
import dev.evergreen.server.ticket.bulk.BulkChanges;
import dev.evergreen.server.ticket.composing.CannedResponses;
import dev.evergreen.server.ticket.notification.DigestLinks;
import dev.evergreen.server.ticket.view.Audience;
import dev.evergreen.server.ticket.view.Column;
import dev.evergreen.server.ticket.view.Condition;
import dev.evergreen.server.ticket.view.Fields;
import dev.evergreen.server.ticket.view.Grouping;
import dev.evergreen.server.ticket.view.Operator;
import dev.evergreen.server.ticket.view.Order;
import dev.evergreen.server.ticket.view.Terms;
import dev.evergreen.server.ticket.view.Views;
import dev.evergreen.server.transfer.Format;
import dev.evergreen.server.transfer.Imports;
import dev.evergreen.server.workflow.ProcessDrafts;
import dev.evergreen.server.workflow.WorkflowDrafts;
import dev.evergreen.server.workflow.WorkflowReviews;
import dev.evergreen.server.workflow.webhook.Deliveries;
import dev.evergreen.server.workflow.webhook.Webhook.WebhookId;
import dev.evergreen.server.workflow.webhook.Webhook.Wish;
import dev.evergreen.server.workflow.webhook.Webhooks;
import jakarta.mail.MessagingException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// Every page, for everybody: no barrier that axe finds, nothing in the console, nothing that runs
/// out of a narrow screen, by day and by night; and the keys.
class PagesBrowserTest extends BrowserTest {
  /// Routes that are no page, and why.
  private static final Map<String, String> NO_PAGE =
      Map.ofEntries(
          Map.entry("/", "leads to the desk"),
          Map.entry("/error", "what other addresses show when they fail"),
          Map.entry("/welcome", "looked at when the first visitor comes"),
          Map.entry("/assets/{name}", "styles, scripts and fonts of the pages"),
          Map.entry("/sign-in/code", "SignInBrowserTest comes there"),
          Map.entry("/account/second-step", "SignInBrowserTest comes there"),
          Map.entry("/openapi.json", "for programs"),
          Map.entry("/live", "the stream of changes"),
          Map.entry("/attachments/{id}", "a download"),
          Map.entry("/customers/{id}/export", "a download"),
          Map.entry("/customers/{id}/timeline", "a region of the customer"),
          Map.entry("/mailbox/{id}/raw", "a download"),
          Map.entry("/quarantine/{id}/raw", "a download"),
          Map.entry("/tickets/{number}/entries/{revision}/original", "a download"),
          Map.entry("/tickets/{number}/draft/pictures/{contentId}", "an image in the composer"),
          Map.entry("/messages/{message}/pictures/{contentId}", "an image in a message"),
          Map.entry("/tickets/{number}/variables", "offered in the composer"),
          Map.entry("/tickets/{number}/signature", "a preview in the composer"),
          Map.entry("/tickets/{number}/presence", "a region of the ticket"),
          Map.entry("/tickets/{number}/held", "a region of the ticket"),
          Map.entry(
              "/tickets/{number}/held/{id}/{form:recall|dispatch|time}",
              "leads back to the ticket"),
          Map.entry("/messages/{id}/frame", "a stranger's page: MessageFrameBrowserTest opens it"),
          Map.entry("/workflows/{name}/versions/{number}/file", "a download"),
          Map.entry("/workflows/{name}/versions/{number}/diagram", "a download"),
          Map.entry("/workflows/{name}/versions/{number}/bpmn", "a download"),
          Map.entry("/workflows/{name}/draft/file", "a download"),
          Map.entry("/processes/{name}/file", "a download"),
          Map.entry("/processes/{name}/draft/file", "a download"),
          Map.entry("/settings/audit/export", "a download"),
          Map.entry("/sign-in/provider", "leads to a provider, where one is connected"),
          Map.entry("/sign-in/provider/return", "comes back from a provider"),
          Map.entry("/lists/{view}", "a region of the desk"),
          Map.entry("/waiting", "a region of the desk"),
          Map.entry("/views", "a region of the desk"),
          Map.entry("/bulk/new", "offered when rows of a list are chosen"),
          Map.entry("/commands", "offered in the command bar"),
          Map.entry("/views/editor", "leads to a new view"),
          Map.entry("/tickets/new/customers", "proposals while typing"),
          Map.entry("/tickets/new/alike", "a warning while typing"),
          Map.entry("/tickets/{number}/mentionable", "proposals while typing"),
          Map.entry("/tickets/{number}/related", "a region of the ticket"),
          Map.entry("/tickets/{number}/watch", "a region of the ticket"),
          Map.entry("/tickets/{number}/together", "a region of the ticket"),
          Map.entry("/tickets/{number}/handed", "a region of the ticket"),
          Map.entry("/tickets/{number}/sides/{id:\\d+}/messages", "a region of a page"),
          Map.entry("/tickets/{number}/sides/{id}/files/{file}", "a download"),
          Map.entry("/team-tasks/rows", "a region of the tasks"),
          Map.entry("/notifications/bell", "a part of every page"),
          Map.entry("/notifications/news", "shown beside the window"),
          Map.entry(
              "/tickets/{number}/{form:entries|assignment|closing|reopening|fields|status|tags}",
              "leads back to the ticket"),
          Map.entry("/tickets/{number}/tags/offered", "proposals while typing"),
          Map.entry("/settings/tickets", "leads to the first of its pages"),
          Map.entry("/tickets/{number}/completion", "a region of the ticket"),
          Map.entry("/tickets/{number}/canned-responses", "offered in the composer"),
          Map.entry("/tickets/{number}/macros/{macro}", "offered in the composer"),
          Map.entry("/tickets/{number}/head", "a region of the ticket"),
          Map.entry("/tickets/{number}/timeline", "a region of the ticket"),
          Map.entry("/tickets/{number}/next", "a region of the ticket"),
          Map.entry("/tickets/{number}/details", "a region of the ticket"),
          Map.entry("/tickets/{number}/customer", "a region of the ticket"));

  /// Beginnings of routes that no person looks at.
  private static final List<String> FOR_PROGRAMS = List.of("/api/", "/v3/api-docs");

  private static final Pattern SURVEY = Pattern.compile("/survey/[\\w-]+");
  private static final String IN_REVIEW = "issue-resolution";
  private static final String LONG_WORD = "Donaudampfschifffahrtsgesellschaft".repeat(4);

  @Autowired Agents agents;
  @Autowired Teams teams;
  @Autowired Roles roles;
  @Autowired PasswordLinks passwordLinks;
  @Autowired Surveys surveys;
  @Autowired Webhooks webhooks;
  @Autowired Deliveries deliveries;
  @Autowired CustomerLinks links;
  @Autowired DigestLinks digestLinks;
  @Autowired WorkflowDrafts drafts;
  @Autowired WorkflowReviews reviews;
  @Autowired ProcessDrafts processes;
  @Autowired CannedResponses canned;
  @Autowired Customers customers;
  @Autowired Erasures erasures;
  @Autowired Views views;
  @Autowired BulkChanges bulk;
  @Autowired AutowireCapableBeanFactory beans;
  @Autowired Imports imports;
  @Autowired dev.evergreen.server.platform.Files files;

  @Autowired
  @Qualifier("requestMappingHandlerMapping")
  RequestMappingHandlerMapping mappings;

  @Test
  void every_page_is_for_everybody() throws MessagingException, IOException {
    Page ada = ada();
    Map<String, List<String>> pages = pages();
    Page stranger = somebody();

    var found = new ArrayList<String>();
    pages.forEach((route, paths) -> {
      for (String path : paths) {
        found.addAll(look(isPublic(route) ? stranger : ada, path));
      }
    });

    assertThat(found).isEmpty();
    var met = new TreeSet<>(pages.keySet());
    met.addAll(NO_PAGE.keySet());
    assertThat(routes()).isSubsetOf(met);
  }

  @Test
  void an_unknown_address_says_so() {
    Page ada = ada();

    var answer = ada.navigate(address("/no/such/page"));

    assertThat(answer.status()).isEqualTo(404);
    assertThat(ada.getByText("There is nothing here")).isVisible();
    assertThat(Look.barriers(ada)).isEmpty();
    assertThat(chromium.complaints()).allMatch(line -> line.contains("404")).hasSizeLessThan(2);
  }

  @Test
  void keys_do_what_the_list_of_keys_says() throws MessagingException {
    Page ada = ada();
    var _ = canned.add("hail", "Hello {{ customer.name }},", Actor.SYSTEM);
    customer("Kim Sato", "kim@sato.example").write("First of two", "One.");
    customer("Kim Sato", "kim@sato.example").write("Second of two", "Two.");
    settle();
    ada.navigate(address("/tickets?view=all"));
    Locator rows = ada.locator("#rows a.row-ticket");

    ada.keyboard().press("j");
    assertThat(rows.first()).isFocused();
    ada.keyboard().press("j");
    assertThat(rows.nth(1)).isFocused();
    ada.keyboard().press("k");
    assertThat(rows.first()).isFocused();
    ada.keyboard().press("Enter");
    assertThat(ada.locator("#ticket-head")).containsText("Second of two");

    ada.keyboard().press("?");
    Locator keys = ada.locator("dialog#keys");
    for (String key : List.of("j", "k", "Enter", "r", "n", "a", "d", "?")) {
      assertThat(keys.locator("dt").getByText(key, exactly())).isVisible();
    }
    assertThat(Look.barriers(ada)).isEmpty();
    ada.keyboard().press("Escape");
    assertThat(keys).isHidden();

    ada.keyboard().press("r");
    Locator words = ada.getByLabel("Your words");
    assertThat(words).isFocused();
    assertThat(words).hasAttribute("aria-placeholder", "Reply to Kim Sato…");
    ada.keyboard().press("Escape");
    ada.keyboard().press("n");
    assertThat(words).hasAttribute("placeholder", "A note, only for us…");
    ada.keyboard().type("She called, too.");
    ada.keyboard().press("Control+Enter");
    assertThat(ada.locator("#timeline .note")).containsText("She called, too.");
    assertThat(words).isEmpty();

    ada.keyboard().press("r");
    ada.keyboard().type("::hai");
    assertThat(ada.locator("#canned [role=option]:visible")).containsText("hail");
    ada.keyboard().press("Enter");
    assertThat(words).hasText("Hello Kim Sato,");
    ada.keyboard().press("Escape");

    ada.keyboard().press("d");
    assertThat(ada.getByLabel("Category").first()).isFocused();
    assertThat(chromium.complaints()).isEmpty();
  }

  private static Locator.GetByTextOptions exactly() {
    return new Locator.GetByTextOptions().setExact(true);
  }

  private List<String> look(Page page, String path) {
    var found = new ArrayList<String>();
    var answer = page.navigate(address(path));
    if (answer.status() != 200) {
      found.add(path + " answered " + answer.status());
    }
    found.addAll(Look.barriers(page));
    chromium.complaints().forEach(line -> found.add(path + " console: " + line));
    return found;
  }

  private static boolean isPublic(String route) {
    return Set.of(
            "/sign-in",
            "/password",
            "/s/{token}",
            "/digest/{token}",
            "/survey/{token}",
            "/password/{token}")
        .contains(route);
  }

  /// The routes of all controllers that answer a GET.
  private Set<String> routes() {
    var found = new TreeSet<String>();
    mappings
        .getHandlerMethods()
        .forEach((mapping, _) -> {
          var methods = mapping.getMethodsCondition().getMethods();
          if (methods.isEmpty() || methods.contains(RequestMethod.GET)) {
            mapping.getPatternValues().stream()
                .filter(route -> FOR_PROGRAMS.stream().noneMatch(route::startsWith))
                .forEach(found::add);
          }
        });
    return found;
  }

  /// Every page, by its route, on a house in which there is something to show on each.
  private Map<String, List<String>> pages() throws MessagingException, IOException {
    furnish();
    long ticket = number("select max(ticket_id) from message where html is not null");
    var pages = new TreeMap<String, List<String>>();
    pages.put(
        "/tickets",
        List.of(
            "/tickets?view=mine",
            "/tickets?view=unassigned",
            "/tickets?view=all",
            "/tickets?view=closed"));
    pages.put("/tickets/{number}", List.of("/tickets/" + ticket));
    pages.put("/views/new", List.of("/views/new"));
    pages.put("/search", List.of("/search", "/search?q=leaks", "/search?q=nowhere"));
    pages.put("/bulk/{id:\\d+}", List.of("/bulk/" + bulk(ticket)));
    String view = savedView();
    pages.put("/views/{id:\\d+}", List.of("/views/" + view, "/tickets?view=" + view));
    pages.put("/tickets/new", List.of("/tickets/new"));
    String here = "/tickets/" + ticket;
    long other = number("select min(id) from ticket where status <> 'closed'");
    pages.put(
        "/tickets/{number}/merge",
        List.of(here + "/merge", here + "/merge?into=" + other, here + "/merge?words=nothing"));
    pages.put("/tickets/{number}/split", List.of(here + "/split"));
    pages.put("/tickets/{number}/forwarding", List.of(here + "/forwarding"));
    var by = agents.withEmail(EmailAddress.parse(EMAIL).orElseThrow()).orElseThrow();
    pages.putAll(beans.createBean(TogetherPages.class).furnish(ticket, by));
    pages.put("/tickets/{number}/links", List.of(here + "/links", here + "/links?words=nothing"));
    pages.put("/notifications", List.of("/notifications"));
    pages.put("/account/notifications", List.of("/account/notifications"));
    pages.put("/tickets/{number}/workflows", List.of("/tickets/" + ticket + "/workflows"));
    pages.put(
        "/tickets/{number}/workflows/{name}",
        List.of("/tickets/" + ticket + "/workflows/escalate"));
    pages.put("/workflows/{name}/start", List.of("/workflows/escalate/start"));
    pages.put("/processes/{name}", List.of("/processes/support", "/processes/complaints"));
    pages.put("/customers", List.of("/customers", "/customers?q=nobody"));
    pages.put("/customers/{id}", List.of("/customers/" + number("select max(id) from customer")));
    var customer = "/customers/" + number("select max(id) from customer");
    pages.put("/customers/{id}/merge", List.of(customer + "/merge", customer + "/merge?q=n"));
    pages.put("/customers/{id}/erasure", List.of(customer + "/erasure"));
    pages.put("/organizations", List.of("/organizations", "/organizations?q=nobody"));
    pages.put(
        "/organizations/{id}",
        List.of("/organizations/" + number("select max(id) from organization")));
    var organization = "/organizations/" + number("select max(id) from organization");
    pages.put(
        "/organizations/{id}/merge",
        List.of(
            organization + "/merge?q=r",
            organization + "/merge?other=" + number("select min(id) from organization")));
    pages.put("/settings/customers", List.of("/settings/customers"));
    pages.put("/settings/retention", List.of("/settings/retention"));
    pages.put("/settings/transfer", List.of("/settings/transfer"));
    pages.put("/settings/transfer/{id}", List.of("/settings/transfer/" + looked()));
    pages.put("/settings/privacy", List.of("/settings/privacy"));
    pages.put("/settings/privacy/erasures/{id}", List.of(receipt()));
    pages.put("/mailbox", List.of("/mailbox"));
    pages.put("/mailbox/{id}", List.of("/mailbox/" + number("select max(id) from outbox")));
    pages.put("/quarantine", List.of("/quarantine"));
    pages.put("/runs", List.of("/runs?view=open", "/runs?view=faults"));
    pages.put("/runs/{id}", List.of("/runs/" + number("select max(id) from run")));
    pages.put(
        "/runs/{id}/versions/{number}",
        List.of(
            "/runs/" + number("select max(id) from run where ended_at is null") + "/versions/1"));
    pages.put("/workflows", List.of("/workflows"));
    pages.putAll(studio());
    pages.put("/settings", List.of("/settings"));
    pages.put("/settings/team", List.of("/settings/team"));
    pages.put("/settings/roles", List.of("/settings/roles"));
    pages.put("/settings/roles/new", List.of("/settings/roles/new?from=COLLABORATOR"));
    pages.put("/settings/roles/{id}", List.of(role()));
    pages.put("/settings/provider", List.of("/settings/provider"));
    pages.put(
        "/settings/audit",
        List.of(
            "/settings/audit", "/settings/audit?checked=true", "/settings/audit?about=setting"));
    pages.put("/settings/health", List.of("/settings/health"));
    pages.put("/settings/mailboxes", List.of("/settings/mailboxes"));
    for (var list : List.of("statuses", "categories", "outcomes", "tags", "priorities")) {
      pages.put("/settings/tickets/" + list, List.of("/settings/tickets/" + list));
    }
    pages.put(
        "/settings/{owner:tickets|customers|organizations}/fields",
        List.of(
            "/settings/tickets/fields",
            "/settings/customers/fields",
            "/settings/organizations/fields"));
    pages.put("/settings/canned-responses", List.of("/settings/canned-responses"));
    pages.put("/settings/signatures", List.of("/settings/signatures"));
    pages.put("/settings/macros", List.of("/settings/macros"));
    pages.put("/settings/language", List.of("/settings/language"));
    pages.put("/settings/sending", List.of("/settings/sending"));
    pages.put("/settings/reopening", List.of("/settings/reopening"));
    var webhook = webhook();
    pages.put("/settings/webhooks", List.of("/settings/webhooks"));
    pages.put("/settings/webhooks/new", List.of("/settings/webhooks/new"));
    pages.put("/settings/webhooks/calls", List.of("/settings/webhooks/calls"));
    pages.put("/settings/webhooks/{id:\\d+}", List.of(webhook));
    pages.put(
        "/settings/webhooks/{id:\\d+}/deliveries/{delivery:\\d+}",
        List.of(webhook + "/deliveries/" + delivery(webhook)));
    pages.put("/sign-in", List.of("/sign-in"));
    pages.put("/digest/{token}", List.of(pathOf(digestLinks.noMore(new AgentId(1)))));
    pages.put("/s/{token}", List.of(pathOf(links.confirm(new TicketId(ticket)))));
    pages.put("/survey/{token}", List.of(survey(ticket)));
    pages.put("/password", List.of("/password"));
    pages.put("/password/{token}", List.of("/password/" + invitation()));
    pages.put("/account", List.of("/account"));
    return pages;
  }

  /// A workflow in force whose next version is in review, and a draft with an error in it.
  private Map<String, List<String>> studio() {
    var ada = agents.withEmail(EmailAddress.parse(EMAIL).orElseThrow()).orElseThrow();
    var frontline = teams.withKey("frontline").orElseThrow();
    agents.add(
        new NewAgent("Rita Rey", "rita@ridge.example", Role.LEAD, List.of(frontline.id())),
        Actor.SYSTEM);
    var draft = drafts.begin(IN_REVIEW, ada).expected();
    var changed = draft.text().content().replace("within: 1 business hour", "within: 30 minutes");
    draft = drafts.save(IN_REVIEW, draft.revision(), changed, "typed", ada).expected();
    reviews.ask(IN_REVIEW, draft.revision(), List.of("frontline"), "Faster.", ada).expected();
    var wrong = changed.replace("by: team frontline", "by: nobody");
    drafts.create("with-an-error", wrong, "copied", ada).expected();
    processes.begin("complaints", ada).expected();

    String here = "/workflows/" + IN_REVIEW;
    return Map.ofEntries(
        Map.entry("/workflows/new", List.of("/workflows/new")),
        Map.entry("/processes/{name}/draft", List.of("/processes/complaints/draft")),
        Map.entry("/workflows/{name}", List.of(here)),
        Map.entry(
            "/workflows/{name}/copy",
            List.of(here + "/copy", "/workflows/customer-complaint/copy")),
        Map.entry("/workflows/{name}/diagram", List.of(here + "/diagram")),
        Map.entry("/workflows/{name}/text", List.of(here + "/text")),
        Map.entry("/workflows/{name}/runs", List.of(here + "/runs")),
        Map.entry("/workflows/{name}/versions", List.of(here + "/versions")),
        Map.entry("/workflows/{name}/versions/{number}", List.of(here + "/versions/1")),
        Map.entry(
            "/workflows/{name}/draft",
            List.of("/workflows/with-an-error/draft", "/workflows/with-an-error/draft?step=2")),
        Map.entry(
            "/workflows/{name}/review",
            List.of(here + "/review", "/workflows/with-an-error/review")));
  }

  private void furnish() throws MessagingException, IOException {
    var _ = teams.create("frontline", "Frontline", Actor.SYSTEM);
    var nora = customer("Nora " + LONG_WORD, "nora." + "long".repeat(12) + "@house.example");
    nora.writeHtml(
        "My tent: " + LONG_WORD,
        "<p>It <b>leaks</b>. See https://house.example/"
            + LONG_WORD
            + "</p><table><tr><td>"
            + LONG_WORD
            + "</td></tr></table>");
    var nobody = "Subject: nobody\nMessage-ID: <nobody@house.example>\n\nhello";
    intake.accept(
        new ByteArrayInputStream(nobody.getBytes(StandardCharsets.UTF_8)),
        Envelope.delivered("", List.of(own.support().toString())));
    settle();
  }

  /// An import that was looked through, with words to map and something that did not fit.
  private long looked() throws IOException {
    try (var in =
        java.nio.file.Files.newInputStream(
            Path.of("src/test/resources/imports/zendesk-export.jsonl"))) {
      var ada = agents.withEmail(EmailAddress.parse(EMAIL).orElseThrow()).orElseThrow();
      var given = List.of(new Imports.Given(files.store(in), LONG_WORD + ".jsonl"));
      long id = imports.look(Format.ZENDESK, "pages", given, ada);
      settle();
      for (int i = 0; i < 200 && imports.withId(id).orElseThrow().isGoing(); i++) {
        LockSupport.parkNanos(50_000_000);
      }
      return id;
    }
  }

  /// Of somebody who was erased.
  private String receipt() {
    var gone = customers.recognize("gone@house.example", "Gone Person");
    var receipt = erasures.begin(gone.id().subject(), Cause.ASKED, Actor.SYSTEM).expected();
    settle();
    return "/settings/privacy/erasures/" + receipt.id();
  }

  private String webhook() {
    var ada = agents.withEmail(EmailAddress.parse(EMAIL).orElseThrow()).orElseThrow();
    var wish =
        new Wish(
            "The shop",
            "https://shop.example/events",
            List.of("ticket.opened", "ticket.closed"),
            "ticket.priority == \"urgent\"",
            true);
    return "/settings/webhooks/" + webhooks.add(wish, ada).expected().id().value();
  }

  private long delivery(String webhook) {
    var ada = agents.withEmail(EmailAddress.parse(EMAIL).orElseThrow()).orElseThrow();
    var id = new WebhookId(Long.parseLong(webhook.replaceAll("\\D", "")));
    return deliveries.attempt(webhooks.get(id, ada).orElseThrow()).value();
  }

  /// A change of a ticket that has changed since, which is therefore left alone.
  private long bulk(long ticket) {
    var ada = agents.withEmail(EmailAddress.parse(EMAIL).orElseThrow()).orElseThrow();
    var seen = Map.of(new TicketId(ticket), 1_000L);
    long id = bulk.begin(new BulkChange.Categorize("product"), seen, ada).expected();
    settle();
    return id;
  }

  /// A view with every kind of condition, grouped, with a long name.
  private String savedView() {
    var ada = agents.withEmail(EmailAddress.parse(EMAIL).orElseThrow()).orElseThrow();
    var old =
        new Condition.Comparison(
            Fields.withKey("updated").orElseThrow(), Operator.OLDER, List.of("1 minute"));
    var condition =
        new Condition.All(
            List.of(
                new Condition.Any(List.of(Condition.is("status", "new", "open"), old)),
                new Condition.None(
                    List.of(Condition.is("agent", "me"), Condition.is("subject", "nothing")))));
    var terms =
        new Terms(
            condition,
            Order.Usual.PRIORITY,
            true,
            Grouping.Usual.STATUS,
            List.of(Column.Usual.values()));
    return views
        .make(LONG_WORD.substring(0, 60), new Audience.Own(ada.id()), terms, ada)
        .expected()
        .key();
  }

  private String survey(long ticket) {
    var call = new Call("ticket", ticket, "pages/" + ticket, clock.instant());
    assertThat(surveys.ask(new TicketId(ticket), call)).isTrue();
    var text = database.sql("select text from outbox order by id desc limit 1");
    var link = SURVEY.matcher(text.query(String.class).single());
    assertThat(link.find()).isTrue();
    return link.group();
  }

  private String invitation() {
    var ines = new NewAgent("Ines Sørensen", "ines@ridge.example", Role.AGENT, List.of());
    var agent = agents.add(ines, Actor.SYSTEM).expected();
    return passwordLinks.invite(agent.id(), Actor.SYSTEM).expected();
  }

  private String role() {
    var wanted = Roles.Wanted.of("Looks on", List.of("see@own", "note@everywhere"), teams.all());
    return "/settings/roles/" + roles.make(wanted, Actor.SYSTEM).expected().key();
  }

  private static String pathOf(String link) {
    return link.substring(address("").length());
  }

  private long number(String sql) {
    return database.sql(sql).query(Long.class).single();
  }
}
