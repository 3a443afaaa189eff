package dev.vidame.directory.partners;

import org.jspecify.annotations.Nullable;

/**
 * How agents of a partner sign in to the dashboard with a provider that is trusted for it.
 *
 * @param name what people call the provider
 * @param domain in lower case; who types a name of it is led to the provider. One issuer of the
 *     whole server has it
 * @param clientId what this service is called there
 * @param clientSecret with what it shows that it is this service, as it is stored; null for none
 * @param authorizationUrl where people sign in
 * @param tokenUrl where what they bring back is exchanged
 */
@SuppressWarnings("TooManyParameters") // all that a sign-in needs to know, once
public record IssuerSignIn(
    String name,
    String domain,
    String clientId,
    @Nullable String clientSecret,
    String authorizationUrl,
    String tokenUrl) {
  /** The same with another secret. */
  public IssuerSignIn withSecret(@Nullable String other) {
    return new IssuerSignIn(name, domain, clientId, other, authorizationUrl, tokenUrl);
  }

  /** Never shows the secret. */
  @Override
  public String toString() {
    return "IssuerSignIn[" + name + ", " + domain + "]";
  }
}
