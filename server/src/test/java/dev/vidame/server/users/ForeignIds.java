package dev.vidame.server.users;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.customers.Customers.NewCustomer;
import dev.vidame.directory.journal.Actor;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.LicenseGroup;
import dev.vidame.wire.ProductSku;
import dev.vidame.wire.SubscribedSku;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Everything that a request can name: as the second partner has it, or as nobody does. */
final class ForeignIds {
  /** Is in whatever the second partner has that a leak could show. */
  static final String MARK = "Foreign-Mark";

  private static final int ID_IN_CURSOR = 1;
  private static final int SUM_BYTES = 8;

  /** What there is to be named; what holds another one stands before it. */
  enum Named {
    RECORD,
    USER_NAME,
    AGENT_NAME,
    DOMAIN,
    COMPANY,
    CUSTOMER,
    USER,
    SKU,
    AGENT,
    APPLICATION,
    PAGE_CURSOR,
    FEED_CURSOR
  }

  private final Map<Named, String> values = new EnumMap<>(Named.class);

  private ForeignIds() {}

  String of(Named id) {
    return requireNonNull(values.get(id));
  }

  private ForeignIds with(Named id, Object value) {
    values.put(id, value.toString());
    return this;
  }

  /** A text in which the names of these are put for the values, so that two can be compared. */
  String blanked(String text) {
    String blanked = text;
    for (Map.Entry<Named, String> value : values.entrySet()) {
      blanked = blanked.replace(value.getValue(), value.getKey().name());
      String encoded = URLEncoder.encode(value.getValue(), StandardCharsets.UTF_8);
      if (!encoded.equals(value.getValue())) {
        blanked = blanked.replace(encoded, value.getKey().name());
      }
    }
    return blanked;
  }

  /** What the second partner has; makes some more of it, each with the mark. */
  static ForeignIds ofOtherPartner(TestServer server) {
    String admin = server.tokens().otherAdmin();
    String account = TestServer.path(Tenancy.OTHER_CUSTOMER, Tenancy.OTHER_USER);
    String marked =
        "{\"displayName\":\"%s\",\"firstName\":\"%s\",\"lastName\":\"%s\"}"
            .formatted(MARK, MARK, MARK);
    assertThat(server.send(RawRequest.patch(account, marked).token(admin)).status()).isEqualTo(200);
    String customer = "/v1/customers/" + Tenancy.OTHER_CUSTOMER;
    for (int i = 0; i < 3; i++) {
      String created =
          "{\"userPrincipalName\":\"%s-%d@other.example\",\"displayName\":\"%s\",\"passwordProfile\":{\"password\":\"abCD123*\"}}"
              .formatted(MARK, i, MARK);
      RawRequest create = RawRequest.of("POST", customer + "/users").body(created).token(admin);
      assertThat(server.send(create).status()).isEqualTo(201);
    }
    ChangeRequest request =
        ChangeRequest.once(Actor.operator(Tenancy.OTHER_PARTNER), UUID.randomUUID());
    var directory = server.server().directory();
    directory
        .customers()
        .create(
            new NewCustomer(
                new CustomerId(UUID.randomUUID()), MARK + " Limited", "company.example"),
            request);
    UUID sku = UUID.randomUUID();
    directory
        .skus()
        .define(
            Tenancy.OTHER_CUSTOMER,
            new SubscribedSku(
                new ProductSku(sku.toString(), "Sku " + MARK, "P-1", "User", LicenseGroup.GROUP1),
                new SubscribedSku.Units(5, 0, 0, 0),
                List.of(),
                "Enabled"));
    return new ForeignIds()
        .with(Named.CUSTOMER, Tenancy.OTHER_CUSTOMER)
        .with(Named.USER, Tenancy.OTHER_USER)
        .with(Named.USER_NAME, "somebody@other.example")
        .with(Named.DOMAIN, "company.example")
        .with(Named.COMPANY, MARK.substring(0, MARK.length() - 1))
        .with(Named.SKU, sku)
        .with(Named.AGENT, server.tenancy().otherAdmin().id())
        .with(Named.AGENT_NAME, server.tenancy().otherAdmin().userPrincipalName())
        .with(Named.APPLICATION, server.tenancy().otherApplication().id())
        .with(Named.RECORD, text(server, "/v1/auditrecords?size=1", admin, "id"))
        .with(
            Named.PAGE_CURSOR,
            requireNonNull(
                server
                    .send(RawRequest.get(customer + "/users?size=1").token(admin))
                    .json()
                    .get("continuationToken")
                    .text()))
        .with(Named.FEED_CURSOR, text(server, customer + "/changes?size=1", admin, "cursor"));
  }

  /** A member of the first item of a list. */
  private static String text(TestServer server, String list, String token, String member) {
    RawAnswer page = server.send(RawRequest.get(list).token(token));
    return requireNonNull(page.json().get("items").items().getFirst().get(member).text());
  }

  /** The same kinds of ids, of nothing that there is. */
  ForeignIds ofNobody(Random random) {
    UUID customer = new UUID(random.nextLong(), random.nextLong());
    String domain = "nowhere-%08x.example".formatted(random.nextInt());
    return new ForeignIds()
        .with(Named.CUSTOMER, customer)
        .with(Named.USER, new UUID(random.nextLong(), random.nextLong()))
        .with(Named.USER_NAME, "nobody-%08x@%s".formatted(random.nextInt(), domain))
        .with(Named.DOMAIN, domain)
        .with(Named.COMPANY, "Nobody-%08x".formatted(random.nextInt()))
        .with(Named.SKU, new UUID(random.nextLong(), random.nextLong()))
        .with(Named.AGENT, new UUID(random.nextLong(), random.nextLong()))
        .with(Named.AGENT_NAME, "agent-%08x@%s".formatted(random.nextInt(), domain))
        .with(Named.APPLICATION, new UUID(random.nextLong(), random.nextLong()))
        .with(Named.RECORD, Tenancy.PARTNER + "_" + customer + "_updatecustomeruser_1")
        .with(
            Named.PAGE_CURSOR,
            of(Named.PAGE_CURSOR).substring(16) + "%016x".formatted(random.nextLong()))
        .with(Named.FEED_CURSOR, cursorOf(customer));
  }

  /** The cursor with another customer in it, and whole: its sum is no secret. */
  private String cursorOf(UUID customer) {
    byte[] bytes = Base64.getUrlDecoder().decode(of(Named.FEED_CURSOR));
    ByteBuffer cursor = ByteBuffer.wrap(bytes);
    cursor.putLong(ID_IN_CURSOR, customer.getMostSignificantBits());
    cursor.putLong(ID_IN_CURSOR + Long.BYTES, customer.getLeastSignificantBits());
    int content = bytes.length - SUM_BYTES;
    try {
      byte[] sum = MessageDigest.getInstance("SHA-256").digest(Arrays.copyOf(bytes, content));
      cursor.put(content, sum, 0, SUM_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
