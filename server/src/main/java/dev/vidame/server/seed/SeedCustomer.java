package dev.vidame.server.seed;

import dev.vidame.directory.Directory;
import dev.vidame.directory.customers.Customers.NewCustomer;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.Guid;
import dev.vidame.wire.SkuDefinition;
import dev.vidame.wire.SubscribedSku;
import dev.vidame.wire.VerifiedDomain;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Loads a customer of a seed with its products and accounts. Used once, by one thread. */
final class SeedCustomer {
  private final Directory directory;
  private final SeedLoader loader;
  private final SeedAccounts accounts;

  SeedCustomer(Directory directory, SeedLoader loader, SeedAccounts accounts) {
    this.directory = directory;
    this.loader = loader;
    this.accounts = accounts;
  }

  void load(SeedNode node) {
    node.allowOnly("id", "companyName", "domain", "domains", "partners", "subscribedSkus", "users");
    CustomerId id = new CustomerId(loader.newId(node, "a customer"));
    List<PartnerId> partners = partners(node);
    NewCustomer properties =
        new NewCustomer(id, node.requiredText("companyName"), node.requiredText("domain"));
    PartnerId first = partners.getFirst();
    loader.change(node, () -> directory.customers().create(properties, loader.request(first)));
    for (PartnerId partner : partners.subList(1, partners.size())) {
      loader.change(
          node, () -> directory.relationships().add(partner, id, loader.request(partner)));
    }
    for (String domain : node.texts("domains")) {
      VerifiedDomain verified = new VerifiedDomain(domain, false, "email");
      loader.change(
          node, () -> directory.customers().addDomain(id, verified, loader.request(first)));
    }
    Set<String> skus = new HashSet<>();
    node.objects("subscribedSkus").forEach(sku -> sku(id, sku, skus));
    accounts.load(id, first, node.objects("users"));
  }

  private List<PartnerId> partners(SeedNode node) {
    List<PartnerId> partners = new ArrayList<>();
    List<String> texts = node.texts("partners");
    for (int i = 0; i < texts.size(); i++) {
      String text = texts.get(i);
      PartnerId partner =
          Guid.parse(text)
              .map(PartnerId::new)
              .filter(id -> directory.partnerRegistry().get(id).isPresent())
              .orElseThrow(SeedLoader.unknown(node, "partners/" + i, "The partner " + text));
      if (partners.contains(partner)) {
        throw node.fault("partners/" + i, "The partner " + text + " is there twice.");
      }
      partners.add(partner);
    }
    if (partners.isEmpty()) {
      throw node.fault("partners", "A customer has at least one partner.");
    }
    return partners;
  }

  private void sku(CustomerId customer, SeedNode node, Set<String> known) {
    node.allowOnly(
        "productSku",
        "servicePlans",
        "capabilityStatus",
        "activeUnits",
        "warningUnits",
        "suspendedUnits");
    SubscribedSku sku = node.whole(body -> SkuDefinition.read(body, Optional.empty()));
    if (!known.add(sku.product().id().toLowerCase(Locale.ROOT))) {
      throw node.fault("productSku/id", "The product " + sku.product().id() + " is there twice.");
    }
    loader.change(node, () -> directory.skus().define(customer, sku, loader.request()));
  }
}
