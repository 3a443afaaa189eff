package dev.vidame.server.openapi;

import dev.vidame.server.access.Operation;
import dev.vidame.server.http.Route;

/** Finds what is said of a route. */
final class Descriptions {
  private Descriptions() {}

  /**
   * What is said of it. A new operation does not compile until something is said of it here.
   *
   * @throws IllegalStateException when it is a route of nobody or of operators of which nothing is
   *     said
   */
  static Description of(Route route) {
    return switch (route.access()) {
      case Route.Open open -> OpenDescriptions.of(route.name());
      case Route.ForOperator ours -> AdminDescriptions.of(route.name());
      case Route.Page page ->
          throw new IllegalStateException("A page is no part of the API: " + route.template());
      case Route.OnCustomer on -> of(on.operation(), route);
      case Route.OnPartner on -> of(on.operation(), route);
    };
  }

  private static Description of(Operation operation, Route route) {
    return switch (operation) {
      case LIST_CUSTOMERS -> CustomerDescriptions.list();
      case GET_CUSTOMER -> CustomerDescriptions.get();
      case CREATE_CUSTOMER -> CustomerDescriptions.create();
      case DELETE_CUSTOMER -> CustomerDescriptions.delete();
      case REMOVE_RELATIONSHIP -> CustomerDescriptions.removeRelationship();
      case GET_COMPANY_PROFILE -> CustomerDescriptions.companyProfile();
      case GET_BILLING_PROFILE -> CustomerDescriptions.billingProfile();
      case UPDATE_BILLING_PROFILE -> CustomerDescriptions.updateBillingProfile();
      case CHECK_DOMAIN -> CustomerDescriptions.checkDomain();
      case ADD_VERIFIED_DOMAIN -> CustomerDescriptions.addVerifiedDomain();
      case ASK_FOR_OTHER_SERVICES -> CustomerDescriptions.otherServices();
      case CREATE_USER -> UserDescriptions.create();
      case LIST_USERS, LIST_DELETED_USERS -> UserDescriptions.list();
      case GET_USER -> UserDescriptions.get();
      case UPDATE_USER ->
          route.isTolerated() ? UserDescriptions.updateNamedInBody() : UserDescriptions.update();
      case RESET_PASSWORD -> UserDescriptions.resetPassword();
      case DELETE_USER -> UserDescriptions.delete();
      case LIST_DIRECTORY_ROLES -> RoleDescriptions.list();
      case LIST_ROLE_MEMBERS -> RoleDescriptions.members();
      case ADD_ROLE_MEMBER -> RoleDescriptions.addMember();
      case REMOVE_ROLE_MEMBER -> RoleDescriptions.removeMember();
      case LIST_USER_ROLES -> RoleDescriptions.ofUser();
      case LIST_SUBSCRIBED_SKUS -> LicenseDescriptions.subscribedSkus();
      case LIST_USER_LICENSES -> LicenseDescriptions.ofUser();
      case UPDATE_USER_LICENSES -> LicenseDescriptions.update();
      case LIST_AUDIT_RECORDS -> AuditDescriptions.list();
      case GET_AUDIT_RECORD -> AuditDescriptions.get();
      case READ_CHANGES -> ChangeDescriptions.read();
      case REVERT_USER -> ChangeDescriptions.revert();
      case LIST_AGENTS,
          GET_AGENT,
          CREATE_AGENT,
          UPDATE_AGENT,
          RESET_AGENT_PASSWORD,
          REMOVE_AGENT_FACTOR,
          GIVE_AGENT_ROLE,
          TAKE_AGENT_ROLE,
          LIST_APPLICATIONS,
          GET_APPLICATION,
          CREATE_APPLICATION,
          UPDATE_APPLICATION,
          ADD_APPLICATION_SECRET,
          REMOVE_APPLICATION_SECRET,
          REMOVE_APPLICATION_KEY,
          EXPLAIN_ACCESS,
          EXPLAIN_OWN_ACCESS ->
          throw new IllegalStateException("Pages only do this: " + route.template());
    };
  }
}
