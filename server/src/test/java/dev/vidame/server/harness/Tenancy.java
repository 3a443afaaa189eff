package dev.vidame.server.harness;

import dev.vidame.directory.Directory;
import dev.vidame.directory.customers.Customers.NewCustomer;
import dev.vidame.directory.journal.Actor;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.journal.Fingerprint;
import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.AgentId;
import dev.vidame.directory.partners.Application;
import dev.vidame.directory.partners.ApplicationId;
import dev.vidame.directory.partners.Partner;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.partners.Role;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.CustomerUserUpdate;
import dev.vidame.wire.PasswordProfile;
import dev.vidame.wire.UserId;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who and what is on a test server: two partners, each with a customer; the first has an agent of
 * each role, the second an admin agent.
 *
 * @param directory the store below
 * @param agents of the first partner
 * @param otherAdmin of the second partner
 * @param confidential an application of the first partner, with a secret
 * @param publicClient another one of it, without
 * @param otherApplication of the second partner, with the same secret
 */
public record Tenancy(
    Directory directory,
    Map<Role, Agent> agents,
    Agent otherAdmin,
    Application confidential,
    Application publicClient,
    Application otherApplication) {
  /** The founding document's customer and account. */
  public static final CustomerId CUSTOMER = CustomerId.of("eebd1b55-5360-4438-a11d-5c06918c3014");

  public static final UserId USER = UserId.of("4b10bf41-ab11-40e3-8c53-cd67849b50de");
  public static final String DOMAIN = "abcdefgh1234.ccsctp.net";

  /** The second partner's. */
  public static final CustomerId OTHER_CUSTOMER =
      CustomerId.of("4d3cf487-70f4-4e1e-9ff1-b2bfce8d9f04");

  public static final UserId OTHER_USER = UserId.of("95ddddac-1f0f-4f0c-a3f6-0b6c0d5b1c11");

  public static final PartnerId PARTNER =
      new PartnerId(UUID.fromString("6b33f2ba-12c7-49b1-b4e0-7f3fe0a3a7c4"));
  public static final PartnerId OTHER_PARTNER =
      new PartnerId(UUID.fromString("d0d3b0d2-85f0-4c36-8a2b-2b7a5e1f9a53"));

  public static final String AGENT_PASSWORD = "Correct-Horse-77";
  public static final String APPLICATION_SECRET = "aVeryLongSecretWithMuchChanceInIt-0123456789";

  private static final String FIRST_PASSWORD = "First-Password-1";

  static Tenancy seed(Directory directory) {
    directory.partners().create(new Partner(PARTNER, "First partner"));
    directory.partners().create(new Partner(OTHER_PARTNER, "Second partner"));
    Map<Role, Agent> agents = new EnumMap<>(Role.class);
    for (Role role : Role.values()) {
      agents.put(role, agent(directory, PARTNER, role));
    }
    Tenancy tenancy =
        new Tenancy(
            directory,
            agents,
            agent(directory, OTHER_PARTNER, Role.ADMIN_AGENT),
            application(directory, PARTNER, APPLICATION_SECRET),
            application(directory, PARTNER, null),
            application(directory, OTHER_PARTNER, APPLICATION_SECRET));
    tenancy.customer(CUSTOMER, PARTNER, DOMAIN);
    tenancy.customer(OTHER_CUSTOMER, OTHER_PARTNER, "other.example");
    tenancy.user(PARTNER, CUSTOMER, USER, "emailid@" + DOMAIN);
    tenancy.user(OTHER_PARTNER, OTHER_CUSTOMER, OTHER_USER, "somebody@other.example");
    return tenancy;
  }

  /** The same people and customers in the store of a server that was started again. */
  Tenancy over(Directory reopened) {
    return new Tenancy(reopened, agents, otherAdmin, confidential, publicClient, otherApplication);
  }

  private static Agent agent(Directory directory, PartnerId partner, Role role) {
    String name = role.name().toLowerCase(Locale.ROOT);
    return directory
        .partners()
        .createAgent(
            new Agent(
                new AgentId(UUID.randomUUID()),
                partner,
                name + "@" + partner + ".example",
                name,
                Set.of(role)),
            AGENT_PASSWORD);
  }

  private static Application application(
      Directory directory, PartnerId partner, @Nullable String secret) {
    return directory
        .partners()
        .createApplication(
            new Application(
                new ApplicationId(UUID.randomUUID()), partner, "Application", secret != null),
            secret);
  }

  private void customer(CustomerId id, PartnerId partner, String domain) {
    directory.customers().create(new NewCustomer(id, "Customer", domain), request(partner));
  }

  private void user(PartnerId partner, CustomerId customer, UserId id, String name) {
    directory
        .users()
        .create(
            customer,
            id,
            CustomerUserUpdate.builder()
                .userPrincipalName(name)
                .displayName("Display name")
                .firstName("First")
                .lastName("Last")
                .passwordProfile(PasswordProfile.temporary(FIRST_PASSWORD))
                .build(),
            request(partner));
  }

  /** One more account of the first partner's customer. */
  public UserId newUser() {
    UserId id = new UserId(UUID.randomUUID());
    user(PARTNER, CUSTOMER, id, nameOf(id));
    return id;
  }

  /** The sign-in name that {@link #newUser} gave. */
  public static String nameOf(UserId id) {
    return "u" + id.toString().substring(0, 18) + "@" + DOMAIN;
  }

  /** The first partner's agent with this role. */
  public Agent agent(Role role) {
    Agent agent = agents.get(role);
    if (agent == null) {
      throw new IllegalArgumentException("No agent has the role " + role);
    }
    return agent;
  }

  /** How many changes the first partner's customer has seen. */
  public long changes() {
    return directory.verifyJournal(CUSTOMER).verifiedUpTo();
  }

  private static ChangeRequest request(PartnerId partner) {
    UUID id = UUID.randomUUID();
    Fingerprint unique = new Fingerprint(id.getMostSignificantBits(), id.getLeastSignificantBits());
    return new ChangeRequest(Actor.operator(partner), id, id, unique, unique);
  }
}
