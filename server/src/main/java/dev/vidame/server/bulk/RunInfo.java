package dev.vidame.server.bulk;

import dev.vidame.directory.partners.AgentId;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.Guid;
import dev.vidame.wire.JsonBody;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a run from its upload on. Immutable.
 *
 * @param id the run
 * @param owner who may see it
 * @param fileName what the agent calls the file
 * @param generatesPasswords whether accounts that need a password and are given none get one
 * @param createdAt when it was uploaded
 */
@SuppressWarnings("TooManyParameters") // all that is kept of an upload beside the file
public record RunInfo(
    UUID id, Owner owner, String fileName, boolean generatesPasswords, Instant createdAt) {

  /**
   * Who may see a run: nobody else hears of it.
   *
   * @param partner the agent's
   * @param agent who uploaded it
   * @param customer whose accounts it is about
   */
  public record Owner(PartnerId partner, AgentId agent, CustomerId customer) {}

  byte[] toJson() {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("id", id);
    members.put("partner", owner.partner());
    members.put("agent", owner.agent());
    members.put("customer", owner.customer());
    members.put("fileName", fileName);
    members.put("generatesPasswords", generatesPasswords);
    members.put("createdAt", createdAt);
    return JsonBody.write(members);
  }

  /**
   * What was written.
   *
   * @throws NoSuchElementException when something is missing
   */
  static RunInfo of(JsonBody body) {
    return new RunInfo(
        guid(body, "id"),
        new Owner(
            new PartnerId(guid(body, "partner")),
            new AgentId(guid(body, "agent")),
            new CustomerId(guid(body, "customer"))),
        body.text("fileName").orElseThrow(),
        body.bool("generatesPasswords").orElse(false),
        Instant.parse(body.text("createdAt").orElseThrow()));
  }

  private static UUID guid(JsonBody body, String name) {
    return body.text(name).flatMap(Guid::parse).orElseThrow();
  }
}
