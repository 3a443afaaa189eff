package dev.vidame.bulk;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.vidame.bulk");

  /** Whoever has accounts can run it: the command line over the SDK, a server over its own. */
  @Test
  void engineKnowsNoServiceAndNoClient() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.vidame.bulk..",
            "dev.vidame.wire..",
            "de.siegmar.fastcsv..",
            "org.jspecify..",
            "java..",
            "javax.crypto..")
        .check(CLASSES);
  }
}
