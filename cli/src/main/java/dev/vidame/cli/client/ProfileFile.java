package dev.vidame.cli.client;

import dev.vidame.cli.exit.CommandException;
import dev.vidame.cli.exit.ExitCode;
import dev.vidame.wire.JsonBody;
import dev.vidame.wire.WireFormatException;
import java.net.URI;
import java.nio.file.Path;

/**
 * Reads a profile, and says of a broken one where it is broken.
 *
 * @param name the profile's name
 * @param file where it is
 * @param body what is in it
 */
record ProfileFile(String name, Path file, JsonBody body) {

  Profile profile() {
    try {
      return new Profile(
          name,
          address("endpoint"),
          address("authority"),
          required("tenant"),
          required("clientId"),
          Grant.of(required("grant")).orElseThrow(() -> broken("its grant is none that is known")),
          body.text("resource").orElse(null),
          body.text("certificate").orElse(null),
          body.text("customer").orElse(null),
          body.bool("allowPlainHttp").orElse(false));
    } catch (WireFormatException e) {
      throw broken(String.valueOf(e.getMessage()));
    }
  }

  private String required(String member) {
    return body.text(member)
        .filter(text -> !text.isBlank())
        .orElseThrow(() -> broken("it has no " + member));
  }

  private URI address(String member) {
    try {
      return URI.create(required(member));
    } catch (IllegalArgumentException e) {
      throw broken("its " + member + " is no address");
    }
  }

  private CommandException broken(String why) {
    return broken(name, file, why);
  }

  static CommandException broken(String name, Path file, String why) {
    return new CommandException(
        ExitCode.CONFIGURATION,
        "The profile "
            + name
            + " is broken: "
            + why
            + " ("
            + file
            + "). Mend the file, or make it anew: vidame profiles remove "
            + name
            + ", vidame login --profile "
            + name);
  }
}
