package dev.vidame.server.tokens;

import java.net.URI;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The names by which tokens know this server: its issuers and its audiences. Thread-safe.
 *
 * <p>The address is asked for at every use, since a server that takes any free port knows it only
 * once it listens.
 */
final class ServiceNames {
  private final Supplier<URI> address;
  private final Set<String> audiences;

  ServiceNames(Supplier<URI> address, Set<String> audiences) {
    this.address = address;
    this.audiences = audiences;
  }

  /** The issuer of a partner's tokens. */
  String issuer(TokenVersion version, String partner) {
    return withoutFinalSlash(address.get().toString()) + "/" + partner + version.issuerSuffix();
  }

  /** The address of something that this server answers at. */
  String of(String path) {
    return withoutFinalSlash(address.get().toString()) + path;
  }

  /** The address of one of a tenant's endpoints. */
  String endpoint(TokenVersion version, String tenant, String name) {
    return of(
        "/" + tenant + "/oauth2" + version.issuerSuffix().replaceFirst("/$", "") + "/" + name);
  }

  /** Whether a token for this audience is for this server. A final slash does not matter. */
  boolean isOurs(String audience) {
    String name = withoutFinalSlash(audience);
    return audiences.contains(name) || name.equals(withoutFinalSlash(address.get().toString()));
  }

  /**
   * Whether the audience is the API itself, by Microsoft's names for it or by this server's
   * address, and not another one that tokens may be for.
   */
  boolean isApi(String audience) {
    String name = withoutFinalSlash(audience);
    return name.equals(TokenSettings.DEFAULT_AUDIENCE)
        || name.equals(TokenSettings.API_APPLICATION)
        || name.equals(withoutFinalSlash(address.get().toString()));
  }

  /** The audience of tokens that are asked for without naming one. */
  String usualAudience() {
    return audiences.contains(TokenSettings.DEFAULT_AUDIENCE)
        ? TokenSettings.DEFAULT_AUDIENCE
        : withoutFinalSlash(address.get().toString());
  }

  /** Whether this is the audience that only older clients ask for. */
  static boolean isLegacy(String audience) {
    return withoutFinalSlash(audience).equals(TokenSettings.LEGACY_AUDIENCE);
  }

  private static String withoutFinalSlash(String name) {
    return name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
  }
}
