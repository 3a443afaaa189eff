package dev.vidame.server.customers;

import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.AgentId;
import dev.vidame.directory.partners.Application;
import dev.vidame.directory.partners.ApplicationId;
import dev.vidame.directory.partners.Partner;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.partners.Role;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.TestServer;
import java.util.Set;
import java.util.UUID;

/** Bodies that create customers, and a partner that may delete them. */
public final class Bodies {
  static final String CUSTOMERS = "/v1/customers";

  private Bodies() {}

  /** What creates a customer with this domain. */
  public static String creation(String domain) {
    return "{\"companyProfile\":{\"domain\":\""
        + domain
        + "\"},\"billingProfile\":"
        + billing()
        + "}";
  }

  public static String billing() {
    return """
    {"firstName":"A","lastName":"B","email":"a@a.com","culture":"en-US","language":"en",\
    "companyName":"1kl as kjk","defaultAddress":{"country":"US","city":"redmond","state":"WA",\
    "addressLine1":"1 ms way","postalCode":"98052","firstName":"1kl as","lastName":"kjk",\
    "phoneNumber":"1234567890"}}\
    """;
  }

  public static RawRequest create(String domain) {
    return RawRequest.of("POST", CUSTOMERS).body(creation(domain));
  }

  public static String newDomain() {
    return "d" + UUID.randomUUID() + ".example";
  }

  /** The path of a customer that an answer shows. */
  public static String path(RawAnswer created) {
    return CUSTOMERS + "/" + created.json().get("id").text();
  }

  /**
   * A partner that tries things out.
   *
   * @param id the partner
   * @param admin its admin agent's token
   * @param appOnly its application's own token
   */
  public record Sandbox(PartnerId id, String admin, String appOnly) {
    public static Sandbox of(TestServer server) {
      var partners = server.server().directory().partners();
      PartnerId id = new PartnerId(UUID.randomUUID());
      partners.create(new Partner(id, "Sandbox", true));
      Agent agent =
          partners.createAgent(
              new Agent(
                  new AgentId(UUID.randomUUID()),
                  id,
                  "admin@" + id + ".example",
                  "Admin",
                  Set.of(Role.ADMIN_AGENT)),
              "Correct-Horse-77");
      Application application =
          partners.createApplication(
              new Application(new ApplicationId(UUID.randomUUID()), id, "Application", true),
              "aVeryLongSecretWithMuchChanceInIt-0123456789");
      return new Sandbox(
          id, server.tokens().of(application, agent), server.tokens().appOnly(application));
    }
  }
}
