package dev.vidame.cli.users;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that give an account's properties. A mixin. */
final class UserOptions {
  @Option(names = "--display-name", paramLabel = "TEXT", description = "The name that people see.")
  private @Nullable String displayName;

  @Option(names = "--first-name", paramLabel = "TEXT", description = "The given name.")
  private @Nullable String firstName;

  @Option(names = "--last-name", paramLabel = "TEXT", description = "The family name.")
  private @Nullable String lastName;

  @Option(
      names = "--usage-location",
      paramLabel = "CC",
      description = "The country of use, two letters, without which no licence can be assigned.")
  private @Nullable String usageLocation;

  @Option(names = "--phone-number", paramLabel = "TEXT", description = "The phone number.")
  private @Nullable String phoneNumber;

  @Option(
      names = "--immutable-id",
      paramLabel = "TEXT",
      description = "The key in a synchronised directory.")
  private @Nullable String immutableId;

  @Nullable String displayName() {
    return displayName;
  }

  @Nullable String firstName() {
    return firstName;
  }

  @Nullable String lastName() {
    return lastName;
  }

  @Nullable String usageLocation() {
    return usageLocation;
  }

  @Nullable String phoneNumber() {
    return phoneNumber;
  }

  @Nullable String immutableId() {
    return immutableId;
  }
}
