package dev.vidame.server.admin;

import dev.vidame.directory.operators.Operators;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.partners.Role;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.wire.CustomerId;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/** A server with an operator, and what the operator sends. */
final class Admin implements AutoCloseable {
  static final String PARTNERS = "/admin/v1/partners";
  static final String OPERATORS = "/admin/v1/operators";
  static final String OURS = PARTNERS + "/" + Tenancy.PARTNER;
  static final String AGENTS = OURS + "/agents";
  static final String APPLICATIONS = OURS + "/applications";
  static final String RELATIONSHIPS = OURS + "/customers";
  static final String RELATIONSHIP = RELATIONSHIPS + "/" + Tenancy.CUSTOMER;
  static final String SKUS = "/admin/v1/customers/" + Tenancy.CUSTOMER + "/skus";
  static final String EMS = SKUS + "/efccb6f7-5641-4e0e-bd10-b4976e1bf68e";
  static final String NOBODY = UUID.randomUUID().toString();
  static final String PASSWORD = "A-Good-Password-4";

  private final TestServer server;
  private final Operators.Created first;

  private Admin(TestServer server) {
    this.server = server;
    this.first = server.server().createFirstOperator().orElseThrow();
  }

  static Admin start(Path folder) {
    return start(folder, Map.of());
  }

  static Admin start(Path folder, Map<String, String> settings) {
    return new Admin(TestServer.start(folder, settings));
  }

  /** The same with another setting. */
  static Admin start(Path folder, String setting, String value) {
    return new Admin(TestServer.start(folder, Map.of(setting, value)));
  }

  /** The operator of a server that has none yet. */
  static Admin of(TestServer server) {
    return new Admin(server);
  }

  TestServer server() {
    return server;
  }

  /** The first operator's secret. */
  String secret() {
    return String.valueOf(first.secret());
  }

  String id() {
    return first.operator().id().toString();
  }

  RawAnswer send(RawRequest request) {
    return server.send(request.token(secret()));
  }

  RawAnswer send(String method, String path, String body) {
    return send(RawRequest.of(method, path).body(body));
  }

  RawAnswer send(String method, String path) {
    return send(method, path, "");
  }

  String adminAgent() {
    return AGENTS + "/" + server.tenancy().agent(Role.ADMIN_AGENT).id();
  }

  String application() {
    return APPLICATIONS + "/" + server.tenancy().confidential().id();
  }

  RawAnswer token(String form) {
    return server.send(server.tokens().request(form));
  }

  /** An application's own token by its secret. */
  RawAnswer tokenOf(String application, String applicationSecret) {
    return token(
        "grant_type=client_credentials&client_id=%s&client_secret=%s"
            .formatted(application, applicationSecret));
  }

  RawAnswer refreshed(RawAnswer tokens) {
    return token(
        server.tokens().applicationForm().replace("client_credentials", "refresh_token")
            + "&refresh_token="
            + tokens.json().get("refresh_token").text());
  }

  static String access(RawAnswer tokens) {
    return tokens.json().get("access_token").text();
  }

  /** What becomes of a read of an account with a token. */
  String read(String token) {
    return server.send(RawRequest.get(TestServer.foundingPath()).token(token)).outcome();
  }

  /** What becomes of a list of customers with an application's own token. */
  String list(String token) {
    return server.send(RawRequest.get("/v1/customers").token(token)).outcome();
  }

  long partnerRows() {
    return rows(new CustomerId(Tenancy.PARTNER.value()));
  }

  long rows(PartnerId partner) {
    return rows(new CustomerId(partner.value()));
  }

  long rows(CustomerId tenant) {
    var verification = server.server().directory().verifyJournal(tenant);
    if (!verification.isIntact()) {
      throw new AssertionError(verification.toString());
    }
    return verification.verifiedUpTo();
  }

  @Override
  public void close() {
    server.close();
  }
}
