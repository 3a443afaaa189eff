package dev.vidame.server.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.vidame.wire.CustomerUserUpdate;
import dev.vidame.wire.PasswordProfile;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Nothing that holds a secret shows it as text, where a log or an error could take it from. */
final class BlankTextTest {
  private static final Pattern SECRET =
      Pattern.compile(
          "(?i).*(password|secret|token|jwk|credential|authorization|privatekey).*|key|form|hash");

  /** Named like a secret, and none. */
  private static final Set<String> HARMLESS =
      Set.of(
          "dev.vidame.wire.Link$Header.key",
          "dev.vidame.wire.AuditRecord$Item.key",
          "dev.vidame.wire.Change$Integrity.key", // both are in the journal's export
          "dev.vidame.wire.Change$Integrity.hash",
          "dev.vidame.wire.CollectionPage.continuationToken",
          "dev.vidame.directory.journal.Journal$Head.hash", // of the chain
          "dev.vidame.directory.journal.Journal$Sealed.hash",
          "dev.vidame.directory.partners.ExternalIssuer.jwksUrl",
          "dev.vidame.bulk.PlanRow.key", // whose row it is
          "dev.vidame.bulk.Problem.key",
          "dev.vidame.bulk.RunReport$Failure.key",
          "dev.vidame.bulk.SourceOptions.clearToken", // what a cell says that empties a field
          "dev.vidame.wire.PasswordProfile.password"); // asks whether it is there; see below

  private static final Set<String> TYPES =
      Set.of("java.lang.String", "[B", "[C", "java.security.PrivateKey", "java.util.Map");

  @Test
  void noTextOfAClassShowsItsSecrets() throws IOException {
    List<String> shown = new ArrayList<>();
    int looked = 0;
    for (JavaClass each :
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.vidame")) {
      List<String> secrets =
          each.getFields().stream()
              .filter(BlankTextTest::isSecret)
              .map(JavaField::getName)
              .toList();
      if (!secrets.isEmpty()) {
        looked++;
        shownBy(each, secrets).ifPresent(shown::add);
      }
    }

    assertThat(looked).isGreaterThan(15);
    assertThat(shown).isEmpty();
  }

  /** The test must see what it looks for. */
  @Test
  void aTextThatJavaWritesIsFound() throws IOException {
    for (Class<?> bad : List.of(Generated.class, Written.class, ByAccessor.class)) {
      JavaClass imported = new ClassFileImporter().importClass(bad);
      assertThat(shownBy(imported, List.of("password"))).as(bad.getName()).isPresent();
    }
    JavaClass good = new ClassFileImporter().importClass(Blank.class);
    assertThat(shownBy(good, List.of("password"))).isEmpty();
  }

  @Test
  void aPasswordIsNotShown() {
    assertThat(new PasswordProfile("Planted-1", true).toString()).doesNotContain("Planted");
    assertThat(
            CustomerUserUpdate.builder()
                .passwordProfile(PasswordProfile.temporary("Planted-1"))
                .build()
                .toString())
        .doesNotContain("Planted");
  }

  record Generated(String name, String password) {}

  record Written(String name, String password) {
    @Override
    public String toString() {
      return name + password;
    }
  }

  record ByAccessor(String name, String password) {
    @Override
    public String toString() {
      return name() + password();
    }
  }

  record Blank(String name, String password) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static boolean isSecret(JavaField field) {
    return !field.getModifiers().contains(JavaModifier.STATIC)
        && (SECRET.matcher(field.getName()).matches() || isTextOfToken(field))
        && TYPES.contains(field.getRawType().getName())
        && !HARMLESS.contains(field.getFullName());
  }

  private static boolean isTextOfToken(JavaField field) {
    return field.getName().equals("text") && field.getOwner().getSimpleName().endsWith("Token");
  }

  private static Optional<String> shownBy(JavaClass owner, List<String> secrets)
      throws IOException {
    Optional<MethodModel> text =
        read(owner).methods().stream()
            .filter(method -> method.methodName().equalsString("toString"))
            .filter(method -> method.methodType().equalsString("()Ljava/lang/String;"))
            .findFirst();
    if (text.isEmpty()) {
      return Optional.empty(); // that of every object, which shows nothing
    }
    return text.orElseThrow().code().stream()
        .flatMap(code -> code.elementStream())
        .filter(element -> shows(element, secrets))
        .findFirst()
        .map(element -> owner.getName() + " shows one of " + secrets);
  }

  private static boolean shows(CodeElement element, List<String> secrets) {
    return switch (element) {
      case FieldInstruction field -> secrets.contains(field.name().stringValue());
      case InvokeDynamicInstruction dynamic ->
          dynamic.bootstrapMethod().owner().descriptorString().contains("ObjectMethods");
      case InvokeInstruction call -> secrets.contains(call.name().stringValue());
      default -> false;
    };
  }

  private static ClassModel read(JavaClass owner) throws IOException {
    String file = "/" + owner.getName().replace('.', '/') + ".class";
    try (InputStream in = BlankTextTest.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new AssertionError("No class file " + file);
      }
      return ClassFile.of().parse(in.readAllBytes());
    }
  }
}
