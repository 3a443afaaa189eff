package dev.vidame.server.dashboard;

import dev.vidame.server.access.Operation;
import dev.vidame.server.http.Call;
import dev.vidame.wire.ProductSku;
import dev.vidame.wire.SubscribedSku;
import java.util.List;

/** The products of a customer that accounts can have licences of. */
final class Skus {
  private Skus() {}

  /** Those of the customer of a call; none where the reader may not know them. */
  static List<SubscribedSku> ofUsers(Desk desk, Call call) {
    return desk.rights().may(call, call.customer(), Operation.LIST_SUBSCRIBED_SKUS)
        ? desk.directory().skus().list(call.customer(), UserPages.ALL_GROUPS).stream()
            .filter(sku -> sku.product().targetType().equalsIgnoreCase(ProductSku.FOR_USERS))
            .toList()
        : List.of();
  }
}
