package dev.vidame.cli;

import dev.vidame.server.VidameServer;
import dev.vidame.server.seed.FoundingDocument;
import dev.vidame.server.settings.Settings;
import dev.vidame.server.settings.SettingsException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What {@code vidame serve --emulator} does otherwise than a server for real accounts. */
final class Emulator {
  /** Lets the emulator listen where others can reach it. */
  static final String UNSAFE_REMOTE = "--emulator-unsafe-remote";

  private static final String BASE_URL = "listen.base-url";
  private static final Set<String> EVERY_ADDRESS = Set.of("0.0.0.0", "::");
  private static final String USUAL_PORT = "8080";

  private Emulator() {}

  /**
   * Settings of an emulator, which the operator's own go over.
   *
   * @param given the operator's
   * @param folder of the store; null where the operator names one
   */
  static Map<String, String> flags(Map<String, String> given, @Nullable Path folder) {
    Map<String, String> flags = new HashMap<>();
    flags.put("auth.password-grant", "true");
    flags.put("auth.nonce-instead-of-pkce", "true");
    // Whether others may reach it is asked in another way.
    flags.put("security.allow-plain-http", "true");
    if (EVERY_ADDRESS.contains(given.getOrDefault("listen.host", ""))) {
      flags.put(BASE_URL, "http://localhost:" + given.getOrDefault("listen.port", USUAL_PORT));
    }
    flags.putAll(given);
    if (folder != null) {
      flags.put("data.folder", folder.toString());
    }
    return flags;
  }

  /**
   * Refuses to let others in unless the operator wants that.
   *
   * @throws SettingsException when they could come in
   */
  static void requireLoopback(Settings settings, boolean isRemoteAllowed) {
    if (!isRemoteAllowed && !settings.listenAddress().getAddress().isLoopbackAddress()) {
      throw new SettingsException(
          List.of(
              "listen.host "
                  + settings.listenAddress().getHostString()
                  + " can be reached by others, and everybody knows an emulator's credentials: listen at 127.0.0.1, or"
                  + " add "
                  + UNSAFE_REMOTE));
    }
  }

  /** What whoever starts it must know. */
  static List<String> banner(VidameServer server, @Nullable Path seed) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("THIS IS AN EMULATOR, for tests only: everybody knows its credentials.");
    lines.add("");
    if (seed == null) {
      lines.addAll(credentials(server.address()));
    } else {
      lines.add("  credentials     those of " + seed);
    }
    return lines;
  }

  private static List<String> credentials(URI address) {
    return List.of(
        "  token endpoint  %s/%s/oauth2/v2.0/token".formatted(address, FoundingDocument.PARTNER),
        "  client id       " + FoundingDocument.APPLICATION,
        "  client secret   " + FoundingDocument.APPLICATION_SECRET,
        "  agent           " + FoundingDocument.AGENT_NAME,
        "  password        " + FoundingDocument.AGENT_PASSWORD,
        "  customer        " + FoundingDocument.CUSTOMER,
        "  account         " + FoundingDocument.USER);
  }
}
