package dev.vidame.server.tokens;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The audience that a request asks for: v1 names a resource, v2 hides it in scopes, among which
 * clients send several that mean nothing here.
 */
final class RequestedAudience {
  private static final List<String> SCOPES = List.of("/.default", "/" + TokenIssuer.USER_SCOPE);

  private RequestedAudience() {}

  /**
   * The audience, or empty when the request names none.
   *
   * @throws TokenRequestRefused when it names one that is not this server's
   */
  static Optional<String> of(TokenRequest request, ServiceNames names) throws TokenRequestRefused {
    String named =
        switch (request.version()) {
          case V1 -> request.field("resource");
          case V2 -> inScopes(request.field("scope"));
        };
    if (named != null && !names.isOurs(named)) {
      throw new TokenRequestRefused(
          switch (request.version()) {
            case V1 -> TokenError.RESOURCE_UNKNOWN;
            case V2 -> TokenError.SCOPE_UNKNOWN;
          });
    }
    return Optional.ofNullable(named);
  }

  private static @Nullable String inScopes(@Nullable String scopes) {
    if (scopes == null) {
      return null;
    }
    for (String scope : scopes.split(" ", -1)) {
      for (String suffix : SCOPES) {
        if (scope.endsWith(suffix) && scope.length() > suffix.length()) {
          return scope.substring(0, scope.length() - suffix.length());
        }
      }
    }
    return null;
  }
}
