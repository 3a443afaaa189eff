package dev.vidame.cli.client;

import dev.vidame.cli.exit.CommandException;
import dev.vidame.cli.exit.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads what a person or another program says, a line at a time, and not a byte further. */
public final class InputLines {
  private static final int LONGEST = 64 * 1024;

  private InputLines() {}

  /**
   * The next line of standard input, without its end.
   *
   * @return empty where there is none
   * @throws CommandException where it is no UTF-8, or longer than any that is meant
   */
  public static Optional<String> next(InputStream in) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try {
      int read = in.read();
      if (read < 0) {
        return Optional.empty();
      }
      while (read >= 0 && read != '\n') {
        line.write(read);
        if (line.size() > LONGEST) {
          throw new CommandException(ExitCode.DATA, "Standard input has too long a line.");
        }
        read = in.read();
      }
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(line.toByteArray()))
              .toString();
      return Optional.of(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
    } catch (CharacterCodingException e) {
      throw new CommandException(ExitCode.DATA, "Standard input is not UTF-8.", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A secret in the first line of standard input.
   *
   * @param option the option that said so
   * @throws CommandException where there is none
   */
  public static String secret(InputStream in, String option) {
    return next(in)
        .filter(text -> !text.isBlank())
        .orElseThrow(() ->
            new CommandException(
                ExitCode.DATA, "There is nothing in standard input, where " + option + " looks."));
  }
}
