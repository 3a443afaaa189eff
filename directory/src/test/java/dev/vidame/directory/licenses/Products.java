package dev.vidame.directory.licenses;

import static dev.vidame.directory.Fixture.CUSTOMER;
import static dev.vidame.directory.Fixture.request;

import dev.vidame.directory.Fixture;
import dev.vidame.directory.users.EntityTag;
import dev.vidame.directory.users.UserRef;
import dev.vidame.wire.CustomerUserUpdate;
import dev.vidame.wire.LicenseGroup;
import dev.vidame.wire.LicenseUpdate;
import dev.vidame.wire.LicenseUpdate.Assignment;
import dev.vidame.wire.ProductSku;
import dev.vidame.wire.ServicePlan;
import dev.vidame.wire.SubscribedSku;
import dev.vidame.wire.SubscribedSku.Units;
import dev.vidame.wire.UserId;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Products that tests subscribe to, and what they wish of them. */
public final class Products {
  static final String EMS = "efccb6f7-5641-4e0e-bd10-b4976e1bf68e";
  public static final String VISIO = "f8a1db68-be16-40ed-86d5-cb42ce701560";
  static final String GAME = "CFQ7TTC0K5DR/0002";
  static final String TENANT_WIDE = "0c266dff-15dd-4b49-8397-2bb16070ed52";

  static final UUID INTUNE = UUID.fromString("c1ec4a95-1f05-45b3-a911-aa3fa01094f5");
  static final UUID RIGHTS = UUID.fromString("6c57d4b6-3b23-47a5-9bc9-69f17b4947b3");

  public static final Set<LicenseGroup> ALL = EnumSet.allOf(LicenseGroup.class);

  private static final String NOT_EXACT =
      "select count(*) from subscribed_skus s left join (select l.customer_id, l.sku_id,"
          + " count(*) as units from licenses l join users u"
          + " on u.customer_id = l.customer_id and u.user_id = l.user_id"
          + " where u.deleted_at is null group by l.customer_id, l.sku_id) held"
          + " on held.customer_id = s.customer_id and held.sku_id = s.sku_id"
          + " where s.consumed_units <> coalesce(held.units, 0)";

  private Products() {}

  public static SubscribedSku product(String id, String partNumber, int units) {
    return product(id, partNumber, new Units(units, 0, 0, 0));
  }

  static SubscribedSku product(String id, String partNumber, Units units) {
    LicenseGroup group = id.equals(GAME) ? LicenseGroup.GROUP2 : LicenseGroup.GROUP1;
    String target = id.equals(TENANT_WIDE) ? "Tenant" : "User";
    return new SubscribedSku(
        new ProductSku(id, "Product " + partNumber, partNumber, target, group),
        units,
        List.of(
            new ServicePlan(INTUNE, "Microsoft Intune A Direct", "INTUNE_A", "User"),
            new ServicePlan(RIGHTS, "Azure Rights Management", "RMS_S_PREMIUM", "User")),
        "Enabled");
  }

  public static LicenseUpdate assign(String... skus) {
    return change(List.of(skus), List.of());
  }

  public static LicenseUpdate remove(String... skus) {
    return change(List.of(), List.of(skus));
  }

  static LicenseUpdate change(List<String> assigned, List<String> removed) {
    return new LicenseUpdate(
        assigned.stream().map(sku -> new Assignment(sku, List.of())).toList(), removed);
  }

  static LicenseUpdate assignWithout(String sku, String... plans) {
    return new LicenseUpdate(List.of(new Assignment(sku, List.of(plans))), List.of());
  }

  /** An account that can be given licences. */
  static UserRef newAccount(Fixture fixture, UserId id, String name) {
    UserRef ref = new UserRef.ById(id);
    fixture.create(id, name);
    locate(fixture, ref);
    return ref;
  }

  public static void locate(Fixture fixture, UserRef ref) {
    fixture
        .directory()
        .users()
        .update(
            CUSTOMER,
            ref,
            CustomerUserUpdate.builder().usageLocation("FR").build(),
            new EntityTag.Any(),
            request());
  }

  /** Of how many products the consumed units are not the accounts in use that hold a licence. */
  static long notExact(Fixture fixture) throws SQLException {
    return fixture.count(NOT_EXACT);
  }
}
