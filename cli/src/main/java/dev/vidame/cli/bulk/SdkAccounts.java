package dev.vidame.cli.bulk;

import dev.vidame.bulk.Account;
import dev.vidame.bulk.AccountKey;
import dev.vidame.bulk.BulkAccounts;
import dev.vidame.bulk.BulkException;
import dev.vidame.bulk.Change;
import dev.vidame.bulk.Field;
import dev.vidame.bulk.Outcome;
import dev.vidame.bulk.Reading;
import dev.vidame.cli.exit.CommandException;
import dev.vidame.sdk.EntityTag;
import dev.vidame.sdk.NewUser;
import dev.vidame.sdk.NotFoundException;
import dev.vidame.sdk.PartnerClient;
import dev.vidame.sdk.PartnerException;
import dev.vidame.sdk.PartnerResponse;
import dev.vidame.sdk.RequestOptions;
import dev.vidame.sdk.UserClient;
import dev.vidame.sdk.UsersClient;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.CustomerUser;
import dev.vidame.wire.PasswordProfile;
import dev.vidame.wire.UserId;
import java.net.URI;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A customer's accounts at a service that the SDK speaks to. The client must not try again by
 * itself: a run wants to hear of every refusal, so that it slows down as a whole. Thread-safe.
 */
public final class SdkAccounts implements BulkAccounts {
  private final String service;
  private final CustomerId customer;
  private final UsersClient users;

  /**
   * The accounts.
   *
   * @param client with {@link dev.vidame.sdk.RetryPolicy#none()}
   */
  public SdkAccounts(PartnerClient client, URI endpoint, CustomerId customer) {
    this.service = endpoint.toString().replaceAll("/+$", "");
    this.customer = customer;
    this.users = client.customers().byId(customer).users();
  }

  @Override
  public String service() {
    return service;
  }

  @Override
  public CustomerId customer() {
    return customer;
  }

  @Override
  public Reading read(AccountKey key) {
    try {
      UserClient user =
          switch (key) {
            case AccountKey.ById(UserId id) -> users.byId(id);
            case AccountKey.ByName(String name) -> users.byId(name);
          };
      PartnerResponse<CustomerUser> answer = user.getWithResponse(RequestOptions.none());
      return new Reading.Found(Account.of(answer.value(), version(answer)));
    } catch (NotFoundException e) {
      return new Reading.Absent();
    } catch (PartnerException e) {
      return Refusals.reading(e);
    } catch (CommandException e) {
      return new Reading.SignedOut(String.valueOf(e.getMessage()));
    }
  }

  private static @Nullable String version(PartnerResponse<?> answer) {
    EntityTag tag = answer.entityTag();
    return tag == null ? null : tag.value();
  }

  @Override
  public void deleted(Consumer<Account> each) {
    try (Stream<CustomerUser> accounts = users.deleted().stream()) {
      accounts.forEach(account -> each.accept(Account.of(account, null)));
    } catch (PartnerException e) {
      throw new BulkException(
          BulkException.Kind.UNAVAILABLE,
          "The deleted accounts cannot be listed: " + e.description(),
          e);
    }
  }

  @Override
  public Outcome change(Change change) {
    try {
      RequestOptions options = RequestOptions.none().withRequestId(change.requestId());
      String version = change.version();
      if (version != null) {
        options = options.withIfMatch(new EntityTag(version));
      }
      return send(change, options);
    } catch (PartnerException e) {
      return Refusals.outcome(e);
    } catch (CommandException e) {
      return new Outcome.SignedOut(String.valueOf(e.getMessage()));
    }
  }

  private Outcome send(Change change, RequestOptions options) {
    return switch (change.operation()) {
      case CREATE -> done(users.createWithResponse(newUser(change), options));
      case DELETE -> {
        PartnerResponse<@Nullable Void> answer = account(change).deleteWithResponse(options);
        yield new Outcome.Done(change.id(), version(answer), answer.replayed());
      }
      case UPDATE, RESTORE, RESET_PASSWORD ->
          done(account(change).patchWithResponse(change.update(), options));
    };
  }

  private UserClient account(Change change) {
    return users.byId(Objects.requireNonNull(change.id(), "A change without an account"));
  }

  private static Outcome done(PartnerResponse<CustomerUser> answer) {
    return new Outcome.Done(answer.value().id(), version(answer), answer.replayed());
  }

  private static NewUser newUser(Change change) {
    NewUser.Builder builder = NewUser.builder();
    for (Field field : Field.values()) {
      String value = change.fields().getOrDefault(field, "");
      if (!value.isEmpty()) {
        var _ =
            switch (field) {
              case USAGE_LOCATION -> builder.usageLocation(value);
              case USER_PRINCIPAL_NAME -> builder.userPrincipalName(value);
              case DISPLAY_NAME -> builder.displayName(value);
              case FIRST_NAME -> builder.firstName(value);
              case LAST_NAME -> builder.lastName(value);
              case IMMUTABLE_ID -> builder.immutableId(value);
              case PHONE_NUMBER -> builder.phoneNumber(value);
            };
      }
    }
    PasswordProfile password = Objects.requireNonNull(change.password(), "A new account's");
    return builder.passwordProfile(password).build();
  }
}
