package dev.vidame.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final String BASE = "dev.vidame.cli";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(BASE);

  /**
   * Technicians' commands would start as slowly as the server, and need it on their machines. The
   * check of an export is the journal's own, so that there is one of it.
   */
  @Test
  void commandsOfClientsKnowNothingOfTheServer() {
    noClasses()
        .that()
        .resideInAPackage(BASE + ".*..")
        .and()
        .resideOutsideOfPackage(BASE + ".admin..")
        .and()
        .doNotHaveFullyQualifiedName(BASE + ".audit.ExportCheck")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.vidame.server..", "dev.vidame.directory..")
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching(BASE + ".(*)..").should().beFreeOfCycles().check(CLASSES);
  }
}
