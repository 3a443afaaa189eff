package dev.vidame.testkit;

import dev.vidame.directory.roles.DirectoryRole;
import dev.vidame.directory.users.UserRef;
import dev.vidame.wire.CustomerUserUpdate;
import dev.vidame.wire.LicenseUpdate;
import dev.vidame.wire.PasswordProfile;
import dev.vidame.wire.UserId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An account to be made. Not thread-safe. */
public final class UserSeed {
  private static final String PASSWORD = "Testkit-Only-88";

  private final Vidame vidame;
  private final SeededCustomer customer;
  private final CustomerUserUpdate.Builder properties = CustomerUserUpdate.builder();
  private final List<DirectoryRole> roles = new ArrayList<>();
  private final List<LicenseUpdate.Assignment> licenses = new ArrayList<>();
  private String password = PASSWORD;
  private boolean isDeleted;
  private @Nullable UserId id;
  private @Nullable String name;
  private @Nullable String displayName;

  UserSeed(Vidame vidame, SeededCustomer customer) {
    this.vidame = vidame;
    this.customer = customer;
  }

  /** Its id; one of its own where none is given. */
  public UserSeed id(UserId value) {
    id = value;
    return this;
  }

  /** The part of the sign-in name before the customer's domain; one of its own where not given. */
  public UserSeed name(String value) {
    name = value;
    return this;
  }

  /** Its display name; its name where none is given. */
  public UserSeed displayName(String value) {
    displayName = value;
    return this;
  }

  /** Its first name; none unless given. */
  public UserSeed firstName(String value) {
    var _ = properties.firstName(value);
    return this;
  }

  /** Its last name; none unless given. */
  public UserSeed lastName(String value) {
    var _ = properties.lastName(value);
    return this;
  }

  /** Its country, such as {@code FR}; none unless given. Licences need one. */
  public UserSeed usageLocation(String value) {
    var _ = properties.usageLocation(value);
    return this;
  }

  /** Its password, which it need not change. */
  public UserSeed password(String value) {
    password = value;
    return this;
  }

  /**
   * A directory role that it has.
   *
   * @param role its name or id, such as {@code Company Administrator}
   * @throws IllegalArgumentException when there is no such role
   */
  public UserSeed directoryRole(String role) {
    roles.add(
        Arrays.stream(DirectoryRole.values())
            .filter(each ->
                each.wireName().equalsIgnoreCase(role)
                    || each.id().toString().equalsIgnoreCase(role))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("There is no directory role " + role)));
    return this;
  }

  /** A licence that it holds, of a product of the customer's. */
  public UserSeed license(SeededSku sku) {
    licenses.add(new LicenseUpdate.Assignment(sku.id(), List.of()));
    return this;
  }

  /** Deletes it once it is made. */
  public UserSeed deleted() {
    isDeleted = true;
    return this;
  }

  /**
   * Makes it.
   *
   * @throws IllegalArgumentException when the server's rules forbid it
   */
  public SeededUser create() {
    UserId user = id == null ? new UserId(vidame.ids().next()) : id;
    String local = name == null ? "user" + vidame.ids().text() : name;
    String principalName = local + "@" + customer.domain();
    CustomerUserUpdate all =
        properties
            .userPrincipalName(principalName)
            .displayName(displayName == null ? local : displayName)
            .passwordProfile(new PasswordProfile(password, false))
            .build();
    vidame.change(
        customer.partner(),
        (directory, request) -> directory.users().create(customer.id(), user, all, request));
    give(new UserRef.ById(user));
    return new SeededUser(user, customer, principalName);
  }

  private void give(UserRef user) {
    for (DirectoryRole role : roles) {
      vidame.change(
          customer.partner(),
          (directory, request) -> directory.roles().add(customer.id(), role, user, request));
    }
    if (!licenses.isEmpty()) {
      LicenseUpdate update = new LicenseUpdate(licenses, List.of());
      vidame.change(
          customer.partner(),
          (directory, request) ->
              directory.licenses().update(customer.id(), user, update, request));
    }
    if (isDeleted) {
      vidame.change(
          customer.partner(),
          (directory, request) -> directory.users().delete(customer.id(), user, request));
    }
  }
}
