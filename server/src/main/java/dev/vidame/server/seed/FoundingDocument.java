package dev.vidame.server.seed;

import dev.vidame.directory.partners.AgentId;
import dev.vidame.directory.partners.ApplicationId;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.UserId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.UUID;

/**
 * The founding document's customer and account, with a partner, an agent and an application: what
 * emulators and tests begin with. It is {@code docs/examples/founding-document.json}, so the
 * credentials are known to everybody and protect nothing.
 */
public final class FoundingDocument {
  /** The founding document's customer, who has five units of EMS. */
  public static final CustomerId CUSTOMER = CustomerId.of("eebd1b55-5360-4438-a11d-5c06918c3014");

  /** The customer's domain. */
  public static final String DOMAIN = "abcdefgh1234.ccsctp.net";

  /** The founding document's account. */
  public static final UserId USER = UserId.of("4b10bf41-ab11-40e3-8c53-cd67849b50de");

  /** Another account of the customer, its Company Administrator. */
  public static final UserId ADMINISTRATOR = UserId.of("95ddddac-1f0f-4f0c-a3f6-0b6c0d5b1c11");

  /** The product that the customer subscribes to. */
  public static final String SKU = "efccb6f7-5641-4e0e-bd10-b4976e1bf68e";

  /** The partner, a sandbox one. */
  public static final PartnerId PARTNER =
      new PartnerId(UUID.fromString("6b33f2ba-12c7-49b1-b4e0-7f3fe0a3a7c4"));

  /** The partner's application. */
  public static final ApplicationId APPLICATION =
      new ApplicationId(UUID.fromString("d0d3b0d2-85f0-4c36-8a2b-2b7a5e1f9a53"));

  /** Its secret, known to everybody. */
  public static final String APPLICATION_SECRET = "example-only-change-me-0123456789";

  /** The partner's admin agent. */
  public static final AgentId AGENT =
      new AgentId(UUID.fromString("0c39d6d5-c70d-4c55-bc02-f620844f3fd1"));

  /** The agent's sign-in name. */
  public static final String AGENT_NAME = "admin@partner.example";

  /** The agent's password, known to everybody. */
  public static final String AGENT_PASSWORD = "Example-Only-77";

  private static final String RESOURCE = "founding-document.json";

  private FoundingDocument() {}

  /** All of it, to load. */
  public static Seed seed() {
    try (InputStream in = FoundingDocument.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("This build lacks " + RESOURCE);
      }
      return Seed.of(RESOURCE, in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
