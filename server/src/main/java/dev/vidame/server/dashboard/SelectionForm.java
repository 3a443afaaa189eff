package dev.vidame.server.dashboard;

import dev.vidame.directory.roles.DirectoryRole;
import dev.vidame.server.http.Call;
import dev.vidame.wire.SubscribedSku;
import dev.vidame.wire.UserId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The form below a list by which something is done to those that are selected.
 *
 * @param frame what every page has
 * @param path of selections
 * @param page the accounts on the page, as the form names them
 * @param list the list, so that the reader comes back to it
 * @param actions what can be done; none where nothing can
 * @param skus what licences can be assigned and removed
 */
@SuppressWarnings("TooManyParameters") // all that the form has
record SelectionForm(
    Frame frame,
    String path,
    String page,
    Map<String, String> list,
    Set<SelectedAction> actions,
    List<SubscribedSku> skus) {
  /** What the fields begin with that name the list. */
  static final String LIST = "list.";

  /** The field of those that says which list it is. */
  static final String NAME = "name";

  static final String DELETED = "deleted";

  /** What else a list's address can have. */
  private static final List<String> PARAMETERS =
      List.of("q", "state", "role", "license", "sort", "order", "after", "before");

  /**
   * The form below a list that a call asks for.
   *
   * @param name of the list
   * @param users those on the page
   * @param wanted what could be done to them, as far as the reader may
   */
  @SuppressWarnings("TooManyParameters") // all that the form is made of
  static SelectionForm of(
      Desk desk,
      Call call,
      Frame frame,
      String name,
      Stream<UserId> users,
      Set<SelectedAction> wanted) {
    String page = Selection.page(users);
    Set<SelectedAction> open = EnumSet.noneOf(SelectedAction.class);
    if (!page.isEmpty()) {
      wanted.stream().filter(action -> action.isOpenTo(desk, call)).forEach(open::add);
    }
    List<SubscribedSku> skus =
        open.contains(SelectedAction.ASSIGN_LICENSE) ? Skus.ofUsers(desk, call) : List.of();
    if (skus.isEmpty()) {
      open.remove(SelectedAction.ASSIGN_LICENSE);
      open.remove(SelectedAction.REMOVE_LICENSE);
    }
    Map<String, String> list = new LinkedHashMap<>();
    list.put(NAME, name);
    PARAMETERS.forEach(
        parameter -> call.query().first(parameter).ifPresent(value -> list.put(parameter, value)));
    return new SelectionForm(
        frame, CustomerHead.path(call.customer()) + "/selected", page, list, open, skus);
  }

  boolean isThere() {
    return !actions.isEmpty();
  }

  boolean has(SelectedAction action) {
    return actions.contains(action);
  }

  String address(SelectedAction action) {
    return path + "/" + action.path();
  }

  List<DirectoryRole> roles() {
    return Arrays.asList(DirectoryRole.values());
  }

  /** Where the list is that a form came from. */
  static String back(Call call, Form form) {
    boolean isDeleted = form.field(LIST + NAME).equals(DELETED);
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String parameter : PARAMETERS) {
      String value = form.field(LIST + parameter);
      if (!value.isEmpty()) {
        parameters.put(parameter, value);
      }
    }
    String path = CustomerHead.path(call.customer()) + (isDeleted ? "/deleted" : "/users");
    return Lists.address(path, parameters);
  }
}
