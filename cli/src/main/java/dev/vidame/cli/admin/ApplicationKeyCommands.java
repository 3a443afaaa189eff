package dev.vidame.cli.admin;

import dev.vidame.wire.JsonBody;
import dev.vidame.wire.WireFormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vidame admin application-keys}. */
@Command(
    name = "application-keys",
    mixinStandardHelpOptions = true,
    description =
        "The public keys with which an application signs who it is, instead of sending a secret: four at most.",
    footer = {
      "",
      "The private half never leaves the application; a file that holds one is refused before it is sent.",
      "",
      "Examples:",
      "  openssl req -x509 -newkey rsa:2048 -nodes -days 365 -subj /CN=portal -keyout portal.key -out portal.pem",
      "  vidame admin application-keys add --partner PARTNER --application APPLICATION --certificate portal.pem",
      "  vidame admin application-keys list --partner PARTNER --application APPLICATION",
      "  vidame admin application-keys remove --partner PARTNER --application APPLICATION KEY-ID"
    })
final class ApplicationKeyCommands extends Group {
  private static final String[] SHOWN = {
    "id", "kid", "sha1Thumbprint", "sha256Thumbprint", "notBefore", "notAfter", "createdAt"
  };
  private static final String[] LISTED = {"id", "kid", "sha1Thumbprint", "notAfter"};

  /** What a public key is made of. */
  private static final List<String> PUBLIC_MEMBERS = List.of("kty", "n", "e", "kid", "use", "alg");

  private static String path(OfPartner of, String application) {
    return AdminClient.path("partners", of.partner(), "applications", application, "keys");
  }

  @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the keys.")
  int list(
      @Mixin Connection connection,
      @Mixin OfPartner of,
      @Option(
              names = "--application",
              required = true,
              paramLabel = "ID",
              description = "Which application, by its id.")
          String application) {
    return with(connection, (client, output) -> output.list(client, path(of, application), LISTED));
  }

  /** Where the key is. */
  static final class KeyFile {
    @Option(
        names = "--certificate",
        paramLabel = "FILE",
        description = "The application's certificate in PEM, alone.")
    @Nullable Path certificate;

    @Option(
        names = "--jwk",
        paramLabel = "FILE",
        description = "The public half of an RSA key as a JSON Web Key.")
    @Nullable Path jwk;
  }

  @Command(name = "add", mixinStandardHelpOptions = true, description = "Adds a key.")
  int add(
      @Mixin Connection connection,
      @Mixin OfPartner of,
      @Option(
              names = "--application",
              required = true,
              paramLabel = "ID",
              description = "Which application, by its id.")
          String application,
      @ArgGroup(multiplicity = "1") KeyFile file) {
    Map<String, Object> body = body(file);
    return with(
        connection,
        (client, output) -> output.item(client.send("POST", path(of, application), body), SHOWN));
  }

  private static Map<String, Object> body(KeyFile file) {
    Path certificate = file.certificate;
    return certificate == null
        ? Map.of("jwk", jwk(Path.of(String.valueOf(file.jwk))))
        : Map.of("certificate", certificate(certificate));
  }

  private static String certificate(Path file) {
    String text = read(file);
    if (text.toUpperCase(Locale.ROOT).contains("PRIVATE KEY")) {
      throw isPrivate(file);
    }
    return text;
  }

  private static Map<String, String> jwk(Path file) {
    JsonBody key;
    try {
      key = JsonBody.parse(read(file).getBytes(StandardCharsets.UTF_8));
    } catch (WireFormatException e) {
      throw new AdminException(
          AdminException.CONFIGURATION, "The file " + file + " holds no JSON Web Key.");
    }
    if (key.names().contains("d") || key.names().contains("k")) {
      throw isPrivate(file);
    }
    Map<String, String> members = new LinkedHashMap<>();
    for (String name : PUBLIC_MEMBERS) {
      if (key.names().contains(name)) {
        members.put(name, key.shown(name));
      }
    }
    return members;
  }

  private static AdminException isPrivate(Path file) {
    return new AdminException(
        AdminException.CONFIGURATION,
        "The file "
            + file
            + " holds a private key, which must not leave the application. Nothing was sent. Name a file with"
            + " the certificate or the public key alone.");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AdminException(
          AdminException.CONFIGURATION, "The file " + file + " cannot be read: " + e);
    }
  }

  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description = "Removes a key and ends the tokens that were had with it.")
  int remove(
      @Mixin Connection connection,
      @Mixin OfPartner of,
      @Option(
              names = "--application",
              required = true,
              paramLabel = "ID",
              description = "Which application, by its id.")
          String application,
      @Parameters(paramLabel = "KEY-ID", description = "The key's id, which the list shows.")
          String id) {
    return with(
        connection,
        (client, output) -> {
          client.delete(
              AdminClient.path("partners", of.partner(), "applications", application, "keys", id));
          output.done("The key is gone, and the tokens that were had with it.");
        });
  }
}
