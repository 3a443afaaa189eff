package dev.vidame.sdk;

import java.net.URI;

/**
 * Where tokens are fetched, and for what. Immutable: each {@code with} method answers a changed
 * copy.
 *
 * {@snippet :
 * TokenEndpoint own = TokenEndpoint.of(URI.create("https://vidame.example"), "contoso.example");
 * TokenEndpoint microsofts = TokenEndpoint.microsoft("contoso.onmicrosoft.com");
 * }
 */
public final class TokenEndpoint {
  private static final String PARTNER_CENTER = "https://api.partnercenter.microsoft.com";

  private final URI authority;
  private final String tenant;
  private final Version version;
  private final String resource;

  /** The form of the token request. */
  public enum Version {
    /** {@code /oauth2/token}, which takes a {@code resource}. */
    V1,
    /** {@code /oauth2/v2.0/token}, which takes a {@code scope}. */
    V2
  }

  private TokenEndpoint(URI authority, String tenant, Version version, String resource) {
    this.authority = authority;
    this.tenant = tenant;
    this.version = version;
    this.resource = resource;
  }

  /**
   * The version 2 endpoint of a partner at an authority, for tokens of the Partner Center API.
   *
   * @param authority such as {@code https://login.microsoftonline.com}, with or without a path
   * @param tenant the partner: its GUID or one of its domains
   * @throws IllegalArgumentException when the authority is no http or https address, or plain http
   *     to another machine, or the tenant is empty
   */
  public static TokenEndpoint of(URI authority, String tenant) {
    return create(authority, tenant, false);
  }

  /**
   * As {@link #of}, but takes plain http to another machine, which shows every secret to the
   * network in between. Only for a network that is trusted.
   */
  public static TokenEndpoint ofPlainHttp(URI authority, String tenant) {
    return create(authority, tenant, true);
  }

  private static TokenEndpoint create(URI authority, String tenant, boolean isPlainHttpAllowed) {
    if (tenant.isBlank()) {
      throw new IllegalArgumentException("The tenant must not be empty");
    }
    URI base = BaseUri.require(authority, "The authority", isPlainHttpAllowed);
    return new TokenEndpoint(base, tenant, Version.V2, PARTNER_CENTER);
  }

  /** The version 2 endpoint of a partner at Microsoft's public cloud. */
  public static TokenEndpoint microsoft(String tenant) {
    return of(URI.create("https://login.microsoftonline.com"), tenant);
  }

  /** Asks in this form. */
  public TokenEndpoint withVersion(Version wanted) {
    return new TokenEndpoint(authority, tenant, wanted, resource);
  }

  /**
   * Asks for tokens of this API.
   *
   * @param audience the API's address; version 2 makes the scope {@code audience/.default} of it
   */
  public TokenEndpoint withResource(String audience) {
    return new TokenEndpoint(authority, tenant, version, audience);
  }

  Version version() {
    return version;
  }

  String resource() {
    return resource;
  }

  URI uri() {
    String path = version == Version.V1 ? "/oauth2/token" : "/oauth2/v2.0/token";
    return URI.create(authority + "/" + BaseUri.segment(tenant) + path);
  }

  URI deviceCodeUri() {
    return URI.create(authority + "/" + BaseUri.segment(tenant) + "/oauth2/v2.0/devicecode");
  }

  /** The address. */
  @Override
  public String toString() {
    return uri().toString();
  }
}
