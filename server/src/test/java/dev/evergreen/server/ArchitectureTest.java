package dev.evergreen.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Set;
import org.junit.jupiter.api.Test;

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

  private static boolean asks(JavaCall<?> call) {
    var owner = call.getTargetOwner();
    var method = call.getTarget().getName();
    boolean clock = CLOCKS.stream().anyMatch(owner::isEquivalentTo);
    return (clock && (method.equals("now") || method.startsWith("system")))
        || (owner.isEquivalentTo(System.class) && method.equals("currentTimeMillis"));
  }
}
