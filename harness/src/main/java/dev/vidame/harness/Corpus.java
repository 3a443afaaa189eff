package dev.vidame.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/**
 * The kept inputs of a fuzz test (docs/decisions/0105): what a fuzzer starts from, and what every
 * build tries again.
 */
public final class Corpus implements ArgumentsProvider {
  private static final Path FOLDER = Path.of("src/test/resources/fuzz");

  @Override
  public Stream<Arguments> provideArguments(
      ParameterDeclarations parameters, ExtensionContext context) throws IOException {
    Path folder = FOLDER.resolve(context.getRequiredTestClass().getSimpleName());
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().map(Corpus::input).toList().stream();
    }
  }

  private static Arguments input(Path file) {
    try {
      return Arguments.argumentSet(
          String.valueOf(file.getFileName()), (Object) Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
