package dev.vidame.sdk;

import dev.vidame.wire.Address;
import dev.vidame.wire.BillingProfile;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.CustomerUser;
import dev.vidame.wire.CustomerUserUpdate;
import dev.vidame.wire.PasswordProfile;
import dev.vidame.wire.RevertedUser;
import dev.vidame.wire.UserId;
import java.net.URI;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The examples of the documentation, compiled here and run by {@link SnippetsTest}. */
final class Snippets {
  private final PartnerClient partner;

  Snippets(PartnerClient partner) {
    this.partner = partner;
  }

  static PartnerClient microsoft(String clientId, RefreshTokenStore store) {
    MicrosoftCloud cloud = MicrosoftCloud.PUBLIC;
    PartnerClient partner =
        PartnerClient.builder()
            .endpoint(cloud.endpoint())
            .credential(
                OAuthCredential.builder()
                    .tokenEndpoint(cloud.tokenEndpoint("contoso.onmicrosoft.com"))
                    .clientId(clientId)
                    .refreshToken(store)
                    .build())
            .build();
    return partner;
  }

  static PartnerCredential certificate(
      String clientId, PrivateKey key, X509Certificate certificate) {
    PartnerCredential credential =
        OAuthCredential.builder()
            .tokenEndpoint(TokenEndpoint.microsoft("contoso.onmicrosoft.com"))
            .clientId(clientId)
            .clientCertificate(ClientCertificate.of(key, certificate))
            .clientCredentials()
            .build();
    return credential;
  }

  static PartnerCredential deviceCode(String clientId, Path file) {
    PartnerCredential credential =
        OAuthCredential.builder()
            .tokenEndpoint(
                TokenEndpoint.of(URI.create("https://vidame.example"), "contoso.example"))
            .clientId(clientId)
            .deviceCode(code -> System.err.println(code.message()), RefreshTokenStore.inFile(file))
            .build();
    return credential;
  }

  CompletableFuture<CustomerUser> async(Executor executor, CustomerId customer, UserId user) {
    CompletableFuture<CustomerUser> account =
        partner
            .async(executor)
            .call(client -> client.customers().byId(customer).users().byId(user).get());
    return account;
  }

  int pages(CustomerId customer) {
    UsersClient users = partner.customers().byId(customer).users();
    try (Stream<CustomerUser> accounts = users.list().stream()) {
      accounts.limit(1000).forEach(account -> System.out.println(account.displayName()));
    }
    for (CustomerUser account : users.deleted()) {
      System.out.println(account.userPrincipalName() + " until " + account.softDeletionTime());
    }
    Page<CustomerUser> page = users.list(UserQuery.all().withPageSize(100)).first();
    return page.items().size();
  }

  static UserFilter userFilter() {
    UserFilter frenchOrBelgian =
        UserFilter.equal(UserField.USAGE_LOCATION, "FR")
            .or(UserFilter.equal(UserField.USAGE_LOCATION, "BE"));
    UserFilter filter = UserFilter.startsWith(UserField.DISPLAY_NAME, "Gr").and(frenchOrBelgian);
    return filter;
  }

  static UserQuery userQuery() {
    UserQuery query =
        UserQuery.all()
            .withFilter(UserFilter.contains(UserField.USER_PRINCIPAL_NAME, ".admin@"))
            .withSort(UserField.DISPLAY_NAME, SortDirection.DESCENDING)
            .withPageSize(200);
    return query;
  }

  List<Customer> customerQuery() {
    CustomerQuery query =
        CustomerQuery.all().withFilter(CustomerFilter.companyNameStartsWith("Cont"));
    List<Customer> customers = partner.customers().list(query).toList();
    return customers;
  }

  void customers(CustomerId customerId) {
    for (Customer customer : partner.customers().list()) {
      System.out.println(customer.id() + " " + customer.companyProfile().companyName());
    }
    Customer customer = partner.customers().byId(customerId).get();
    System.out.println(customer);
  }

  BillingProfile customer(CustomerId customerId) {
    CustomerClient customer = partner.customers().byId(customerId);
    BillingProfile read = customer.getBillingProfile();
    BillingProfile updated =
        customer.updateBillingProfile(read.toBuilder().email("bills@contoso.example").build());
    return updated;
  }

  static NewCustomer newCustomer() {
    NewCustomer customer =
        NewCustomer.builder()
            .domain("contoso.example")
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
    return customer;
  }

  CustomerUser users(CustomerId customerId) {
    UsersClient users = partner.customers().byId(customerId).users();
    CustomerUser account = users.byId("grace@contoso.example").get();
    return account;
  }

  CustomerUser create(UsersClient users) {
    NewUser grace =
        NewUser.builder()
            .userPrincipalName("grace@contoso.example")
            .displayName("Grace Hopper")
            .usageLocation("US")
            .temporaryPassword("Correct-Horse-77")
            .build();
    CustomerUser created = users.create(grace);
    return created;
  }

  CustomerUser update(CustomerId customerId, UserId userId) {
    UserClient user = partner.customers().byId(customerId).users().byId(userId);
    PartnerResponse<CustomerUser> read = user.getWithResponse(RequestOptions.none());
    CustomerUserUpdate update =
        CustomerUserUpdate.builder().usageLocation("FR").clearPhoneNumber().build();
    RequestOptions options = RequestOptions.none();
    EntityTag version = read.entityTag();
    if (version != null) { // Partner Center tells none
      options = options.withIfMatch(version);
    }
    CustomerUser updated = user.patchWithResponse(update, options).value();
    return updated;
  }

  void roles(CustomerId customerId, UserId userId) {
    DirectoryRolesClient roles = partner.customers().byId(customerId).directoryRoles();
    for (DirectoryRole role : roles.list()) {
      System.out.println(role.name());
    }
    roles.byId(RoleId.HELPDESK_ADMINISTRATOR).addMember(userId);
  }

  List<LicenseWarning> licenses(UserClient user, SkuId newSku, UUID unwantedPart, SkuId oldSku) {
    LicenseChange change =
        LicenseChange.builder().assign(newSku, List.of(unwantedPart)).remove(oldSku).build();
    List<LicenseWarning> warnings = user.updateLicenses(change);
    return warnings;
  }

  boolean domains() {
    boolean isTaken = partner.domains().isTaken("contoso.example");
    return isTaken;
  }

  List<AuditEntry> audit(CustomerId customer) {
    AuditQuery lastWeek =
        AuditQuery.since(LocalDate.now(ZoneOffset.UTC).minusDays(7))
            .withFilter(AuditFilter.customer(customer));
    List<AuditEntry> records = partner.auditRecords().list(lastWeek).toList();
    return records;
  }

  @Nullable String errors(UserClient user, CustomerUserUpdate update) {
    try {
      user.patch(update);
    } catch (NameTakenException e) {
      return "Choose another name";
    } catch (NotFoundException e) {
      return "The account is gone";
    } catch (OutcomeUnknownException e) {
      // The same request id makes the change once, whatever became of the first request.
      user.patchWithResponse(update, RequestOptions.none().withRequestId(e.requestId()));
    }
    return null;
  }

  CustomerUser password(UserClient user) {
    CustomerUser account = user.resetPassword(PasswordProfile.temporary("Renew-456*"));
    return account;
  }

  void changes(CustomerClient customer, ChangeCursor kept, Consumer<FollowedChange> handle) {
    try (ChangeFollower follower = customer.changes().follow(ChangesQuery.since(kept))) {
      while (follower.hasNext()) {
        FollowedChange next = follower.next();
        handle.accept(next);
      }
    }
  }

  ChangesPage changesPage(CustomerClient customer) {
    ChangesPage page =
        customer.changes().page(ChangesQuery.since(ChangeCursor.BEGINNING).withPageSize(500));
    return page;
  }

  RevertedUser revert(UserClient user, Instant beforeTheMistake) {
    RevertedUser shown = user.previewRevert(Revert.toTime(beforeTheMistake));
    RevertedUser done = user.revert(Revert.toSeq(shown.toSeq()));
    return done;
  }

  static PartnerCredential refreshToken(String clientId, RefreshTokenStore store) {
    PartnerCredential credential =
        OAuthCredential.builder()
            .tokenEndpoint(
                TokenEndpoint.of(URI.create("https://vidame.example"), "contoso.example"))
            .clientId(clientId)
            .refreshToken(store)
            .build();
    return credential;
  }

  static CustomerUser wayIn(
      String clientId, String refreshToken, CustomerId customerId, UserId userId) {
    PartnerCredential credential =
        OAuthCredential.builder()
            .tokenEndpoint(
                TokenEndpoint.of(URI.create("https://vidame.example"), "contoso.example"))
            .clientId(clientId)
            .refreshToken(RefreshTokenStore.inMemory(refreshToken))
            .build();
    PartnerClient partner =
        PartnerClient.builder()
            .endpoint(URI.create("https://vidame.example"))
            .credential(credential)
            .build();

    CustomerUser user =
        partner
            .customers()
            .byId(customerId)
            .users()
            .byId(userId)
            .patch(CustomerUserUpdate.builder().displayName("Grace Hopper").build());
    return user;
  }

  static CustomerUser client(PartnerCredential credential, CustomerId customerId, UserId userId) {
    PartnerClient partner =
        PartnerClient.builder()
            .endpoint(URI.create("https://vidame.example"))
            .credential(credential)
            .build();
    CustomerUser user = partner.customers().byId(customerId).users().byId(userId).get();
    return user;
  }

  static List<TokenEndpoint> endpoints() {
    TokenEndpoint own = TokenEndpoint.of(URI.create("https://vidame.example"), "contoso.example");
    TokenEndpoint microsofts = TokenEndpoint.microsoft("contoso.onmicrosoft.com");
    return List.of(own, microsofts);
  }

  static PartnerResponse<CustomerUser> options(UserClient user) {
    RequestOptions options = RequestOptions.none().withTimeout(Duration.ofSeconds(10));
    PartnerResponse<CustomerUser> read = user.getWithResponse(options);
    return read;
  }

  static void doubt(UserClient user, CustomerUserUpdate update) {
    try {
      user.patch(update);
    } catch (OutcomeUnknownException e) {
      user.patchWithResponse(update, RequestOptions.none().withRequestId(e.requestId()));
    }
  }
}
