package dev.vidame.cli.client;

import dev.vidame.cli.exit.CommandException;
import dev.vidame.cli.exit.ExitCode;
import java.net.URI;
import java.util.function.Supplier;

/** Addresses as people type them. */
final class Endpoints {
  private Endpoints() {}

  /**
   * An address.
   *
   * @throws CommandException where it is none
   */
  static URI parse(String text) {
    try {
      return URI.create(text.strip());
    } catch (IllegalArgumentException e) {
      throw new CommandException(
          ExitCode.CONFIGURATION, text + " is no address. Give one like https://vidame.example.", e);
    }
  }

  /**
   * What is built of addresses.
   *
   * @throws CommandException where the SDK finds that one of them is not good
   */
  static <T> T usable(Supplier<T> built) {
    try {
      return built.get();
    } catch (IllegalArgumentException e) {
      throw new CommandException(
          ExitCode.CONFIGURATION,
          e.getMessage() + ". Give an address like https://vidame.example, or --allow-plain-http.",
          e);
    }
  }
}
