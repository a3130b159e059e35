package dev.evergreen.server.team.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.desk.web.WebTest;
import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.EmailAddress;
import dev.evergreen.server.team.Agent;
import dev.evergreen.server.team.Role;
import dev.evergreen.server.team.Teams;
import dev.evergreen.server.team.Visitor;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/// Signing in by a real provider of identities, which the administrator has allowed.
@TestPropertySource(properties = "evergreen.outbound-allowed=127.0.0.2")
class ProviderWebTest extends WebTest {
  private static final String RETURN = "/sign-in/provider/return";

  @Autowired Teams teams;
  @Autowired JdbcClient database;

  @SuppressWarnings("NullAway.Init")
  private TestProvider provider;

  @SuppressWarnings("NullAway.Init")
  private Visitor ada;

  private final Map<String, String> settings = new HashMap<>();

  @BeforeEach
  void a_provider() {
    provider = new TestProvider("http://localhost:" + port + RETURN);
    ada = signedIn(somebody("Ada", Role.ADMINISTRATOR));
    settings.put("name", "Ridge accounts");
    settings.put("issuer", provider.issuer());
    settings.put("client", TestProvider.CLIENT);
    settings.put("secret", TestProvider.SECRET);
    settings.put("active", "true");
    settings.put("links", "true");
  }

  @AfterEach
  void disconnect() {
    ada.get("/settings/provider");
    ada.post("/settings/provider/removal", Map.of());
    provider.close();
  }

  @Test
  void somebody_who_is_here_comes_in_by_a_verified_address_and_stays_known_without_it() {
    connect();
    var leon = somebody("Leon", Role.AGENT);
    provider.knows("leon-1", claims(leon.email(), true));
    var visitor = stranger();
    var page = visitor.get("/sign-in").body();

    var come = comeAs("leon-1", visitor, "/waiting");

    assertThat(page).contains("Sign in with Ridge accounts");
    assertThat(path(come)).isEqualTo("/waiting");
    assertThat(visitor.get("/account").body()).contains(leon.email(), "Ridge accounts");
    provider.knows("leon-1", claims("somebody-else@ridge.example", true));
    assertThat(path(comeAs("leon-1", stranger(), "/"))).isEqualTo("/");
    assertThat(ada.get("/settings/audit").body())
        .contains("connected their account of Ridge accounts");
    visitor.get("/account");
    assertThat(path(visitor.post("/sign-out", Map.of()))).isEqualTo("/sign-in");
    assertThat(path(visitor.get("/account"))).isEqualTo("/sign-in");
  }

  @Test
  void an_address_that_nobody_verified_opens_no_account() {
    connect();
    var leon = somebody("Leon", Role.AGENT);
    provider.knows("thief", claims(leon.email(), false));

    var come = comeAs("thief", stranger(), "/");

    assertThat(come.statusCode()).isEqualTo(401);
    assertThat(come.body()).contains("has verified your address");
  }

  @Test
  void an_account_is_connected_by_hand_where_addresses_are_not_trusted() {
    settings.remove("links");
    connect();
    var leon = somebody("Leon", Role.AGENT);
    provider.knows("leon-2", claims(leon.email(), true));
    assertThat(comeAs("leon-2", stranger(), "/").body()).contains("Sign in by your password first");
    var visitor = signedIn(leon);
    visitor.get("/account");

    var away = there(visitor.post("/account/provider", Map.of()));
    var back = visitor.get(relative(provider.prove("leon-2", away)));

    assertThat(path(back)).isEqualTo("/account");
    assertThat(visitor.get("/account").body()).contains("signs you in here, too");
    assertThat(path(comeAs("leon-2", stranger(), "/"))).isEqualTo("/");
    visitor.post("/account/provider/removal", Map.of());
    assertThat(comeAs("leon-2", stranger(), "/").statusCode()).isEqualTo(401);
  }

  @Test
  void newcomers_get_the_role_and_teams_that_the_setting_says_or_stay_out() {
    connect();
    var address = "noor" + number() + "@ridge.example";
    provider.knows("noor", claims(address, true));
    assertThat(comeAs("noor", stranger(), "/").statusCode()).isEqualTo(401);
    var team = teams.create("noor" + number(), "Noor's team", Actor.SYSTEM).expected();
    settings.put("role", "COLLABORATOR");
    settings.put("team", "" + team.id().value());
    settings.put("domains", "ridge.example");
    connect();

    var come = comeAs("noor", stranger(), "/");

    assertThat(path(come)).isEqualTo("/");
    var noor = agent(address);
    assertThat(noor.role()).isEqualTo(Role.COLLABORATOR);
    assertThat(noor.teams()).containsExactly(team.id());
    provider.knows("mallory", claims("mallory@elsewhere.example", true));
    assertThat(comeAs("mallory", stranger(), "/").body()).contains("verified address of ridge");
  }

  @Test
  void what_the_provider_must_say_is_asked_of_everybody() {
    settings.put("claim", "groups");
    settings.put("value", "support");
    connect();
    var leon = somebody("Leon", Role.AGENT);
    var claims = claims(leon.email(), true);
    provider.knows("leon-3", claims);
    assertThat(comeAs("leon-3", stranger(), "/").body()).contains("does not say that you belong");

    claims.put("groups", List.of("sales", "support"));
    assertThat(path(comeAs("leon-3", stranger(), "/"))).isEqualTo("/");
  }

  @Test
  void whoever_left_stays_out() {
    connect();
    var leon = somebody("Leon", Role.AGENT);
    provider.knows("leon-4", claims(leon.email(), true));
    var visitor = stranger();
    comeAs("leon-4", visitor, "/");
    agents.deactivate(leon.id(), Actor.SYSTEM).expected();

    assertThat(path(visitor.get("/account"))).isEqualTo("/sign-in");
    assertThat(comeAs("leon-4", stranger(), "/").body()).contains("Nobody works here");
  }

  @Test
  void a_way_back_is_good_once_in_the_browser_that_left() {
    connect();
    var leon = somebody("Leon", Role.AGENT);
    provider.knows("leon-5", claims(leon.email(), true));
    var visitor = stranger();
    var back = relative(provider.prove("leon-5", away(visitor, "/")));

    assertThat(stranger().get(back).statusCode()).isEqualTo(401);
    var forged = visitor.get(back.replaceFirst("state=[^&]+", "state=made-up"));
    assertThat(forged.statusCode()).isEqualTo(401);
    assertThat(visitor.get(back).statusCode()).isEqualTo(401);
    var again = relative(provider.prove("leon-5", away(visitor, "/")));
    assertThat(path(visitor.get(again))).isEqualTo("/");
    assertThat(stranger().get(RETURN + "?error=access_denied&state=x").statusCode()).isEqualTo(401);
  }

  @Test
  void a_code_is_asked_for_with_proof_state_and_nonce() {
    connect();

    assertThat(away(stranger(), "/"))
        .contains("code_challenge_method=S256", "state=", "nonce=", "scope=openid");
  }

  @Test
  void a_provider_that_cannot_be_is_refused_with_a_sentence() {
    assertThat(refusal("issuer", "http://127.0.0.3:1")).contains("Expected a provider at");
    assertThat(refusal("issuer", "http://login.example.com")).contains("https://login.example.com");
    assertThat(refusal("issuer", provider.issuer() + "/x")).contains("it answered");
    assertThat(refusal("issuer", provider.issuer() + "/")).contains("take that as its address");
    assertThat(refusal("name", " ")).contains("for the button");
    assertThat(refusal("domains", "no domain")).contains("Expected domains such as");
    assertThat(refusal("claim", "groups")).contains("or neither");
    assertThat(refusal("role", "ADMINISTRATOR")).contains("does not administer");
    assertThat(stranger().get("/sign-in").body()).doesNotContain("Sign in with Ridge");
  }

  @Test
  void the_secret_is_kept_encrypted_and_never_shown() {
    connect();
    settings.remove("secret");
    connect();

    var kept =
        database
            .sql("select encode(secret, 'escape') as kept from sign_in_provider")
            .query((row, _) -> row.getString("kept"))
            .single();
    assertThat(kept).doesNotContain(TestProvider.SECRET);
    assertThat(ada.get("/settings/provider").body())
        .contains("One is kept, encrypted")
        .doesNotContain(TestProvider.SECRET);
    assertThat(ada.get("/settings/audit").body()).doesNotContain(TestProvider.SECRET);
    var leon = somebody("Leon", Role.AGENT);
    provider.knows("leon-6", claims(leon.email(), true));
    assertThat(path(comeAs("leon-6", stranger(), "/"))).isEqualTo("/");
  }

  private void connect() {
    assertThat(path(save())).isEqualTo("/settings/provider");
  }

  private HttpResponse<String> save() {
    var page = ada.get("/settings/provider").body();
    var revision = page.replaceFirst("(?s).*name=\"revision\" value=\"(\\d+)\".*", "$1");
    var form = new HashMap<>(settings);
    form.put("revision", revision);
    return ada.post("/settings/provider", form);
  }

  private String refusal(String field, String value) {
    var before = settings.put(field, value);
    var answer = save();
    if (before == null) {
      settings.remove(field);
    } else {
      settings.put(field, before);
    }
    assertThat(answer.statusCode()).isEqualTo(422);
    return answer.body();
  }

  private static Map<String, Object> claims(String address, boolean verified) {
    var claims = new HashMap<String, Object>();
    claims.put("email", address);
    claims.put("email_verified", verified);
    claims.put("name", "Somebody");
    return claims;
  }

  /// Where the browser is sent to prove who somebody is.
  private static String away(Visitor visitor, String next) {
    return there(visitor.get("/sign-in/provider?next=" + next));
  }

  private HttpResponse<String> comeAs(String subject, Visitor visitor, String next) {
    return visitor.get(relative(provider.prove(subject, away(visitor, next))));
  }

  private static String relative(String address) {
    var uri = URI.create(address);
    return uri.getRawPath() + "?" + uri.getRawQuery();
  }

  private static String path(HttpResponse<String> response) {
    return URI.create(there(response)).getPath();
  }

  private Agent agent(String address) {
    return agents.withEmail(EmailAddress.parse(address).orElseThrow()).orElseThrow();
  }
}
