package dev.vidame.server.seed;

import dev.vidame.directory.Directory;
import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Failure;
import dev.vidame.directory.journal.Actor;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.operators.Operators;
import dev.vidame.directory.operators.PartnerRegistry;
import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.partners.AgentId;
import dev.vidame.directory.partners.Application;
import dev.vidame.directory.partners.ApplicationId;
import dev.vidame.directory.partners.Partner;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.partners.PasswordStandard;
import dev.vidame.directory.partners.Role;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Does what a seed says, by the operations that callers have, so that their rules hold and each
 * change is a row of a journal. Used once, by one thread.
 */
final class SeedLoader {
  /** As many as make 128 bits, where each has six. */
  private static final int SHORTEST_SECRET = 22;

  private static final String PASSWORDS = "passwordProfile";
  private static final String APP_ONLY_USERS = "allowAppOnlyUsers";

  private final Directory directory;
  private final Supplier<UUID> newIds;
  private final Map<UUID, String> ids = new HashMap<>();
  private int partners;
  private int customers;

  SeedLoader(Directory directory, Supplier<UUID> newIds) {
    this.directory = directory;
    this.newIds = newIds;
  }

  /** Loads all and tells how much that was. */
  String load(SeedNode root) {
    root.allowOnly("$schema", "partners", "customers");
    for (SeedNode partner : root.objects("partners")) {
      partner(partner);
      partners++;
    }
    SeedAccounts accounts = new SeedAccounts(directory, this);
    for (SeedNode customer : root.objects("customers")) {
      new SeedCustomer(directory, this, accounts).load(customer);
      customers++;
    }
    return "%d partners, %d customers and %d accounts"
        .formatted(partners, customers, accounts.count());
  }

  /** A request that nobody repeats, by whoever runs the server. */
  ChangeRequest request(PartnerId partner) {
    return ChangeRequest.once(Actor.operator(partner), newIds.get());
  }

  ChangeRequest request() {
    return request(Operators.NO_PARTNER);
  }

  /** The id of something new; two things of one kind have two ids. */
  UUID newId(SeedNode node, String kind) {
    UUID id = node.requiredGuid("id");
    String known = ids.putIfAbsent(id, kind);
    if (known != null) {
      throw node.fault("id", "The id " + id + " is there already, of " + known + ".");
    }
    return id;
  }

  /** A change as the directory has it, whose refusal is told with the place in the file. */
  void change(SeedNode node, Runnable change) {
    try {
      change.run();
    } catch (DirectoryException e) {
      if (e.failure() instanceof Failure.StoreUnavailable) {
        throw e;
      }
      throw Refusals.fault(node, e.failure());
    }
  }

  private void partner(SeedNode node) {
    node.allowOnly(
        "id", "name", "sandbox", "disabled", PASSWORDS, APP_ONLY_USERS, "agents", "applications");
    PartnerId id = new PartnerId(newId(node, "a partner"));
    Partner partner =
        new Partner(
            id,
            node.requiredText("name"),
            node.bool("sandbox", false),
            node.bool("disabled", false),
            passwords(node),
            node.bool(APP_ONLY_USERS, false));
    change(node, () -> directory.partnerRegistry().create(partner, request(id)));
    node.objects("agents").forEach(agent -> agent(id, agent));
    node.objects("applications").forEach(application -> application(id, application));
  }

  private static @Nullable PasswordStandard passwords(SeedNode node) {
    String profile = node.text(PASSWORDS).orElse(PartnerRegistry.SERVERS);
    return profile.equalsIgnoreCase(PartnerRegistry.SERVERS)
        ? null
        : PasswordStandard.of(profile)
            .orElseThrow(unknown(node, PASSWORDS, "The password profile " + profile));
  }

  private void agent(PartnerId partner, SeedNode node) {
    node.allowOnly("id", "userPrincipalName", "displayName", "password", "roles", "disabled");
    Agent agent =
        new Agent(
            new AgentId(newId(node, "an agent")),
            partner,
            principalName(node),
            node.requiredText("displayName"),
            roles(node),
            node.bool("disabled", false));
    String password = node.requiredText("password");
    change(node, () -> directory.agents().create(agent, password, request(partner)));
  }

  private static String principalName(SeedNode node) {
    String name = node.requiredText("userPrincipalName");
    if (!name.matches("[^@\\s]{1,64}@[^@\\s]{1,48}")) {
      throw node.fault("userPrincipalName", "The value must be name@domain.");
    }
    return name;
  }

  private static Set<Role> roles(SeedNode node) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    List<String> texts = node.texts("roles");
    for (int i = 0; i < texts.size(); i++) {
      String text = texts.get(i);
      roles.add(Role.of(text).orElseThrow(unknown(node, "roles/" + i, "The role " + text)));
    }
    return roles;
  }

  static Supplier<SeedFault> unknown(SeedNode node, String member, String what) {
    return () -> node.fault(member, what + " does not exist.");
  }

  private void application(PartnerId partner, SeedNode node) {
    node.allowOnly("id", "name", "secret", "disabled");
    String secret = node.text("secret").orElse(null);
    if (secret != null && secret.length() < SHORTEST_SECRET) {
      throw node.fault(
          "secret", "A secret has at least " + SHORTEST_SECRET + " random characters.");
    }
    Application application =
        new Application(
            new ApplicationId(newId(node, "an application")),
            partner,
            node.requiredText("name"),
            secret != null,
            node.bool("disabled", false));
    change(node, () -> directory.applications().create(application, secret, request(partner)));
  }
}
