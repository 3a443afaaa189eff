package dev.vidame.server.tokens;

import dev.vidame.wire.Guid;
import dev.vidame.wire.JsonBody;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a client finds out about this issuer by itself (OpenID Connect Discovery 1.0, RFC 8414).
 * Thread-safe.
 *
 * <p>It is the same for every tenant, whether there is one of that name or not. Where the path
 * names no partner by its id, the issuer holds {@code {tenantid}} in that place, as clients of the
 * service know it.
 */
final class Discovery {
  private static final String ANY_PARTNER = "{tenantid}";

  private final ServiceNames names;
  private final List<String> grants;

  Discovery(ServiceNames names, boolean isPasswordGrantEnabled) {
    this.names = names;
    List<String> offered =
        new ArrayList<>(
            List.of(
                "authorization_code",
                "client_credentials",
                "refresh_token",
                TokenEndpoint.DEVICE_GRANT));
    if (isPasswordGrantEnabled) {
      offered.add("password");
    }
    this.grants = List.copyOf(offered);
  }

  /** The document; empty for what can be neither a partner's id nor a domain. */
  Optional<byte[]> json(TokenVersion version, String tenant) {
    String asked = tenant.toLowerCase(Locale.ROOT);
    Optional<String> partner = Guid.parse(asked).map(Object::toString);
    return partner.isPresent() || TokenEndpoint.isHostName(asked)
        ? Optional.of(JsonBody.write(members(version, partner, partner.orElse(asked))))
        : Optional.empty();
  }

  private Map<String, Object> members(
      TokenVersion version, Optional<String> partner, String tenant) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("issuer", names.issuer(version, partner.orElse(ANY_PARTNER)));
    members.put("token_endpoint", names.endpoint(version, tenant, "token"));
    members.put(
        "device_authorization_endpoint", names.endpoint(TokenVersion.V2, tenant, "devicecode"));
    members.put("revocation_endpoint", names.endpoint(version, tenant, "revoke"));
    members.put("jwks_uri", names.of("/" + tenant + "/discovery/v2.0/keys"));
    members.put("authorization_endpoint", names.endpoint(version, tenant, "authorize"));
    members.put("authorization_response_iss_parameter_supported", true);
    members.put("response_types_supported", List.of("code", "code id_token"));
    members.put("response_modes_supported", List.of("query", "form_post"));
    members.put("code_challenge_methods_supported", List.of("S256"));
    members.put("grant_types_supported", grants);
    members.put("subject_types_supported", List.of("pairwise"));
    members.put("id_token_signing_alg_values_supported", List.of("RS256"));
    members.put(
        "token_endpoint_auth_methods_supported",
        List.of("client_secret_post", "client_secret_basic", "private_key_jwt", "none"));
    members.put("token_endpoint_auth_signing_alg_values_supported", ClientAssertions.ALGORITHMS);
    members.put(
        "claims_supported",
        List.of("sub", "iss", "aud", "exp", "iat", "nbf", "tid", "oid", "name", "ver"));
    return members;
  }
}
