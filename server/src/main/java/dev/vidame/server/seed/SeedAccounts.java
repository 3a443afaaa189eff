package dev.vidame.server.seed;

import dev.vidame.directory.Directory;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.roles.DirectoryRole;
import dev.vidame.directory.users.UserRef;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.CustomerUserUpdate;
import dev.vidame.wire.Guid;
import dev.vidame.wire.LicenseUpdate;
import dev.vidame.wire.PasswordProfile;
import dev.vidame.wire.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** Loads the accounts of a seed. Used by one thread. */
final class SeedAccounts {
  private static final String DELETED = "softDeletionTime";

  private final Directory directory;
  private final SeedLoader loader;
  private int count;

  SeedAccounts(Directory directory, SeedLoader loader) {
    this.directory = directory;
    this.loader = loader;
  }

  int count() {
    return count;
  }

  /** Deleted ones first, since one in use may have the name or the unit that they had. */
  void load(CustomerId customer, PartnerId partner, List<SeedNode> nodes) {
    List<SeedNode> ordered = new ArrayList<>();
    nodes.stream().filter(node -> node.has(DELETED)).forEach(ordered::add);
    nodes.stream().filter(node -> !node.has(DELETED)).forEach(ordered::add);
    for (SeedNode node : ordered) {
      load(customer, partner, node);
      count++;
    }
  }

  private void load(CustomerId customer, PartnerId partner, SeedNode node) {
    node.allowOnly(
        "id",
        "userPrincipalName",
        "displayName",
        "firstName",
        "lastName",
        "usageLocation",
        "immutableId",
        "phoneNumber",
        "password",
        "forceChangePassword",
        DELETED,
        "directoryRoles",
        "licenses");
    UserId id = new UserId(loader.newId(node, "an account"));
    UserRef ref = new UserRef.ById(id);
    CustomerUserUpdate properties = properties(node);
    loader.change(
        node, () -> directory.users().create(customer, id, properties, loader.request(partner)));
    for (DirectoryRole role : roles(node)) {
      loader.change(
          node, () -> directory.roles().add(customer, role, ref, loader.request(partner)));
    }
    LicenseUpdate licenses = new LicenseUpdate(licenses(node), List.of());
    if (!licenses.licensesToAssign().isEmpty()) {
      loader.change(
          node,
          () -> directory.licenses().update(customer, ref, licenses, loader.request(partner)));
    }
    node.instant(DELETED).ifPresent(at -> delete(customer, node, at, loader.request(partner)));
  }

  private void delete(CustomerId customer, SeedNode node, Instant at, ChangeRequest request) {
    if (at.isAfter(directory.now())) {
      throw node.fault(DELETED, "The value lies in the future.");
    }
    UserRef ref = new UserRef.ById(new UserId(node.requiredGuid("id")));
    loader.change(node, () -> directory.at(at).users().delete(customer, ref, request));
  }

  private static CustomerUserUpdate properties(SeedNode node) {
    CustomerUserUpdate.Builder builder = CustomerUserUpdate.builder();
    set(node, "userPrincipalName", builder::userPrincipalName);
    set(node, "displayName", builder::displayName);
    set(node, "firstName", builder::firstName);
    set(node, "lastName", builder::lastName);
    set(node, "usageLocation", builder::usageLocation);
    set(node, "immutableId", builder::immutableId);
    set(node, "phoneNumber", builder::phoneNumber);
    // Without a password of its own an account has one that nobody knows.
    String password = node.text("password").orElseGet(() -> "aA1-" + UUID.randomUUID());
    boolean mustChange = node.bool("forceChangePassword", true);
    return builder.passwordProfile(new PasswordProfile(password, mustChange)).build();
  }

  private static void set(SeedNode node, String member, Consumer<String> setter) {
    node.text(member).ifPresent(setter);
  }

  private static List<DirectoryRole> roles(SeedNode node) {
    List<DirectoryRole> roles = new ArrayList<>();
    List<String> texts = node.texts("directoryRoles");
    for (int i = 0; i < texts.size(); i++) {
      String text = texts.get(i);
      roles.add(
          role(text)
              .orElseThrow(
                  SeedLoader.unknown(node, "directoryRoles/" + i, "The directory role " + text)));
    }
    return roles;
  }

  /** By its id or its name. */
  private static Optional<DirectoryRole> role(String text) {
    return Guid.parse(text)
        .flatMap(DirectoryRole::of)
        .or(() ->
            Arrays.stream(DirectoryRole.values())
                .filter(role -> role.wireName().equalsIgnoreCase(text))
                .findFirst());
  }

  private static List<LicenseUpdate.Assignment> licenses(SeedNode node) {
    List<LicenseUpdate.Assignment> assignments = new ArrayList<>();
    for (SeedNode license : node.objects("licenses")) {
      license.allowOnly("skuId", "excludedPlans");
      assignments.add(
          new LicenseUpdate.Assignment(
              license.requiredText("skuId"), license.texts("excludedPlans")));
    }
    return assignments;
  }
}
