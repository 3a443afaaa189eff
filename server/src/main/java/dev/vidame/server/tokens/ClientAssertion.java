package dev.vidame.server.tokens;

import dev.vidame.directory.partners.ApplicationId;
import dev.vidame.wire.Guid;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What an application has signed to prove who it is (RFC 7521, RFC 7523), taken apart before
 * anything in it is believed.
 *
 * @param application whom it says that it speaks for
 * @param signed the whole of it
 */
record ClientAssertion(ApplicationId application, CompactToken signed) {
  static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  private static final String ASSERTION = "client_assertion";
  private static final String ASSERTION_TYPE = "client_assertion_type";

  /** Libraries send the certificate's chain along, which makes it long. */
  private static final int MAX_CHARS = 32 * 1024;

  /**
   * What libraries write. The chain ({@code x5c}) is not looked at: keys are those that an operator
   * has registered, whatever comes along.
   */
  private static final Set<String> HEADER_MEMBERS =
      Set.of("alg", "typ", "kid", "x5t", "x5t#S256", "x5c");

  private static final Set<String> TYPES = Set.of("JWT", "jwt", "client-authentication+jwt");

  /** Whether a request comes with one, or half of one. */
  static boolean isIn(TokenRequest request) {
    return request.field(ASSERTION) != null || request.field(ASSERTION_TYPE) != null;
  }

  static ClientAssertion of(TokenRequest request) throws TokenRequestRefused {
    if (!TYPE.equals(required(request, ASSERTION_TYPE))) {
      throw new TokenRequestRefused(TokenError.ASSERTION_TYPE_UNKNOWN, TYPE);
    }
    String text = required(request, ASSERTION);
    if (request.field("client_secret") != null || namesItselfInBasic(request)) {
      throw new TokenRequestRefused(TokenError.TWO_CREDENTIALS);
    }
    ClientAssertion assertion = parse(text);
    String clientId = request.field("client_id");
    if (clientId != null && !Guid.parse(clientId).equals(assertion.id())) {
      throw new TokenRequestRefused(TokenError.ASSERTION_OF_ANOTHER);
    }
    return assertion;
  }

  private Optional<UUID> id() {
    return Optional.of(application.value());
  }

  private static boolean namesItselfInBasic(TokenRequest request) {
    String authorization = request.authorization();
    return authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith("basic ");
  }

  private static ClientAssertion parse(String text) throws TokenRequestRefused {
    if (text.length() > MAX_CHARS) {
      throw new TokenRequestRefused(TokenError.ASSERTION_REFUSED);
    }
    try {
      CompactToken token = CompactToken.parse(text, HEADER_MEMBERS, TYPES);
      Claims claims = token.claims();
      ApplicationId subject = new ApplicationId(claims.guid("sub"));
      if (!claims.guid("iss").equals(subject.value())) {
        throw new TokenRequestRefused(TokenError.ASSERTION_OF_ANOTHER);
      }
      return new ClientAssertion(subject, token);
    } catch (TokenRefused refused) {
      throw new TokenRequestRefused(TokenError.ASSERTION_REFUSED);
    }
  }

  private static String required(TokenRequest request, String name) throws TokenRequestRefused {
    String value = request.field(name);
    if (value == null) {
      throw new TokenRequestRefused(TokenError.FIELD_MISSING, name);
    }
    return value;
  }

  /** The certificates that came along are no secret, and still too long for a log. */
  @Override
  public String toString() {
    return "ClientAssertion[" + application + "]";
  }
}
