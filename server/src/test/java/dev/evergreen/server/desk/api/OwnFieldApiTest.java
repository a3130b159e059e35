package dev.evergreen.server.desk.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evergreen.server.customer.Customers;
import dev.evergreen.server.platform.field.FieldKind;
import dev.evergreen.server.platform.field.OwnField;
import dev.evergreen.server.platform.field.OwnFields;
import dev.evergreen.server.team.Role;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// The team's own fields of customers and organizations, for programs.
class OwnFieldApiTest extends ApiTest {
  @Autowired OwnFields definitions;
  @Autowired Customers customers;

  @Test
  void what_a_customer_and_an_organization_hold_is_read_and_set() {
    var ada = somebody("Ada", Role.ADMINISTRATOR);
    var token = token(ada);
    for (var about : List.of("customer", "organization")) {
      if (definitions.withKey(about, "since_year").isEmpty()) {
        var _ =
            definitions
                .add(
                    about,
                    new OwnField.Naming("since_year", "Since", ""),
                    new OwnField.Shape(FieldKind.NUMBER, List.of(), List.of(), null, null),
                    new OwnField.Use(OwnField.Required.NEVER, List.of(), false, 0),
                    ada.actor())
                .expected();
      }
    }
    var kim = customers.recognize("kim@api" + number() + ".example", "Kim");
    var shop = Objects.requireNonNull(kim.organization());

    assertThat(json(get("/api/v1/fields?about=customer", token)).at("/items").toString())
        .contains("since_year");
    for (var path :
        List.of("/api/v1/customers/" + kim.id().value(), "/api/v1/organizations/" + shop.value())) {
      var set = call("PUT", path + "/fields/since_year", "{\"value\": \"2019\"}", token);
      assertThat(set.statusCode()).as(set.body()).isEqualTo(200);
      assertThat(set.body()).contains("2019");
      assertThat(get(path + "/fields", token).body()).contains("\"value\":\"2019\"");

      var refused = call("PUT", path + "/fields/since_year", "{\"value\": \"long\"}", token);
      assertThat(refused.statusCode()).isEqualTo(422);
      assertThat(json(refused).get("detail").asString()).contains("a number such as");
    }
    assertThat(
            call(
                    "PUT",
                    "/api/v1/customers/999999999/fields/since_year",
                    "{\"value\": \"1\"}",
                    token)
                .statusCode())
        .isEqualTo(404);
  }
}
