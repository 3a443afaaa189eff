package dev.vidame.directory.tenancy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.vidame.directory.storage.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where the module hands SQL to a {@link Session}: found in the sources, which show the argument,
 * and counted in the compiled classes, which show every call however it is written.
 */
final class CallSites {
  private static final Path SOURCES = Path.of("src/main/java");
  private static final Set<String> METHODS =
      Set.of("one", "ask", "list", "scan", "exists", "update", "updateLater", "execute");
  private static final Pattern CALL =
      Pattern.compile("\\bsession\\s*\\.(one|ask|list|scan|exists|update|updateLater|execute)\\(");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.vidame.directory");

  private CallSites() {}

  /**
   * A call.
   *
   * @param type the outermost class
   * @param argument the first one, as it is written
   */
  record CallSite(String type, String argument) {
    String simpleType() {
      return type.substring(type.lastIndexOf('.') + 1);
    }

    @Override
    public String toString() {
      return simpleType() + ": " + argument;
    }
  }

  /** All of them, as the sources show them. */
  static List<CallSite> inSources() {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .flatMap(file -> of(file).stream())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<CallSite> of(Path file) {
    String type = SOURCES.relativize(file).toString().replace(".java", "").replace('/', '.');
    List<CallSite> sites = new ArrayList<>();
    String source = read(file);
    Matcher call = CALL.matcher(source);
    while (call.find()) {
      sites.add(new CallSite(type, firstArgument(source, call.end())));
    }
    return sites;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String firstArgument(String source, int start) {
    int depth = 0;
    boolean isText = false;
    for (int i = start; i < source.length(); i++) {
      char c = source.charAt(i);
      if (c == '"' && source.charAt(i - 1) != '\\') {
        isText = !isText;
      } else if (!isText && depth == 0 && (c == ',' || c == ')')) {
        return source.substring(start, i).strip().replaceAll("\\s+", " ");
      } else if (!isText) {
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      }
    }
    throw new AssertionError("No end of an argument in " + source.substring(start));
  }

  /** How many calls each outermost class has, as the compiler wrote them. */
  static Map<String, Long> inClasses() {
    Map<String, Long> counts = new TreeMap<>();
    for (JavaClass type : CLASSES) {
      if (type.isEquivalentTo(Session.class)) {
        continue; // hands on what it was given
      }
      long calls =
          type.getMethodCallsFromSelf().stream()
              .filter(call -> call.getTargetOwner().isEquivalentTo(Session.class))
              .filter(call -> METHODS.contains(call.getName()))
              .count();
      if (calls > 0) {
        counts.merge(type.getName().replaceAll("\\$.*", ""), calls, Long::sum);
      }
    }
    return counts;
  }

  /** Methods handed on as values, which a search for calls would not see. */
  static List<String> asValues() {
    return CLASSES.stream()
        .flatMap(type -> type.getMethodReferencesFromSelf().stream())
        .filter(reference -> reference.getTargetOwner().isEquivalentTo(Session.class))
        .filter(reference -> METHODS.contains(reference.getName()))
        .map(Object::toString)
        .toList();
  }
}
