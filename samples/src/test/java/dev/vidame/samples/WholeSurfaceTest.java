package dev.vidame.samples;

import static dev.vidame.samples.RealServer.CUSTOMER;
import static dev.vidame.samples.RealServer.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vidame.sdk.AccessDeniedException;
import dev.vidame.sdk.AuditEntry;
import dev.vidame.sdk.AuditFilter;
import dev.vidame.sdk.AuditQuery;
import dev.vidame.sdk.ChangeCursor;
import dev.vidame.sdk.ChangesQuery;
import dev.vidame.sdk.Customer;
import dev.vidame.sdk.CustomerClient;
import dev.vidame.sdk.CustomerDomain;
import dev.vidame.sdk.CustomerFilter;
import dev.vidame.sdk.CustomerQuery;
import dev.vidame.sdk.DirectoryRoleClient;
import dev.vidame.sdk.Exchange;
import dev.vidame.sdk.FollowedChange;
import dev.vidame.sdk.LicenseChange;
import dev.vidame.sdk.NameTakenException;
import dev.vidame.sdk.NewCustomer;
import dev.vidame.sdk.NewUser;
import dev.vidame.sdk.NotFoundException;
import dev.vidame.sdk.Page;
import dev.vidame.sdk.PartnerClient;
import dev.vidame.sdk.PartnerException;
import dev.vidame.sdk.PartnerResponse;
import dev.vidame.sdk.RequestOptions;
import dev.vidame.sdk.Revert;
import dev.vidame.sdk.RoleId;
import dev.vidame.sdk.RoleMember;
import dev.vidame.sdk.Sku;
import dev.vidame.sdk.SkuId;
import dev.vidame.sdk.SortDirection;
import dev.vidame.sdk.UserField;
import dev.vidame.sdk.UserFilter;
import dev.vidame.sdk.UserQuery;
import dev.vidame.sdk.UsersClient;
import dev.vidame.sdk.VersionMismatchException;
import dev.vidame.wire.Address;
import dev.vidame.wire.BillingProfile;
import dev.vidame.wire.Change;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.CustomerUser;
import dev.vidame.wire.JsonBody;
import dev.vidame.wire.LicenseGroup;
import dev.vidame.wire.RevertedUser;
import dev.vidame.wire.UserId;
import dev.vidame.wire.UserState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every operation of the SDK against the real server, and every route of the server by the SDK. */
@Timeout(120)
class WholeSurfaceTest {
  private static final SkuId SKU = new SkuId("efccb6f7-5641-4e0e-bd10-b4976e1bf68e");
  private static final UUID PLAN = UUID.fromString("c1ec4a95-1f05-45b3-a911-aa3fa01094f5");
  private static final Set<String> METHODS =
      Set.of("get", "head", "post", "put", "patch", "delete");
  private static final String GUID = "[0-9a-f]{8}-[0-9a-f-]{27}";

  /** What the SDK says in another way: a PATCH without an id, a reset as a PATCH, HEAD for GET. */
  private static final Set<String> SAID_OTHERWISE =
      Set.of(
          "PATCH /v1/customers/{}/users",
          "PATCH /v1/customers/{}/users/{}/resetpassword",
          "GET /v1/domains/{}");

  @TempDir private Path folder;

  private final Set<String> asked = new ConcurrentSkipListSet<>();
  private RealServer server;
  private PartnerClient partner;

  @BeforeEach
  void start() {
    server = RealServer.start(folder);
    partner = server.partner(this::note);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void note(Exchange exchange) {
    String path =
        exchange
            .request()
            .uri()
            .getPath()
            .replaceAll(GUID + "_[^/]+|" + GUID + "|[^/]*@[^/]*", "{}")
            .replaceAll("/domains/.*", "/domains/{}");
    asked.add(exchange.request().method() + " " + path);
  }

  private static Set<String> routes() throws IOException {
    JsonBody paths =
        JsonBody.parse(Files.readAllBytes(Path.of("../docs/openapi.json"))).object("paths");
    Set<String> routes = new TreeSet<>();
    for (String path : paths.names()) {
      if (path.startsWith("/v1/") || path.startsWith("/vidame/v1/")) {
        for (String method : paths.object(path).names()) {
          if (METHODS.contains(method) && isOffered(paths.object(path).object(method))) {
            routes.add(method.toUpperCase(Locale.ROOT) + " " + path.replaceAll("\\{[^}]*}", "{}"));
          }
        }
      }
    }
    return routes;
  }

  /** Routes of Partner Center that are not offered answer 501 and nothing else. */
  private static boolean isOffered(JsonBody operation) {
    return operation.object("responses").names().stream().anyMatch(name -> name.startsWith("2"));
  }

  @Test
  void everyRouteIsReachedByTheSdk() throws IOException {
    Customer created = customers();
    accounts();
    roles();
    licences();
    auditRecords();
    changes();
    endOfCustomers(Objects.requireNonNull(created.id()));

    Set<String> missing = new TreeSet<>(routes());
    missing.removeAll(asked);
    assertThat(missing).isEqualTo(new TreeSet<>(SAID_OTHERWISE));
    assertThat(routes()).containsAll(asked);
  }

  private static NewCustomer newCustomer(String domain) {
    return NewCustomer.builder()
        .domain(domain)
        .billingProfile(
            BillingProfile.builder()
                .companyName("Contoso")
                .culture("en-US")
                .language("en")
                .email("bills@contoso.example")
                .defaultAddress(
                    Address.builder()
                        .country("US")
                        .state("WA")
                        .city("Redmond")
                        .addressLine1("One Way")
                        .postalCode("98052")
                        .firstName("Grace")
                        .lastName("Hopper")
                        .build())
                .build())
        .build();
  }

  private Customer customers() {
    assertThat(partner.domains().isTaken("contoso.example")).isFalse();
    Customer created = partner.customers().create(newCustomer("contoso.example"));
    assertThat(partner.domains().isTaken("contoso.example")).isTrue();
    assertThat(created.userCredentials()).isNotNull();
    assertThat(created.relationshipToPartner()).isEqualTo(Customer.Relationship.RESELLER);
    assertThatExceptionOfType(NameTakenException.class)
        .isThrownBy(() -> partner.customers().create(newCustomer("contoso.example")));

    CustomerQuery query =
        CustomerQuery.all()
            .withFilter(CustomerFilter.companyNameStartsWith("cont"))
            .withSort(CustomerQuery.Field.DOMAIN, SortDirection.DESCENDING);
    assertThat(partner.customers().list(query))
        .extracting(Customer::id)
        .containsExactly(created.id());

    CustomerClient customer = partner.customers().byId(Objects.requireNonNull(created.id()));
    assertThat(customer.get().customDomains()).containsExactly("contoso.example");
    assertThat(customer.getCompanyProfile().companyName()).isEqualTo("Contoso");
    BillingProfile read = customer.getBillingProfile();
    BillingProfile updated =
        customer.updateBillingProfile(read.toBuilder().email("new@contoso.example").build());
    assertThat(updated.email()).isEqualTo("new@contoso.example");
    assertThatExceptionOfType(VersionMismatchException.class)
        .isThrownBy(() -> customer.updateBillingProfile(read));
    assertThat(customer.addDomain("second.example"))
        .isEqualTo(
            new CustomerDomain("second.example", "managed", "email", "verified", "dns_record"));
    return created;
  }

  private static NewUser newUser(int number) {
    return NewUser.builder()
        .userPrincipalName("user" + number + "@" + RealServer.DOMAIN)
        .displayName("User " + number)
        .usageLocation("FR")
        .temporaryPassword("Correct-Horse-7" + number)
        .build();
  }

  private void accounts() {
    UsersClient users = partner.customers().byId(CUSTOMER).users();
    IntStream.range(0, 5).forEach(number -> users.create(newUser(number)));
    UserQuery query =
        UserQuery.all()
            .withFilter(UserFilter.startsWith(UserField.DISPLAY_NAME, "user "))
            .withSort(UserField.DISPLAY_NAME, SortDirection.DESCENDING)
            .withPageSize(2);
    assertThat(users.list(query))
        .extracting(CustomerUser::displayName)
        .containsExactly("User 4", "User 3", "User 2", "User 1", "User 0");
    Page<CustomerUser> first = users.list(query).first();
    assertThat(
            users.list().startingBehind(Objects.requireNonNull(first.continuationToken())).toList())
        .hasSize(3);
    assertThat(users.byId("user0@" + RealServer.DOMAIN).get().displayName()).isEqualTo("User 0");
    users.byId("user0@" + RealServer.DOMAIN).delete();
    assertThat(users.list(UserQuery.all().withFilter(UserFilter.deletedSince(yesterday()))))
        .hasSize(1);
    assertThatExceptionOfType(NotFoundException.class)
        .isThrownBy(() -> users.byId(new UserId(new UUID(1, 1))).get());
    CustomerUserUpdate.run(partner, CUSTOMER, USER);
  }

  private static Instant yesterday() {
    return LocalDate.now(ZoneOffset.UTC).minusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private void roles() {
    CustomerClient customer = partner.customers().byId(CUSTOMER);
    assertThat(customer.directoryRoles().list()).hasSize(9);
    DirectoryRoleClient role = customer.directoryRoles().byId(RoleId.HELPDESK_ADMINISTRATOR);
    RoleMember member = role.addMember(USER);
    assertThat(role.members(1)).containsExactly(member);
    assertThat(customer.users().byId(USER).directoryRoles()).hasSize(1);
    role.removeMember(USER);
    assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> role.removeMember(USER));
    assertThatExceptionOfType(PartnerException.class)
        .isThrownBy(() ->
            customer
                .directoryRoles()
                .byId(RoleId.COMPANY_ADMINISTRATOR)
                .removeMember(UserId.of("95ddddac-1f0f-4f0c-a3f6-0b6c0d5b1c11")))
        .satisfies(e -> assertThat(e.code()).isEqualTo(3000));
  }

  private void licences() {
    CustomerClient customer = partner.customers().byId(CUSTOMER);
    assertThat(customer.subscribedSkus(LicenseGroup.GROUP1, LicenseGroup.GROUP2)).hasSize(1);
    assertThat(customer.subscribedSkus(LicenseGroup.GROUP2)).isEmpty();
    customer
        .users()
        .byId(USER)
        .updateLicenses(LicenseChange.builder().assign(SKU, List.of(PLAN)).build());
    assertThat(customer.users().byId(USER).licenses())
        .singleElement()
        .satisfies(license ->
            assertThat(license.plans())
                .extracting(Sku.Plan::capabilityStatus)
                .containsExactly("Disabled"));
    assertThat(customer.subscribedSkus().toList().get(0).units().consumed()).isEqualTo(1);
    customer.users().byId(USER).updateLicenses(LicenseChange.builder().remove(SKU).build());
    assertThat(customer.users().byId(USER).licenses()).isEmpty();
  }

  private void changes() {
    CustomerClient customer = partner.customers().byId(CUSTOMER);
    List<FollowedChange> all =
        customer.changes().stream(ChangesQuery.since(ChangeCursor.BEGINNING)).toList();
    assertThat(all).hasSizeGreaterThan(9);
    FollowedChange last = all.get(all.size() - 1);
    assertThat(customer.changes().page(ChangesQuery.since(last.cursor())).items()).isEmpty();
    Change created =
        all.stream()
            .map(FollowedChange::change)
            .filter(change -> change.operation().equals("user.create"))
            .reduce((earlier, later) -> later)
            .orElseThrow();
    RevertedUser before =
        customer
            .users()
            .byId(new UserId(created.subject()))
            .previewRevert(Revert.toSeq(created.seq()));
    assertThat(before.isPreview()).isTrue();
    assertThat(before.toSeq()).isEqualTo(created.seq());
  }

  private void auditRecords() {
    AuditQuery query =
        AuditQuery.since(LocalDate.now(ZoneOffset.UTC).minusDays(1))
            .withFilter(AuditFilter.customer(CUSTOMER))
            .withPageSize(3);
    List<AuditEntry> records = partner.auditRecords().list(query).toList();
    assertThat(records).hasSizeGreaterThan(9);
    AuditEntry newest = records.get(0);
    assertThat(newest.resourceType()).isEqualTo(AuditEntry.ResourceType.LICENSE);
    assertThat(partner.auditRecords().get(Objects.requireNonNull(newest.id()))).isEqualTo(newest);
    AuditQuery deletions =
        query.withFilter(AuditFilter.operationType(AuditEntry.OperationType.DELETE_CUSTOMER_USER));
    assertThat(partner.auditRecords().list(deletions)).hasSize(1);
  }

  private void endOfCustomers(CustomerId created) {
    CustomerClient customer = partner.customers().byId(created);
    customer.delete();
    assertThatExceptionOfType(NotFoundException.class).isThrownBy(customer::get);
    partner.customers().byId(CUSTOMER).removeRelationship();
    assertThatExceptionOfType(AccessDeniedException.class)
        .isThrownBy(() -> partner.customers().byId(CUSTOMER).get());
  }

  @Test
  void everyFilterFindsWhatItSays() {
    UsersClient users = partner.customers().byId(CUSTOMER).users();
    IntStream.range(0, 3).forEach(number -> users.create(newUser(number)));
    users.byId("user2@" + RealServer.DOMAIN).delete();
    Instant tomorrow = yesterday().plus(Duration.ofDays(2));

    assertThat(names(users, UserFilter.contains(UserField.USER_PRINCIPAL_NAME, "SER0@")))
        .containsExactly("User 0");
    assertThat(names(users, UserFilter.equal(UserField.DISPLAY_NAME, "user 1")))
        .containsExactly("User 1");
    assertThat(
            names(
                users,
                UserFilter.notStartsWith(UserField.DISPLAY_NAME, "user")
                    .and(UserFilter.notEqual(UserField.USAGE_LOCATION, "FR"))))
        .containsExactly("Administrator");
    assertThat(
            names(
                users,
                UserFilter.startsWith(UserField.DISPLAY_NAME, "user")
                    .and(
                        UserFilter.state(UserState.ACTIVE)
                            .or(UserFilter.state(UserState.INACTIVE)))))
        .containsExactlyInAnyOrder("User 0", "User 1", "User 2");
    assertThat(names(users, UserFilter.deletedBefore(tomorrow))).containsExactly("User 2");
    assertThat(names(users, UserFilter.deletedBefore(yesterday()))).isEmpty();
    assertThat(found(CustomerFilter.companyName("customer"))).isEqualTo(1);
    assertThat(found(CustomerFilter.domain(RealServer.DOMAIN))).isEqualTo(1);
    assertThat(found(CustomerFilter.domainStartsWith("abcdef"))).isEqualTo(1);
    assertThat(found(CustomerFilter.indirectReseller("1234567"))).isZero();
    assertThat(records(AuditFilter.actor(RealServer.AGENT))).isEqualTo(4);
    assertThat(records(AuditFilter.companyNameContains("USTOM"))).isGreaterThan(3);
    assertThat(records(AuditFilter.resourceType(AuditEntry.ResourceType.CUSTOMER_USER)))
        .isGreaterThan(3);
  }

  private static List<String> names(UsersClient users, UserFilter filter) {
    return users.list(UserQuery.all().withFilter(filter)).stream()
        .map(user -> String.valueOf(user.displayName()))
        .toList();
  }

  private int found(CustomerFilter filter) {
    return partner.customers().list(CustomerQuery.all().withFilter(filter)).toList().size();
  }

  private int records(AuditFilter filter) {
    AuditQuery query = AuditQuery.since(yesterday()).withEnd(LocalDate.now(ZoneOffset.UTC));
    return partner.auditRecords().list(query.withFilter(filter)).toList().size();
  }

  @Test
  void walkOutlastsItsToken() {
    UsersClient users = partner.customers().byId(CUSTOMER).users();
    IntStream.range(0, 5).forEach(number -> users.create(newUser(number)));
    int seen = 0;
    for (CustomerUser user : users.list(UserQuery.all().withPageSize(2))) {
      assertThat(user.id()).isNotNull();
      seen++;
      server.pass(Duration.ofMinutes(25));
    }

    assertThat(seen).isEqualTo(7);
  }

  @Test
  void changeUnderItsRequestIdIsMadeOnce() {
    RequestOptions options = RequestOptions.none().withRequestId(new UUID(3, 3));
    UsersClient users = partner.customers().byId(CUSTOMER).users();
    PartnerResponse<CustomerUser> first = users.createWithResponse(newUser(1), options);
    PartnerResponse<CustomerUser> second = users.createWithResponse(newUser(1), options);

    assertThat(first.replayed()).isFalse();
    assertThat(second.replayed()).isTrue();
    assertThat(second.value()).isEqualTo(first.value());
    assertThat(first.status()).isEqualTo(201);
  }
}
