package dev.evergreen.server.team;

import dev.evergreen.server.platform.Actor;
import dev.evergreen.server.platform.OnTestDatabase;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.modulith.test.ApplicationModuleTest.BootstrapMode;

/// What people do with their own account, here an administrator's, who visits without scripts.
@ApplicationModuleTest(
    module = "team",
    mode = BootstrapMode.DIRECT_DEPENDENCIES,
    webEnvironment = WebEnvironment.RANDOM_PORT)
@OnTestDatabase
abstract class AccountWebTest {
  static final String PASSWORD = "three quiet boots";
  static final AtomicInteger NUMBER = new AtomicInteger();

  @Autowired Agents agents;
  @Autowired Passwords passwords;
  @Autowired JdbcClient database;
  @LocalServerPort int port;

  @SuppressWarnings("NullAway.Init")
  Agent ada;

  @SuppressWarnings("NullAway.Init")
  Visitor visitor;

  @BeforeEach
  void somebody() {
    database.sql("delete from sign_in_limit").update();
    var email = "account" + NUMBER.incrementAndGet() + "@evergreen.example";
    ada =
        agents
            .add(new NewAgent("Ada Moreno", email, Role.ADMINISTRATOR, List.of()), Actor.SYSTEM)
            .expected();
    passwords.set(ada.id(), PASSWORD, Actor.SYSTEM).expected();
    visitor = new Visitor(port);
  }

  @AfterEach
  void leave() {
    visitor.close();
  }
}
