package dev.evergreen.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@ApplicationModuleTest
@OnTestDatabase
class UnpromisedTest {
  @Autowired JdbcClient jdbc;
  @Autowired PlatformTransactionManager transactions;

  @Test
  void work_that_nobody_is_told_of_does_not_wait_for_the_disk() {
    assertThat(waits()).isEqualTo("on");
    assertThat(Unpromised.of(this::waits)).isEqualTo("off");
    assertThat(waits()).isEqualTo("on");
  }

  private String waits() {
    return new TransactionTemplate(transactions)
        .execute(
            _ -> jdbc.sql("show synchronous_commit").query((row, _) -> row.getString(1)).single());
  }
}
