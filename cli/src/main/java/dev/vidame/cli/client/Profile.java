package dev.vidame.cli.client;

import dev.vidame.sdk.TokenEndpoint;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One service and one way to sign in there; nothing of it is secret.
 *
 * @param name what people call it
 * @param endpoint the API
 * @param authority where tokens come from
 * @param tenant the partner: its id or one of its domains
 * @param clientId the application
 * @param grant how tokens are got
 * @param resource what tokens are asked for; null for what the SDK asks for
 * @param certificate a PEM file with key and certificate; null for none
 * @param customer which customer commands are about unless told; null for none
 * @param allowsPlainHttp whether tokens go without TLS to other hosts
 */
public record Profile(
    String name,
    URI endpoint,
    URI authority,
    String tenant,
    String clientId,
    Grant grant,
    @Nullable String resource,
    @Nullable String certificate,
    @Nullable String customer,
    boolean allowsPlainHttp) {

  /** Where its tokens are fetched. */
  public TokenEndpoint tokenEndpoint() {
    TokenEndpoint own =
        allowsPlainHttp
            ? TokenEndpoint.ofPlainHttp(authority, tenant)
            : TokenEndpoint.of(authority, tenant);
    return resource == null ? own : own.withResource(resource);
  }

  /** The same with another customer. */
  public Profile withCustomer(@Nullable String other) {
    return new Profile(
        name,
        endpoint,
        authority,
        tenant,
        clientId,
        grant,
        resource,
        certificate,
        other,
        allowsPlainHttp);
  }

  /** Its members in the file, in this order. */
  Map<String, @Nullable Object> members() {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("endpoint", endpoint);
    members.put("authority", authority);
    members.put("tenant", tenant);
    members.put("clientId", clientId);
    members.put("grant", grant.word());
    members.put("resource", resource);
    members.put("certificate", certificate);
    members.put("customer", customer);
    members.put("allowPlainHttp", allowsPlainHttp ? true : null);
    return members;
  }
}
