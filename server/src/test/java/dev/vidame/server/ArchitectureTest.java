package dev.vidame.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final String BASE = "dev.vidame.server";

  /** What the server is made of, the modules below it included. */
  private static final JavaClasses OF_ALL_THAT_IS_SERVED =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(BASE, "dev.vidame.directory", "dev.vidame.bulk", "dev.vidame.wire");

  private static final JavaClasses CLASSES =
      OF_ALL_THAT_IS_SERVED.that(JavaClass.Predicates.resideInAPackage(BASE + ".."));

  @Test
  void httpKnowsNoCapability() {
    noClasses()
        .that()
        .resideInAPackage(BASE + ".http..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(BASE + ".users..", BASE + ".oauth..", BASE + ".settings..")
        .check(CLASSES);
  }

  @Test
  void onlyHttpAndMetricsKnowTheHttpLibrary() {
    noClasses()
        .that()
        .resideOutsideOfPackages(BASE + ".http..", BASE + ".metrics..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.helidon..")
        .check(CLASSES);
  }

  @Test
  void onlyTokensKnowsTheTokenLibrary() {
    noClasses()
        .that()
        .resideOutsideOfPackage(BASE + ".tokens..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.nimbusds..")
        .check(CLASSES);
  }

  @Test
  void nobodyReachesBehindTheDirectory() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.vidame.directory.storage..",
            "dev.vidame.directory.passwords..",
            "org.sqlite..",
            "javax.sql..")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.sql.Connection")
        .check(CLASSES);
  }

  /** Routes work with what {@code Call} says of the caller. */
  @Test
  void userRoutesKnowNothingOfTokens() {
    noClasses()
        .that()
        .resideInAPackage(BASE + ".users..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(BASE + ".tokens..")
        .check(CLASSES);
  }

  @Test
  void decisionsDependOnNothingOfTheServer() {
    noClasses()
        .that()
        .resideInAPackage(BASE + ".access..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            BASE + ".http..", BASE + ".tokens..", BASE + ".users..", BASE + ".settings..")
        .check(CLASSES);
  }

  @Test
  void packagesDependOnEachOtherInOneDirection() {
    slices().matching(BASE + ".(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  /**
   * No field of a request can make the server ask another host (OWASP API7): only the keys of
   * issuers are asked for, at addresses that an operator has given.
   */
  @Test
  void nothingElseAsksOtherHosts() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("dev.vidame.server.tokens.OutboundConnections")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.net.http..")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(java.net.URLConnection.class)
        .orShould()
        .callMethod(java.net.URL.class, "openStream")
        .orShould()
        .callMethod(java.net.URL.class, "openConnection")
        .orShould()
        .callConstructor(java.net.Socket.class)
        .orShould()
        .callConstructor(java.net.Socket.class, String.class, int.class)
        .orShould()
        .callConstructor(java.net.Socket.class, java.net.Proxy.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(javax.net.SocketFactory.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(java.nio.channels.SocketChannel.class)
        .orShould()
        .callMethod(java.net.InetAddress.class, "getAllByName", String.class)
        .check(CLASSES);
  }

  /** Nothing that is sent is run as a program, read as XML or turned into objects by itself. */
  @Test
  void nothingInterpretsWhatItIsGiven() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "javax.xml..",
            "org.xml..",
            "org.w3c..",
            "javax.naming..",
            "javax.script..",
            "javax.tools..")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.io.ObjectInputStream")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.lang.ProcessBuilder")
        .orShould()
        .callMethod(Runtime.class, "exec", String.class)
        .orShould()
        .callMethod(Runtime.class, "exec", String[].class)
        .check(OF_ALL_THAT_IS_SERVED);
  }

  @Test
  void timeComesFromAnInjectedClock() {
    noClasses()
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .check(CLASSES);
  }

  @Test
  void publicClassesAreFinalOrInterfaces() {
    classes()
        .that()
        .arePublic()
        .and()
        .areNotInterfaces()
        .and()
        .areNotEnums()
        .should()
        .haveModifier(JavaModifier.FINAL)
        .check(CLASSES);
  }

  @Test
  void everyPackageIsNullMarked() throws ClassNotFoundException {
    Set<String> packages =
        CLASSES.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());

    assertThat(packages).hasSizeGreaterThan(5);
    for (String name : packages) {
      Class<?> info = Class.forName(name + ".package-info");
      assertThat(info.isAnnotationPresent(NullMarked.class)).as(name).isTrue();
    }
  }
}
