package dev.vidame.server.customers;

import dev.vidame.directory.customers.Customers;
import dev.vidame.directory.customers.Customers.BillingOutcome;
import dev.vidame.directory.customers.Customers.Created;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.server.access.Operation;
import dev.vidame.server.http.Answer;
import dev.vidame.server.http.ApiErrors;
import dev.vidame.server.http.ApiException;
import dev.vidame.server.http.Call;
import dev.vidame.server.http.Route;
import dev.vidame.wire.BillingProfile;
import dev.vidame.wire.CustomerCreation;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.Guid;
import dev.vidame.wire.RelationshipUpdate;
import dev.vidame.wire.VerifiedDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The routes on one customer, and of its domains (wire-spec §2.2 to §2.9). Thread-safe. */
final class CustomerResources {
  private static final String CUSTOMERS = "/v1/customers";
  private static final String CUSTOMER = CUSTOMERS + "/{customer}";
  private static final String COMPANY = CUSTOMER + "/profiles/company";
  private static final String BILLING = CUSTOMER + "/profiles/billing";
  private static final String VERIFIED_DOMAIN = CUSTOMER + "/verifieddomain";
  private static final String DOMAIN = "/v1/domains/{domain}";
  private static final byte[] NOTHING = {};

  private final Customers customers;
  private final CustomerRoutes.Options options;

  CustomerResources(Customers customers, CustomerRoutes.Options options) {
    this.customers = customers;
    this.options = options;
  }

  List<Route> routes() {
    return List.of(
        Route.onPartner("POST", CUSTOMERS, Operation.CREATE_CUSTOMER, this::create),
        Route.onCustomer("GET", CUSTOMER, Operation.GET_CUSTOMER, this::get),
        Route.onCustomer("DELETE", CUSTOMER, Operation.DELETE_CUSTOMER, this::delete),
        Route.onCustomer("PATCH", CUSTOMER, Operation.REMOVE_RELATIONSHIP, this::leave),
        Route.onCustomer("GET", COMPANY, Operation.GET_COMPANY_PROFILE, this::company),
        Route.onCustomer("GET", BILLING, Operation.GET_BILLING_PROFILE, this::billing),
        Route.onCustomer("PUT", BILLING, Operation.UPDATE_BILLING_PROFILE, this::replaceBilling),
        Route.onCustomer("POST", VERIFIED_DOMAIN, Operation.ADD_VERIFIED_DOMAIN, this::addDomain),
        Route.onPartner("HEAD", DOMAIN, Operation.CHECK_DOMAIN, this::checkDomain),
        Route.onPartner("GET", DOMAIN, Operation.CHECK_DOMAIN, this::checkDomain));
  }

  private Answer get(Call call) {
    return Answer.json(200, CustomerView.of(customers.details(call.customer())).toJson());
  }

  private Answer create(Call call) {
    byte[] body = call.jsonBody();
    CustomerCreation properties = CustomerCreation.fromJson(body);
    if (properties.id() != null && Guid.parse(properties.id()).isEmpty()) {
      throw ApiErrors.invalidCustomerId();
    }
    requireKnownSuffix(properties.domain());
    Created created =
        customers.create(
            new CustomerId(options.newIds().get()), properties, call.changeRequest(body));
    List<Answer.Header> headers = new ArrayList<>(List.of(Answer.replayed(created.isReplay())));
    headers.add(
        new Answer.Header(
            "Location",
            options.address().get() + CUSTOMERS + "/" + created.details().customer().id()));
    return new Answer(
        201, headers, CustomerView.created(created, options.relationshipAfterCreation()).toJson());
  }

  private void requireKnownSuffix(@Nullable String domain) {
    List<String> suffixes = options.domainSuffixes();
    if (domain == null || domain.isBlank() || suffixes.isEmpty()) {
      return;
    }
    String lower = domain.strip().toLowerCase(Locale.ROOT);
    if (suffixes.stream().noneMatch(suffix -> lower.endsWith("." + suffix))) {
      throw ApiErrors.invalidProperty(
          "companyProfile.domain",
          "The domain must end in one of: %s.",
          String.join(", ", suffixes));
    }
  }

  private Answer delete(Call call) {
    CustomerId customer = call.customer();
    ChangeRequest request = call.changeRequest(sent(call));
    requireAllowed(call, customer, request);
    boolean isReplay = customers.delete(customer, request);
    return Answer.empty(Answer.replayed(isReplay));
  }

  private Answer leave(Call call) {
    CustomerId customer = call.customer();
    byte[] body = call.refusal().isPresent() ? sent(call) : call.jsonBody();
    ChangeRequest request = call.changeRequest(body);
    requireAllowed(call, customer, request);
    String id = RelationshipUpdate.fromJson(body).id();
    if (id != null && !Guid.parse(id).equals(Optional.of(customer.value()))) {
      throw ApiErrors.invalidCustomerId();
    }
    boolean isReplay = customers.removeRelationship(customer, request);
    return Answer.json(200, RelationshipUpdate.answer(), Answer.replayed(isReplay));
  }

  /**
   * Who has ended the relationship itself may still hear that it did: a client whose answer was
   * lost asks again.
   */
  private void requireAllowed(Call call, CustomerId customer, ChangeRequest request) {
    Optional<ApiException> refusal = call.refusal();
    if (refusal.isPresent() && !customers.isRepeated(customer, request)) {
      throw refusal.get();
    }
  }

  /** A body that cannot be read repeats nothing, so who may not ask hears that and no more. */
  private static byte[] sent(Call call) {
    try {
      return call.request().body();
    } catch (ApiException e) {
      throw call.refusal().orElse(e);
    }
  }

  private Answer company(Call call) {
    return Answer.json(200, CustomerView.company(customers.details(call.customer())).toJson());
  }

  private Answer billing(Call call) {
    CustomerId customer = call.customer();
    BillingProfile profile = customers.details(customer).billing();
    return Answer.json(200, CustomerView.billing(customer, profile).toJson());
  }

  private Answer replaceBilling(Call call) {
    CustomerId customer = call.customer();
    byte[] body = call.jsonBody();
    BillingProfile given = BillingProfile.fromJson(body);
    BillingOutcome outcome =
        customers.replaceBilling(
            customer, given, BillingTag.expected(call, given.etag()), call.changeRequest(body));
    return Answer.json(
        200,
        CustomerView.billing(customer, outcome.profile()).toJson(),
        Answer.replayed(outcome.isReplay()));
  }

  private Answer addDomain(Call call) {
    byte[] body = call.jsonBody();
    VerifiedDomain domain = VerifiedDomain.fromJson(body);
    boolean isReplay = customers.addDomain(call.customer(), domain, call.changeRequest(body));
    return Answer.json(201, domain.toJson(), Answer.replayed(isReplay));
  }

  /** The status is the whole answer. */
  private Answer checkDomain(Call call) {
    return new Answer(customers.isDomainTaken(call.parameter(0)) ? 200 : 404, List.of(), NOTHING);
  }
}
