package dev.vidame.sdk;

import dev.vidame.wire.JsonBody;
import dev.vidame.wire.UserId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One directory role of a customer, and who has it. Immutable and thread-safe. Each change has a
 * second form that takes {@link RequestOptions} and answers the headers too.
 */
public final class DirectoryRoleClient {
  private final ApiCalls calls;
  private final String path;

  DirectoryRoleClient(ApiCalls calls, String path) {
    this.calls = calls;
    this.path = path;
  }

  /** The active accounts that have the role; nothing is sent yet. */
  public Pages<RoleMember> members() {
    return new Pages<>(calls, path, "", RoleMember::from);
  }

  /**
   * The active accounts that have the role, in pages of at most so many; nothing is sent yet.
   *
   * @throws IllegalArgumentException when the number is not from 1 to 500
   */
  public Pages<RoleMember> members(int pageSize) {
    String query = new QueryText().add("size", QueryText.requireSize(pageSize)).toString();
    return new Pages<>(calls, path, query, RoleMember::from);
  }

  /**
   * Gives the role to an account; to one that has it already, without effect.
   *
   * @throws NotFoundException when there is no such role, or no such account in use
   * @throws OutcomeUnknownException when the account may have been given the role
   */
  public RoleMember addMember(UserId user) {
    return addMemberWithResponse(user, RequestOptions.none()).value();
  }

  /** As {@link #addMember}, with options and the answer's headers. */
  public PartnerResponse<RoleMember> addMemberWithResponse(UserId user, RequestOptions options) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("id", user);
    members.put("attributes", Map.of("objectType", "UserMember"));
    return calls.make(
        ApiCall.post(path, JsonBody.write(members), json -> RoleMember.from(JsonBody.parse(json))),
        options);
  }

  /**
   * Takes the role from an account.
   *
   * @throws NotFoundException when the account has not the role
   * @throws OutcomeUnknownException when the role may have been taken
   * @throws PartnerException with status 400 when it is the last active Company Administrator's
   */
  public void removeMember(UserId user) {
    removeMemberWithResponse(user, RequestOptions.none());
  }

  /** As {@link #removeMember}, with options and the answer's headers. */
  public PartnerResponse<@Nullable Void> removeMemberWithResponse(
      UserId user, RequestOptions options) {
    return calls.make(ApiCall.delete(path + "/" + user), options);
  }
}
