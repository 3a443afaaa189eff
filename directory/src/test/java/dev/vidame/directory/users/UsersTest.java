package dev.vidame.directory.users;

import static dev.vidame.directory.Fixture.CUSTOMER;
import static dev.vidame.directory.Fixture.DOMAIN;
import static dev.vidame.directory.Fixture.REF;
import static dev.vidame.directory.Fixture.USER;
import static dev.vidame.directory.Fixture.named;
import static dev.vidame.directory.Fixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Failure;
import dev.vidame.directory.Fixture;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.journal.Entry;
import dev.vidame.directory.journal.FieldChange;
import dev.vidame.directory.journal.Operation;
import dev.vidame.directory.passwords.PasswordHasher;
import dev.vidame.directory.roles.DirectoryRole;
import dev.vidame.directory.users.Users.Outcome;
import dev.vidame.wire.CustomerUserUpdate;
import dev.vidame.wire.PasswordProfile;
import dev.vidame.wire.UserId;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsersTest {
  @TempDir private Path folder;
  private Fixture fixture;

  @BeforeEach
  void open() throws SQLException {
    fixture = new Fixture(folder);
  }

  @AfterEach
  void everyChangeIsOneIntactRow() {
    assertThat(fixture.directory().verifyJournal(CUSTOMER).isIntact()).isTrue();
    fixture.close();
  }

  private List<Entry> journal() {
    return fixture.directory().journal(CUSTOMER, 0, 1000);
  }

  private static Failure failureOf(ThrowingCallable call) {
    return catchThrowableOfType(DirectoryException.class, call).failure();
  }

  @Test
  void accountIsFoundByIdAndByNameInAnyCase() {
    User byId = fixture.directory().users().get(CUSTOMER, REF);
    User byName =
        fixture.directory().users().get(CUSTOMER, new UserRef.ByName("EMAILID@" + DOMAIN));

    assertThat(byId).isEqualTo(byName);
    assertThat(byId.userPrincipalName()).isEqualTo("emailid@" + DOMAIN);
  }

  @Test
  void unknownAccountIsNotFound() {
    UserRef nobody = new UserRef.ById(new UserId(new UUID(1, 1)));

    assertThat(failureOf(() -> fixture.directory().users().get(CUSTOMER, nobody)))
        .isEqualTo(new Failure.UserNotFound());
  }

  @Test
  void foundingDocumentsSixPropertiesChangeTogether() {
    String name = "e83763f7f2204ac384cfcd49f79f2749@" + DOMAIN;

    User updated =
        fixture
            .update(
                CustomerUserUpdate.builder()
                    .passwordProfile(PasswordProfile.temporary("testPw@!122B"))
                    .displayName("DisplayNameChange")
                    .firstName("FirstNameChange")
                    .lastName("LastNameChange")
                    .usageLocation("us")
                    .userPrincipalName(name)
                    .build())
            .user();

    assertThat(updated)
        .isEqualTo(
            new User(
                CUSTOMER,
                USER,
                3,
                name,
                "DisplayNameChange",
                "FirstNameChange",
                "LastNameChange",
                "US",
                null,
                null,
                true,
                null));
    assertThat(fixture.user()).isEqualTo(updated);
    assertThat(journal()).hasSize(3);
  }

  @Test
  void newPasswordIsTheOneThatVerifies() {
    fixture.update(
        CustomerUserUpdate.builder()
            .passwordProfile(new PasswordProfile("Renew456*", false))
            .build());

    String hash = fixture.directory().users().passwordHash(CUSTOMER, USER).orElseThrow();
    try (PasswordHasher hasher =
        new PasswordHasher(new SecureRandom(), Fixture.OPTIONS.hashing())) {
      assertThat(hasher.verify("Renew456*", hash)).isTrue();
      assertThat(hasher.verify("abCD123*", hash)).isFalse();
    }
    assertThat(fixture.user().forceChangePassword()).isFalse();
  }

  @Test
  void passwordIsBlankedInTheJournal() throws SQLException {
    fixture.update(
        CustomerUserUpdate.builder()
            .passwordProfile(new PasswordProfile("Renew456*", null))
            .build());

    assertThat(journal().getLast().changes())
        .containsExactly(new FieldChange("password", null, null));
  }

  @Test
  void flagAloneChangesOnlyTheFlag() {
    String before = fixture.directory().users().passwordHash(CUSTOMER, USER).orElseThrow();

    fixture.update(
        CustomerUserUpdate.builder().passwordProfile(new PasswordProfile(null, false)).build());

    assertThat(fixture.user().forceChangePassword()).isFalse();
    assertThat(fixture.directory().users().passwordHash(CUSTOMER, USER)).contains(before);
  }

  @Test
  void renamingKeepsIdPasswordAndHistory() {
    String hash = fixture.directory().users().passwordHash(CUSTOMER, USER).orElseThrow();
    fixture.update(named("Before"));

    User renamed =
        fixture
            .update(CustomerUserUpdate.builder().userPrincipalName("new.name@" + DOMAIN).build())
            .user();

    assertThat(renamed.id()).isEqualTo(USER);
    assertThat(renamed.displayName()).isEqualTo("Before");
    assertThat(fixture.directory().users().passwordHash(CUSTOMER, USER)).contains(hash);
    assertThat(journal().stream().filter(entry -> entry.subject().equals(USER.value()))).hasSize(3);
    UserRef oldName = new UserRef.ByName("emailid@" + DOMAIN);
    assertThat(failureOf(() -> fixture.directory().users().get(CUSTOMER, oldName)))
        .isEqualTo(new Failure.UserNotFound());
  }

  @Test
  void nameOfAnotherAccountIsAConflictInAnyCase() {
    fixture.create(new UserId(new UUID(2, 2)), "other");

    Failure failure =
        failureOf(() ->
            fixture.update(
                CustomerUserUpdate.builder().userPrincipalName("OTHER@" + DOMAIN).build()));

    assertThat(failure).isEqualTo(new Failure.Conflict("userPrincipalName"));
    assertThat(journal()).hasSize(3);
  }

  @Test
  void immutableIdOfAnotherAccountIsAConflict() {
    fixture.update(CustomerUserUpdate.builder().immutableId("key-1").build());
    UserId other = new UserId(new UUID(2, 2));
    fixture.create(other, "other");

    Failure failure =
        failureOf(() ->
            fixture
                .directory()
                .users()
                .update(
                    CUSTOMER,
                    new UserRef.ById(other),
                    CustomerUserUpdate.builder().immutableId("key-1").build(),
                    new EntityTag.Any(),
                    request()));

    assertThat(failure).isEqualTo(new Failure.Conflict("immutableId"));
  }

  @Test
  void nameMayChangeItsCase() {
    User renamed =
        fixture
            .update(CustomerUserUpdate.builder().userPrincipalName("EmailId@" + DOMAIN).build())
            .user();

    assertThat(renamed.userPrincipalName()).isEqualTo("EmailId@" + DOMAIN);
  }

  @Test
  void domainOfNobodyIsRefused() {
    Failure failure =
        failureOf(() ->
            fixture.update(
                CustomerUserUpdate.builder().userPrincipalName("a@elsewhere.example").build()));

    assertThat(failure)
        .isEqualTo(
            new Failure.Invalid(
                List.of(
                    Problem.of(
                        "userPrincipalName", Rule.DOMAIN_NOT_VERIFIED, "elsewhere.example"))));
  }

  @Test
  void federatedDomainIsRefused() throws SQLException {
    fixture.sql(
        "insert into domains values ('fed.example', "
            + fixture.store().literal(CUSTOMER.value())
            + ", 1)");

    Failure failure =
        failureOf(() ->
            fixture.update(
                CustomerUserUpdate.builder().userPrincipalName("a@fed.example").build()));

    assertThat(failure)
        .isEqualTo(
            new Failure.Invalid(
                List.of(Problem.of("userPrincipalName", Rule.DOMAIN_FEDERATED, "fed.example"))));
  }

  @Test
  void refusedUpdateChangesNothing() {
    User before = fixture.user();

    Failure failure =
        failureOf(() ->
            fixture.update(
                CustomerUserUpdate.builder().displayName("New").usageLocation("ZZ").build()));

    assertThat(failure)
        .isEqualTo(new Failure.Invalid(List.of(Problem.of("usageLocation", Rule.UNKNOWN_COUNTRY))));
    assertThat(fixture.user()).isEqualTo(before);
    assertThat(journal()).hasSize(2);
  }

  @Test
  void updateThatChangesNothingLeavesNoRow() {
    User before = fixture.user();

    Outcome outcome = fixture.update(CustomerUserUpdate.builder().build());

    assertThat(outcome).isEqualTo(new Outcome(before, false));
    assertThat(journal()).hasSize(2);
  }

  @Test
  void staleTagNamesWhatChangedSince() {
    long seen = fixture.user().version();
    fixture.update(named("One"));
    fixture.update(CustomerUserUpdate.builder().firstName("A").usageLocation("FR").build());

    Failure failure =
        failureOf(() -> fixture.update(named("Two"), new EntityTag.Exactly(seen), request()));

    assertThat(failure)
        .isEqualTo(
            new Failure.VersionMismatch(List.of("displayName", "firstName", "usageLocation")));
  }

  @ParameterizedTest
  @ValueSource(longs = {99, 0, -1})
  void tagThatNeverWasIsStaleWithoutFields(long version) {
    EntityTag never = new EntityTag.Exactly(version);

    assertThat(failureOf(() -> fixture.update(named("X"), never, request())))
        .isEqualTo(new Failure.VersionMismatch(List.of()));
  }

  /** A version is of the properties alone. */
  @Test
  void staleTagDoesNotNameWhatTheAccountHolds() {
    long seen = fixture.user().version();
    fixture.directory().roles().add(CUSTOMER, DirectoryRole.DIRECTORY_READERS, REF, request());
    assertThat(fixture.update(named("One"), new EntityTag.Exactly(seen), request()).isReplay())
        .isFalse();

    assertThat(
            failureOf(() -> fixture.update(named("Two"), new EntityTag.Exactly(seen), request())))
        .isEqualTo(new Failure.VersionMismatch(List.of("displayName")));
  }

  @Test
  void onlyTheVersionThatTheCallerSawIsDeleted() {
    long seen = fixture.user().version();
    long current = fixture.update(named("One")).user().version();
    Users users = fixture.directory().users();

    assertThat(failureOf(() -> users.delete(CUSTOMER, REF, new EntityTag.Exactly(seen), request())))
        .isEqualTo(new Failure.VersionMismatch(List.of("displayName")));
    assertThat(fixture.user().isDeleted()).isFalse();
    assertThat(users.delete(CUSTOMER, REF, new EntityTag.Exactly(current), request())).isFalse();
    assertThat(fixture.user().isDeleted()).isTrue();
  }

  @Test
  void repeatedRequestAnswersAsTheFirstTimeAndDoesNothing() throws SQLException {
    ChangeRequest request = request();
    Outcome first = fixture.update(named("First"), new EntityTag.Any(), request);
    fixture.update(named("Later"));

    Outcome replay = fixture.update(named("First"), new EntityTag.Any(), request);
    fixture.reopen();
    Outcome afterRestart = fixture.update(named("First"), new EntityTag.Any(), request);

    assertThat(replay).isEqualTo(new Outcome(first.user(), true));
    assertThat(afterRestart).isEqualTo(replay);
    assertThat(fixture.user().displayName()).isEqualTo("Later");
    assertThat(journal()).hasSize(4);
  }

  @Test
  void repeatedRequestThatChangedNothingStillDoesNothing() throws SQLException {
    ChangeRequest request = request();
    User unchanged = fixture.user();
    CustomerUserUpdate same = named(unchanged.displayName());
    fixture.update(same, new EntityTag.Any(), request);
    fixture.update(named("Later"));

    Outcome replay = fixture.update(same, new EntityTag.Any(), request);
    fixture.reopen();
    Outcome afterRestart = fixture.update(same, new EntityTag.Any(), request);

    assertThat(replay.isReplay()).isTrue();
    assertThat(replay.user().displayName()).isEqualTo(unchanged.displayName());
    assertThat(afterRestart).isEqualTo(replay);
    assertThat(fixture.user().displayName()).isEqualTo("Later");
  }

  @Test
  void requestIdWithAnotherBodyIsRefused() {
    ChangeRequest first = request(1_000_000, 1);
    fixture.update(named("First"), new EntityTag.Any(), first);

    Failure failure =
        failureOf(
            () -> fixture.update(named("Second"), new EntityTag.Any(), request(1_000_000, 2)));

    assertThat(failure).isEqualTo(new Failure.RequestIdReused());
    assertThat(fixture.user().displayName()).isEqualTo("First");
  }

  @Test
  void failedRequestIsNotRememberedSoThatACorrectedOneWorks() {
    ChangeRequest request = request();
    failureOf(() ->
        fixture.update(
            CustomerUserUpdate.builder().usageLocation("ZZ").build(),
            new EntityTag.Any(),
            request));

    Outcome corrected =
        fixture.update(
            CustomerUserUpdate.builder().usageLocation("FR").build(), new EntityTag.Any(), request);

    assertThat(corrected.isReplay()).isFalse();
    assertThat(corrected.user().usageLocation()).isEqualTo("FR");
  }

  @Test
  void requestIsForgottenAfterADay() throws SQLException {
    ChangeRequest request = request();
    fixture.update(named("First"), new EntityTag.Any(), request);
    fixture.clock().advance(Duration.ofHours(24));
    assertThat(fixture.update(named("First"), new EntityTag.Any(), request).isReplay()).isTrue();

    fixture.update(named("Second"));
    fixture.clock().advance(Duration.ofMillis(1));

    assertThat(fixture.update(named("First"), new EntityTag.Any(), request).isReplay()).isFalse();
    fixture.reopen();
    assertThat(fixture.user().displayName()).isEqualTo("First");
  }

  @Test
  void repeatedCreateAnswersTheFirstAccount() {
    ChangeRequest request = request();
    CustomerUserUpdate properties =
        CustomerUserUpdate.builder()
            .userPrincipalName("new@" + DOMAIN)
            .displayName("New")
            .passwordProfile(PasswordProfile.temporary("abCD123*"))
            .build();
    UserId first = new UserId(new UUID(3, 1));
    fixture.directory().users().create(CUSTOMER, first, properties, request);

    Outcome replay =
        fixture
            .directory()
            .users()
            .create(CUSTOMER, new UserId(new UUID(3, 2)), properties, request);

    assertThat(replay.isReplay()).isTrue();
    assertThat(replay.user().id()).isEqualTo(first);
  }

  @Test
  void newAccountTakesNoNameOrKeyOfAnother() {
    fixture.update(CustomerUserUpdate.builder().immutableId("key-1").build());

    assertThat(failureOf(() -> create("EMAILID", "key-2")))
        .isEqualTo(new Failure.Conflict("userPrincipalName"));
    assertThat(failureOf(() -> create("other", "key-1")))
        .isEqualTo(new Failure.Conflict("immutableId"));
    assertThat(journal()).hasSize(3);

    fixture.delete(request());

    User created = create("EMAILID", "key-1");
    assertThat(fixture.directory().users().get(CUSTOMER, new UserRef.ById(created.id())))
        .isEqualTo(created);
  }

  private User create(String name, String immutableId) {
    CustomerUserUpdate properties =
        CustomerUserUpdate.builder()
            .userPrincipalName(name + "@" + DOMAIN)
            .displayName("New")
            .immutableId(immutableId)
            .passwordProfile(PasswordProfile.temporary("abCD123*"))
            .build();
    UserId id = new UserId(new UUID(3, 1));
    return fixture.directory().users().create(CUSTOMER, id, properties, request()).user();
  }

  @Test
  void createNeedsNamesAndPassword() {
    Failure failure =
        failureOf(() ->
            fixture
                .directory()
                .users()
                .create(
                    CUSTOMER,
                    new UserId(new UUID(3, 1)),
                    CustomerUserUpdate.builder().build(),
                    request()));

    assertThat(failure)
        .isEqualTo(
            new Failure.Invalid(
                List.of(
                    Problem.of("userPrincipalName", Rule.REQUIRED),
                    Problem.of("displayName", Rule.REQUIRED),
                    Problem.of("passwordProfile.password", Rule.REQUIRED))));
  }

  @Test
  void accountIsKnownAsOfEveryPointOfItsHistory() {
    User created = fixture.user();
    User renamed =
        fixture
            .update(CustomerUserUpdate.builder().userPrincipalName("b@" + DOMAIN).build())
            .user();
    User emptied = fixture.update(CustomerUserUpdate.builder().firstName("A").build()).user();
    User last = fixture.update(CustomerUserUpdate.builder().clearFirstName().build()).user();

    assertThat(fixture.directory().users().asOf(CUSTOMER, USER, 1)).isEmpty();
    assertThat(fixture.directory().users().asOf(CUSTOMER, USER, 2)).contains(created);
    assertThat(fixture.directory().users().asOf(CUSTOMER, USER, 3)).contains(renamed);
    assertThat(fixture.directory().users().asOf(CUSTOMER, USER, 4)).contains(emptied);
    assertThat(fixture.directory().users().asOf(CUSTOMER, USER, 5)).contains(last);
  }

  @Test
  void deletedAccountIsStillReadByIdButNotByName() {
    assertThat(fixture.delete(request())).isFalse();

    User deleted = fixture.user();

    assertThat(deleted.deletedAt()).isEqualTo(fixture.clock().instant());
    UserRef name = new UserRef.ByName("emailid@" + DOMAIN);
    assertThat(failureOf(() -> fixture.directory().users().get(CUSTOMER, name)))
        .isEqualTo(new Failure.UserNotFound());
    assertThat(journal().getLast().operation()).isEqualTo(Operation.DELETE_USER);
  }

  @Test
  void onlyAnAccountThatCanBeRestoredIsDeleted() {
    Users users = fixture.directory().users();
    assertThat(users.isDeleted(CUSTOMER, REF)).isFalse();
    fixture.delete(request());
    fixture.clock().advance(Duration.ofDays(30).minusMillis(1));

    assertThat(users.isDeleted(CUSTOMER, REF)).isTrue();
    assertThat(users.isDeleted(CUSTOMER, new UserRef.ByName("emailid@" + DOMAIN))).isFalse();
    assertThat(users.isDeleted(CUSTOMER, new UserRef.ById(new UserId(new UUID(1, 1))))).isFalse();
    fixture.clock().advance(Duration.ofMillis(1));
    assertThat(users.isDeleted(CUSTOMER, REF)).isFalse();
  }

  @Test
  void deletingAgainChangesNothing() {
    fixture.delete(request());
    User deleted = fixture.user();
    fixture.clock().advance(Duration.ofHours(1));

    fixture.delete(request());

    assertThat(fixture.user()).isEqualTo(deleted);
    assertThat(journal()).hasSize(3);
  }

  @Test
  void repeatedDeleteDoesNotDeleteARestoredAccount() {
    ChangeRequest delete = request();
    fixture.delete(delete);
    fixture.update(CustomerUserUpdate.builder().restore().build());

    assertThat(fixture.delete(delete)).isTrue();

    assertThat(fixture.user().isDeleted()).isFalse();
  }

  @Test
  void deletedAccountIsRestoredWithTheOtherPropertiesOfTheRequest() {
    fixture.delete(request());
    fixture.clock().advance(Duration.ofDays(30).minusMillis(1));

    User restored =
        fixture.update(CustomerUserUpdate.builder().restore().displayName("Back").build()).user();

    assertThat(restored.isDeleted()).isFalse();
    assertThat(restored.displayName()).isEqualTo("Back");
    assertThat(restored.userPrincipalName()).isEqualTo("emailid@" + DOMAIN);
    assertThat(journal().getLast().operation()).isEqualTo(Operation.RESTORE_USER);
  }

  @Test
  void accountIsGoneOnceTheWindowHasClosedEvenBeforeThePurge() {
    fixture.delete(request());
    fixture.clock().advance(Duration.ofDays(30));

    assertThat(failureOf(() -> fixture.update(CustomerUserUpdate.builder().restore().build())))
        .isEqualTo(new Failure.UserNotFound());
    assertThat(failureOf(() -> fixture.user())).isEqualTo(new Failure.UserNotFound());
    assertThat(failureOf(() -> fixture.delete(request()))).isEqualTo(new Failure.UserNotFound());
  }

  @Test
  void purgeTakesWhatIsOverAndNothingElse() throws SQLException {
    UserId later = new UserId(new UUID(5, 5));
    fixture.create(later, "later");
    fixture.delete(request());
    fixture.clock().advance(Duration.ofMillis(1));
    fixture.directory().users().delete(CUSTOMER, new UserRef.ById(later), request());
    fixture.clock().advance(Duration.ofDays(30).minusMillis(2));
    assertThat(fixture.directory().users().purge(request(), 100)).isZero();
    fixture.clock().advance(Duration.ofMillis(1));
    assertThat(fixture.directory().users().purge(request(), 0)).isZero();

    assertThat(fixture.directory().users().purge(request(), 100)).isEqualTo(1);

    assertThat(fixture.count("select count(*) from users")).isEqualTo(1);
    assertThat(fixture.count("select count(*) from passwords")).isEqualTo(1);
    assertThat(fixture.directory().users().get(CUSTOMER, new UserRef.ById(later)).isDeleted())
        .isTrue();
    assertThat(journal().getLast().operation()).isEqualTo(Operation.PURGE_USER);
  }

  @Test
  void restoreIsAConflictWhenTheNameWasTakenMeanwhile() {
    fixture.delete(request());
    fixture.create(new UserId(new UUID(4, 4)), "emailid");

    assertThat(failureOf(() -> fixture.update(CustomerUserUpdate.builder().restore().build())))
        .isEqualTo(new Failure.Conflict("userPrincipalName"));
  }

  @Test
  void deletedAccountTakesNoOtherChange() {
    fixture.delete(request());

    assertThat(failureOf(() -> fixture.update(named("X"))))
        .isEqualTo(new Failure.Invalid(List.of(Problem.of("state", Rule.USER_DELETED))));
  }
}
