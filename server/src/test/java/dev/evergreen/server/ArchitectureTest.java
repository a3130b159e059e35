package dev.evergreen.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

class ArchitectureTest {
  private static final JavaClasses PRODUCT =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.evergreen.engine", "dev.evergreen.language", "dev.evergreen.server");

  private static final Set<Class<?>> CLOCKS =
      Set.of(
          Instant.class,
          LocalDate.class,
          LocalDateTime.class,
          OffsetDateTime.class,
          ZonedDateTime.class,
          Clock.class);

  @Test
  void only_the_platform_asks_a_clock() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.evergreen.server.platform..")
        .should()
        .callMethodWhere(DescribedPredicate.describe("a clock is asked", ArchitectureTest::asks))
        .because("time comes in: from DatabaseClock, or as an Instant")
        .check(PRODUCT);
  }

  @Test
  void the_language_knows_nothing_of_the_server() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.evergreen.engine..", "dev.evergreen.language..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.evergreen.server..")
        .check(PRODUCT);
  }

  @Test
  void tickets_are_written_by_their_verbs_alone() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.evergreen.server.ticket..")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("dev.evergreen.server.ticket.TicketWriting")
        .because("a verb checks the revision and leaves an entry; this is what verbs are made of")
        .check(PRODUCT);
  }

  /// Rows that are read one by one need their connection until the last: outside a transaction it
  /// has gone back to the pool by then, or never does.
  @Test
  void rows_are_streamed_only_within_a_transaction() {
    methods()
        .that(
            DescribedPredicate.describe(
                "stream rows", method -> streamsRows(method) || callsOneThatStreamsRows(method)))
        .should(
            ArchCondition.from(
                DescribedPredicate.describe(
                    "be in a transaction, or package-private for one that is",
                    ArchitectureTest::isInTransaction)))
        .allowEmptyShould(true)
        .check(PRODUCT);
  }

  private static boolean streamsRows(JavaMethod method) {
    return method.getMethodCallsFromSelf().stream()
        .anyMatch(call ->
            call.getName().equals("stream")
                && call.getTargetOwner().isAssignableTo(JdbcClient.MappedQuerySpec.class));
  }

  private static boolean callsOneThatStreamsRows(JavaMethod method) {
    return method.getMethodCallsFromSelf().stream()
        .flatMap(call -> call.getTarget().resolveMember().stream())
        .anyMatch(ArchitectureTest::streamsRows);
  }

  private static boolean isInTransaction(JavaMethod method) {
    return method.isAnnotatedWith(Transactional.class)
        || (streamsRows(method) && !method.getModifiers().contains(JavaModifier.PUBLIC));
  }

  private static boolean asks(JavaCall<?> call) {
    var owner = call.getTargetOwner();
    var method = call.getTarget().getName();
    boolean clock = CLOCKS.stream().anyMatch(owner::isEquivalentTo);
    return (clock && (method.equals("now") || method.startsWith("system")))
        || (owner.isEquivalentTo(System.class) && method.equals("currentTimeMillis"));
  }
}
