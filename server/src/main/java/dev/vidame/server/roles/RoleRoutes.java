package dev.vidame.server.roles;

import dev.vidame.directory.paging.Page;
import dev.vidame.directory.roles.DirectoryRole;
import dev.vidame.directory.roles.Roles;
import dev.vidame.directory.users.UserRef;
import dev.vidame.server.access.Operation;
import dev.vidame.server.http.Answer;
import dev.vidame.server.http.ApiErrors;
import dev.vidame.server.http.Call;
import dev.vidame.server.http.Route;
import dev.vidame.server.paging.ListRequest;
import dev.vidame.server.paging.ListRules;
import dev.vidame.server.paging.Paging;
import dev.vidame.server.users.UserRefs;
import dev.vidame.wire.CollectionPage;
import dev.vidame.wire.Guid;
import dev.vidame.wire.ListedRole;
import dev.vidame.wire.UserId;
import dev.vidame.wire.UserMember;
import dev.vidame.wire.UserMemberRequest;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** The routes of directory roles (wire-spec §4). Thread-safe. */
public final class RoleRoutes {
  private static final String ROLES = "/v1/customers/{customer}/directoryroles";
  private static final String MEMBERS = ROLES + "/{role}/usermembers";
  private static final String MEMBER = MEMBERS + "/{user}";
  private static final String OF_USER = "/v1/customers/{customer}/users/{user}/directoryroles";
  private static final ListRules RULES = ListRules.of();

  private final Roles roles;
  private final Paging paging;

  /** Routes over the directory's roles. */
  public RoleRoutes(Roles roles, Paging paging) {
    this.roles = roles;
    this.paging = paging;
  }

  /** The lines of the route table. */
  public List<Route> routes() {
    return List.of(
        Route.onCustomer("GET", ROLES, Operation.LIST_DIRECTORY_ROLES, call -> all()),
        Route.onCustomer("GET", MEMBERS, Operation.LIST_ROLE_MEMBERS, this::members),
        Route.onCustomer("POST", MEMBERS, Operation.ADD_ROLE_MEMBER, this::add),
        Route.onCustomer("DELETE", MEMBER, Operation.REMOVE_ROLE_MEMBER, this::remove),
        Route.onCustomer("GET", OF_USER, Operation.LIST_USER_ROLES, this::ofUser));
  }

  private static Answer all() {
    return list(Arrays.asList(DirectoryRole.values()));
  }

  private Answer ofUser(Call call) {
    return list(roles.of(call.customer(), UserRefs.read(call.parameter(1))));
  }

  /** As documented, a list of roles has no links. */
  private static Answer list(List<DirectoryRole> roles) {
    List<byte[]> items =
        roles.stream().map(role -> new ListedRole(role.id(), role.wireName()).toJson()).toList();
    return Answer.json(200, CollectionPage.whole(items).toJson());
  }

  private Answer members(Call call) {
    DirectoryRole role = role(call);
    ListRequest request = paging.read(call, RULES);
    Page<UserMember> page = roles.members(call.customer(), role, request.page());
    String path = "/customers/" + call.customer() + "/directoryroles/" + role.id() + "/usermembers";
    return Answer.json(
        200,
        paging
            .show(
                call,
                request,
                path,
                page,
                member -> List.of("", member.id().toString()),
                UserMember::toJson)
            .toJson());
  }

  private Answer add(Call call) {
    DirectoryRole role = role(call);
    byte[] body = call.jsonBody();
    UserMemberRequest wish = UserMemberRequest.fromJson(body);
    if (wish.roleId() != null && !wish.roleId().equalsIgnoreCase(role.id().toString())) {
      throw ApiErrors.invalidProperty("roleId", "The value differs from the id of the address.");
    }
    Roles.Outcome outcome =
        roles.add(call.customer(), role, account(wish), call.changeRequest(body));
    return Answer.json(201, outcome.member().toJson(), Answer.replayed(outcome.isReplay()));
  }

  /** The id counts where both are given. */
  private static UserRef account(UserMemberRequest wish) {
    String id = wish.id();
    String name = wish.userPrincipalName();
    if (id != null && !id.isBlank()) {
      return new UserRef.ById(
          Guid.parse(id.strip())
              .map(UserId::new)
              .orElseThrow(() -> ApiErrors.invalidProperty("id", "The value must be a GUID.")));
    }
    if (name == null || name.isBlank()) {
      throw ApiErrors.invalidProperty("id", "The value is required and must not be empty.");
    }
    return new UserRef.ByName(name.strip());
  }

  private Answer remove(Call call) {
    boolean isReplay =
        roles.remove(
            call.customer(),
            role(call),
            UserRefs.read(call.parameter(2)),
            call.changeRequest(call.request().body()));
    return Answer.empty(Answer.replayed(isReplay));
  }

  private static DirectoryRole role(Call call) {
    UUID id =
        Guid.parse(call.parameter(1))
            .orElseThrow(() -> ApiErrors.invalidProperty("roleId", "The value must be a GUID."));
    return DirectoryRole.of(id).orElseThrow(ApiErrors::notFound);
  }
}
