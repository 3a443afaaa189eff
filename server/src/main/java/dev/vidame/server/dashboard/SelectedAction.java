package dev.vidame.server.dashboard;

import dev.vidame.server.access.Operation;
import dev.vidame.server.http.Call;

/** What can be done to accounts that are selected. */
enum SelectedAction {
  DELETE("delete", Operation.DELETE_USER),
  RESTORE("restore", Operation.UPDATE_USER),
  ASSIGN_LICENSE("licenses/assign", Operation.UPDATE_USER_LICENSES),
  REMOVE_LICENSE("licenses/remove", Operation.UPDATE_USER_LICENSES),
  ADD_ROLE("roles/add", Operation.ADD_ROLE_MEMBER),
  REMOVE_ROLE("roles/remove", Operation.REMOVE_ROLE_MEMBER);

  private final String path;
  private final Operation operation;

  SelectedAction(String path, Operation operation) {
    this.path = path;
    this.operation = operation;
  }

  /** Behind the path of selections. */
  String path() {
    return path;
  }

  Operation operation() {
    return operation;
  }

  /** Whether the reader may, as far as that can be told of all accounts. */
  boolean isOpenTo(Desk desk, Call call) {
    return this == RESTORE
        ? UserPages.mayEdit(desk, call)
        : desk.rights().may(call, call.customer(), operation);
  }
}
