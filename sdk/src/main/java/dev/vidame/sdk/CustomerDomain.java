package dev.vidame.sdk;

import dev.vidame.wire.JsonBody;
import org.jspecify.annotations.Nullable;

/**
 * A domain of a customer, as the service answers when it is added. Immutable.
 *
 * @param name the domain
 * @param authenticationType {@code managed} or {@code federated}
 * @param capability what it is for
 * @param status such as {@code verified}
 * @param verificationMethod such as {@code dns_record}
 */
public record CustomerDomain(
    @Nullable String name,
    @Nullable String authenticationType,
    @Nullable String capability,
    @Nullable String status,
    @Nullable String verificationMethod) {
  static CustomerDomain fromJson(byte[] json) {
    JsonBody in = JsonBody.parse(json);
    return new CustomerDomain(
        Members.text(in, "name"),
        word(in, "authenticationType"),
        word(in, "capability"),
        word(in, "status"),
        word(in, "verificationMethod"));
  }

  private static @Nullable String word(JsonBody in, String name) {
    return in.scalar(name).map(Members::snake).orElse(null);
  }
}
