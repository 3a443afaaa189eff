package dev.vidame.server.licenses;

import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.wire.LicenseGroup;
import dev.vidame.wire.ProductSku;
import dev.vidame.wire.ServicePlan;
import dev.vidame.wire.SubscribedSku;
import dev.vidame.wire.SubscribedSku.Units;
import dev.vidame.wire.UserId;
import java.util.List;
import java.util.UUID;

/** Products of the first partner's customer. */
public final class Seats {
  public static final String EMS = "efccb6f7-5641-4e0e-bd10-b4976e1bf68e";
  public static final String VISIO = "f8a1db68-be16-40ed-86d5-cb42ce701560";
  public static final String GAME = "CFQ7TTC0K5DR/0002";
  public static final String TENANT_WIDE = "0c266dff-15dd-4b49-8397-2bb16070ed52";
  public static final String INTUNE = "c1ec4a95-1f05-45b3-a911-aa3fa01094f5";

  private Seats() {}

  /** Five of the first product, one of the second, two of the other group's. */
  public static void define(TestServer server) {
    define(server, EMS, "EMS", "Enterprise Mobility + Security E3", 5);
    define(server, VISIO, "VISIOCLIENT", "Visio Online Plan 2", 1);
    define(server, GAME, "MEE_FACULTY", "Minecraft Education Faculty", 2);
  }

  public static void define(
      TestServer server, String id, String partNumber, String name, int units) {
    LicenseGroup group = id.equals(GAME) ? LicenseGroup.GROUP2 : LicenseGroup.GROUP1;
    String target = id.equals(TENANT_WIDE) ? "Tenant" : "User";
    server
        .tenancy()
        .directory()
        .skus()
        .define(
            Tenancy.CUSTOMER,
            new SubscribedSku(
                new ProductSku(id, name, partNumber, target, group),
                new Units(units, 0, 0, 0),
                List.of(
                    new ServicePlan(
                        UUID.fromString(INTUNE), "Microsoft Intune A Direct", "INTUNE_A", "User")),
                "Enabled"));
  }

  /** Gives the account a usage location, without which it gets no licence. */
  public static UserId located(TestServer server, UserId user) {
    server.sendAsAdmin(
        RawRequest.patch(TestServer.path(Tenancy.CUSTOMER, user), "{\"usageLocation\":\"FR\"}"));
    return user;
  }
}
