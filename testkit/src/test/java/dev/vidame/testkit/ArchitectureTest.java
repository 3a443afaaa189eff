package dev.vidame.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {
  private static final String BASE = "dev.vidame.testkit";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.vidame");

  /** What servers run must not know that there are tests. */
  @Test
  void onlyTestsKnowTheKit() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.vidame.wire..", "dev.vidame.sdk..", "dev.vidame.directory..")
        .or()
        .resideInAPackage("dev.vidame.server..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(BASE + "..", "org.junit..")
        .check(CLASSES);
  }

  /** The plain way in works where there is no JUnit. */
  @Test
  void onlyTheExtensionKnowsJunit() {
    noClasses()
        .that()
        .resideInAPackage(BASE + "..")
        .and()
        .doNotHaveSimpleName("VidameExtension")
        .and()
        .doNotHaveSimpleName("VidameTest")
        .and()
        .doNotHaveSimpleName("OwnServer")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.junit..")
        .check(CLASSES);
  }

  @Test
  void onlyOnePlaceKnowsHowClientsAreMade() {
    noClasses()
        .that()
        .resideInAPackage(BASE + "..")
        .and()
        .doNotHaveSimpleName("Clients")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("dev.vidame.sdk.PartnerCredential")
        .check(CLASSES);
  }

  @Test
  void nothingIsImitatedBelowTheServer() {
    noClasses()
        .that()
        .resideInAPackage(BASE + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.vidame.directory.storage..", "dev.vidame.directory.passwords..")
        .check(CLASSES);
  }

  @Test
  void publicClassesAreFinalOrInterfaces() {
    classes()
        .that()
        .resideInAPackage(BASE + "..")
        .and()
        .arePublic()
        .and()
        .areNotInterfaces()
        .should()
        .haveModifier(JavaModifier.FINAL)
        .check(CLASSES);
  }
}
