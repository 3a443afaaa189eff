package dev.vidame.directory.users;

import static dev.vidame.directory.Fixture.CUSTOMER;
import static dev.vidame.directory.Fixture.DOMAIN;
import static dev.vidame.directory.Fixture.REF;
import static dev.vidame.directory.Fixture.USER;
import static dev.vidame.directory.Fixture.named;
import static dev.vidame.directory.Fixture.request;
import static dev.vidame.directory.licenses.Products.VISIO;
import static dev.vidame.directory.roles.DirectoryRole.DIRECTORY_READERS;
import static dev.vidame.directory.roles.DirectoryRole.HELPDESK_ADMINISTRATOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Failure;
import dev.vidame.directory.Fixture;
import dev.vidame.directory.TestStore;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.journal.Entry;
import dev.vidame.directory.journal.FieldChange;
import dev.vidame.directory.journal.Operation;
import dev.vidame.directory.licenses.Products;
import dev.vidame.directory.storage.Dialect;
import dev.vidame.directory.users.Reverts.Outcome;
import dev.vidame.directory.users.Reverts.Target;
import dev.vidame.directory.users.Reverts.Terms;
import dev.vidame.directory.users.Reverts.ToSeq;
import dev.vidame.directory.users.Reverts.ToTime;
import dev.vidame.wire.CustomerUserUpdate;
import dev.vidame.wire.LicenseUpdate;
import dev.vidame.wire.PasswordProfile;
import dev.vidame.wire.UserId;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An account is brought back as it was, all of it or nothing. */
class RevertsTest {
  private static final String OTHER_NAME = "other@" + DOMAIN;
  private static final UserId OTHER = new UserId(new UUID(2, 2));
  private static final FieldChange ROLE_BACK =
      new FieldChange("role:" + HELPDESK_ADMINISTRATOR.id(), null, "member");
  private static final FieldChange ROLE_AWAY =
      new FieldChange("role:" + DIRECTORY_READERS.id(), "member", null);
  private static final FieldChange LICENSE_BACK = new FieldChange("license:" + VISIO, null, "");

  @TempDir private Path folder;
  private Fixture fixture;

  @BeforeEach
  void open() throws SQLException {
    fixture = new Fixture(folder);
    fixture.directory().skus().define(CUSTOMER, Products.product(VISIO, "VISIOCLIENT", 1));
  }

  @AfterEach
  void everyChangeIsOneIntactRow() {
    assertThat(fixture.directory().verifyJournal(CUSTOMER).isIntact()).isTrue();
    fixture.close();
  }

  private static Terms terms() {
    return terms(null);
  }

  private static Terms terms(@Nullable String rename) {
    return new Terms(new EntityTag.Any(), rename, true, true);
  }

  private Outcome revert(Target target, Terms terms) {
    return revert(target, terms, request());
  }

  private Outcome revert(Target target, Terms terms, ChangeRequest request) {
    return fixture.directory().reverts().revert(CUSTOMER, REF, target, terms, request);
  }

  private Outcome preview(Target target, Terms terms, ChangeRequest request) {
    return fixture.directory().reverts().preview(CUSTOMER, REF, target, terms, request);
  }

  private static Failure failureOf(ThrowingCallable call) {
    return catchThrowableOfType(DirectoryException.class, call).failure();
  }

  private static Failure refused(String property, Rule rule) {
    return new Failure.Invalid(List.of(Problem.of(property, rule)));
  }

  private List<Entry> journal() {
    return fixture.directory().journal(CUSTOMER, 0, 1000);
  }

  private long now() {
    return journal().size();
  }

  private void license(LicenseUpdate update) {
    fixture.directory().licenses().update(CUSTOMER, REF, update, request());
  }

  /** All that the account is and holds. */
  private List<Object> shown() {
    List<Object> shown = new ArrayList<>(shown(fixture.user()));
    shown.add(fixture.directory().roles().of(CUSTOMER, REF));
    fixture
        .directory()
        .licenses()
        .of(CUSTOMER, REF, Products.ALL)
        .forEach(license -> shown.add(license.product().id()));
    shown.add(fixture.directory().users().passwordHash(CUSTOMER, USER));
    return shown;
  }

  private static List<Object> shown(User user) {
    List<Object> shown = new ArrayList<>();
    for (UserField field : UserField.values()) {
      shown.add(String.valueOf(field.of(user)));
    }
    shown.add(user.isDeleted());
    return shown;
  }

  /** Has properties, a role and a licence. */
  private long rich() {
    fixture.update(
        CustomerUserUpdate.builder()
            .firstName("Grace")
            .phoneNumber("1")
            .immutableId("key-1")
            .usageLocation("FR")
            .build());
    fixture.directory().roles().add(CUSTOMER, HELPDESK_ADMINISTRATOR, REF, request());
    license(Products.assign(VISIO));
    return now();
  }

  /** Has others, another role and no licence. */
  private void poor() {
    fixture.update(
        CustomerUserUpdate.builder().clearFirstName().immutableId("key-2").lastName("H").build());
    fixture.update(CustomerUserUpdate.builder().userPrincipalName(OTHER_NAME).build());
    fixture.directory().roles().remove(CUSTOMER, HELPDESK_ADMINISTRATOR, REF, request());
    fixture.directory().roles().add(CUSTOMER, DIRECTORY_READERS, REF, request());
    license(Products.remove(VISIO));
  }

  private static FieldChange[] back(FieldChange... more) {
    List<FieldChange> all =
        new ArrayList<>(
            List.of(
                new FieldChange("userPrincipalName", OTHER_NAME, "emailid@" + DOMAIN),
                new FieldChange("firstName", null, "Grace"),
                new FieldChange("lastName", "H", null),
                new FieldChange("immutableId", "key-2", "key-1"),
                ROLE_BACK,
                ROLE_AWAY,
                LICENSE_BACK));
    all.addAll(List.of(more));
    return all.toArray(FieldChange[]::new);
  }

  @Test
  void propertiesRolesAndLicencesComeBackTogetherInOneRow() {
    long then = rich();
    List<Object> before = shown();
    poor();
    long changes = now();

    Outcome outcome = revert(new ToSeq(then), terms());

    assertThat(shown()).isEqualTo(before);
    assertThat(fixture.directory().users().get(CUSTOMER, new UserRef.ByName("emailid@" + DOMAIN)))
        .isEqualTo(fixture.user());
    assertThat(outcome.user()).isEqualTo(fixture.user());
    assertThat(outcome.user().version()).isEqualTo(changes + 1);
    assertThat(outcome.seq()).isEqualTo(then);
    assertThat(outcome.isReplay()).isFalse();
    assertThat(outcome.changes()).containsExactlyInAnyOrder(back());
    assertThat(now()).isEqualTo(changes + 1);
    Entry row = journal().getLast();
    assertThat(row.operation()).isEqualTo(Operation.REVERT_USER);
    assertThat(row.subject()).isEqualTo(USER.value());
    assertThat(row.changes())
        .containsExactlyInAnyOrder(
            back(new FieldChange("flag:revertedTo", null, Long.toString(then))));
  }

  @Test
  void previewSaysTheSameAndLeavesNothingBehind() {
    long then = rich();
    poor();
    List<Object> before = shown();
    long changes = now();
    ChangeRequest request = request();

    Outcome preview = preview(new ToSeq(then), terms(), request);

    assertThat(shown()).isEqualTo(before);
    assertThat(now()).isEqualTo(changes);
    assertThat(revert(new ToSeq(then), terms(), request)).isEqualTo(preview);
    assertThat(failureOf(() -> preview(new ToSeq(now() + 1), terms(), request())))
        .isEqualTo(refused("toSeq", Rule.BEHIND_END));
  }

  @Test
  void deletedAccountIsRestoredAsItWasThen() throws SQLException {
    long then = rich();
    List<Object> before = shown();
    poor();
    fixture.delete(request());

    Outcome outcome = revert(new ToSeq(then), terms());

    assertThat(shown()).isEqualTo(before);
    assertThat(outcome.user()).isEqualTo(fixture.user());
    assertThat(outcome.changes())
        .containsExactlyInAnyOrder(
            back(new FieldChange("softDeletionTime", fixture.clock().instant().toString(), null)));
    assertThat(fixture.count("select consumed_units from subscribed_skus")).isEqualTo(1);
  }

  @Test
  void timeStandsForTheLastRowThatIsNotLater() {
    long then = now();
    Instant created = fixture.clock().instant();
    fixture.clock().advance(Duration.ofSeconds(1));
    fixture.update(named("One"));
    fixture.clock().advance(Duration.ofSeconds(1));
    fixture.update(named("Two"));

    Outcome one = revert(new ToTime(created.plusSeconds(1)), terms());
    Outcome before = revert(new ToTime(created.plusSeconds(1).minusNanos(1000)), terms());

    assertThat(one.seq()).isEqualTo(then + 1);
    assertThat(one.user().displayName()).isEqualTo("One");
    assertThat(before.seq()).isEqualTo(then);
    assertThat(before.user().displayName()).isEqualTo("Display emailid");
    assertThat(failureOf(() -> revert(new ToTime(created.minusNanos(1000)), terms())))
        .isEqualTo(refused("toTime", Rule.NOT_THERE_THEN));
  }

  @Test
  void passwordAndItsFlagStay() {
    long then = now();
    fixture.update(
        CustomerUserUpdate.builder()
            .displayName("Renewed")
            .passwordProfile(new PasswordProfile("Renew456*", false))
            .build());
    Object hash = fixture.directory().users().passwordHash(CUSTOMER, USER);

    Outcome outcome = revert(new ToSeq(then), terms());

    assertThat(outcome.changes())
        .containsExactly(new FieldChange("displayName", "Renewed", "Display emailid"));
    assertThat(fixture.user().forceChangePassword()).isFalse();
    assertThat(fixture.directory().users().passwordHash(CUSTOMER, USER)).isEqualTo(hash);
  }

  /** A version is of the properties alone. */
  @Test
  void whatIsHeldAloneComesBackWithoutAnotherVersion() {
    long then = rich();
    User rich = fixture.user();
    license(Products.remove(VISIO));

    Outcome outcome = revert(new ToSeq(then), terms());

    assertThat(outcome).isEqualTo(new Outcome(rich, then, List.of(LICENSE_BACK), false));
    assertThat(fixture.user()).isEqualTo(rich);
    assertThat(now()).isEqualTo(then + 2);
  }

  @Test
  void whatIsSoAlreadyLeavesNoRowAndIsAnsweredTheSameWayAgain() {
    long then = rich();
    User rich = fixture.user();
    ChangeRequest bySeq = request();
    ChangeRequest byTime = request();
    Target now = new ToTime(fixture.clock().instant());

    assertThat(revert(new ToSeq(then), terms(), bySeq))
        .isEqualTo(new Outcome(rich, then, List.of(), false));
    assertThat(revert(now, terms(), byTime)).isEqualTo(new Outcome(rich, then, List.of(), false));
    assertThat(now()).isEqualTo(then);
    poor();

    for (Outcome again :
        List.of(revert(new ToSeq(then), terms(), bySeq), revert(now, terms(), byTime))) {
      assertThat(shown(again.user())).isEqualTo(shown(rich));
      assertThat(again.seq()).isEqualTo(then);
      assertThat(again.changes()).isEmpty();
      assertThat(again.isReplay()).isTrue();
    }
  }

  @Test
  void repetitionGetsTheFirstAnswer() {
    long then = rich();
    poor();
    ChangeRequest first = request(2_000_000, 1).asOneOfMany(12);
    Outcome outcome = revert(new ToSeq(then), terms(), first);
    fixture.update(named("Later"));
    long changes = now();

    Outcome again = revert(new ToSeq(then), terms(), first);

    assertThat(again).isEqualTo(new Outcome(outcome.user(), then, journalled(changes - 1), true));
    assertThat(again.changes()).isEqualTo(outcome.changes());
    assertThat(fixture.user().displayName()).isEqualTo("Later");
    assertThat(now()).isEqualTo(changes);
    assertThat(failureOf(() -> revert(new ToSeq(2), terms(), request(2_000_000, 2))))
        .isEqualTo(new Failure.RequestIdReused());
  }

  /** What a row says but for its flags. */
  private List<FieldChange> journalled(long seq) {
    return journal().get((int) seq - 1).changes().stream()
        .filter(change -> !change.field().startsWith("flag:"))
        .toList();
  }

  @Test
  void staleVersionIsRefused() {
    long then = rich();
    fixture.update(named("Other"));
    long version = fixture.user().version();
    Terms stale = new Terms(new EntityTag.Exactly(then - 2), null, true, true);
    Terms exact = new Terms(new EntityTag.Exactly(version), null, true, true);

    assertThat(failureOf(() -> revert(new ToSeq(then), stale)))
        .isEqualTo(new Failure.VersionMismatch(List.of("displayName")));
    assertThat(now()).isEqualTo(version);
    assertThat(revert(new ToSeq(then), exact).user().displayName()).isEqualTo("Display emailid");
  }

  @Test
  void nameThatWasTakenMeanwhileIsNamedAndCanBeReplaced() {
    long then = rich();
    poor();
    fixture.create(OTHER, "emailid");
    List<Object> before = shown();
    long changes = now();

    assertThat(failureOf(() -> revert(new ToSeq(then), terms())))
        .isEqualTo(new Failure.NameTakenMeanwhile("emailid@" + DOMAIN));
    assertThat(shown()).isEqualTo(before);
    assertThat(now()).isEqualTo(changes);

    User renamed = revert(new ToSeq(then), terms("again@" + DOMAIN)).user();
    assertThat(renamed.userPrincipalName()).isEqualTo("again@" + DOMAIN);
    assertThat(renamed.firstName()).isEqualTo("Grace");
  }

  @Test
  void immutableIdThatWasTakenMeanwhileIsAConflict() {
    long then = rich();
    poor();
    fixture.create(OTHER, "third");
    fixture
        .directory()
        .users()
        .update(
            CUSTOMER,
            new UserRef.ById(OTHER),
            CustomerUserUpdate.builder().immutableId("key-1").build(),
            new EntityTag.Any(),
            request());
    List<Object> before = shown();

    assertThat(failureOf(() -> revert(new ToSeq(then), terms())))
        .isEqualTo(new Failure.Conflict("immutableId"));
    assertThat(shown()).isEqualTo(before);
  }

  /** Also what the account was called before: the domain may have gone meanwhile. */
  @Test
  void onlyANameThatIsGoodNowIsTaken() throws SQLException {
    long then = now();
    assertThat(failureOf(() -> revert(new ToSeq(then), terms("nobody"))))
        .isEqualTo(refused("userPrincipalName", Rule.MALFORMED_PRINCIPAL_NAME));
    fixture.sql(
        "insert into domains values ('gone.example', "
            + fixture.store().literal(CUSTOMER.value())
            + ", 0)");
    fixture.update(CustomerUserUpdate.builder().userPrincipalName("a@gone.example").build());
    long gone = now();
    fixture.update(named("Other"));
    fixture.sql("delete from domains where domain = 'gone.example'");
    Failure foreign =
        new Failure.Invalid(
            List.of(Problem.of("userPrincipalName", Rule.DOMAIN_NOT_VERIFIED, "gone.example")));

    assertThat(revert(new ToSeq(gone), terms()).user().userPrincipalName())
        .as("the name that the account has")
        .isEqualTo("a@gone.example");
    assertThat(revert(new ToSeq(then), terms()).user().userPrincipalName())
        .isEqualTo("emailid@" + DOMAIN);
    assertThat(failureOf(() -> revert(new ToSeq(gone), terms()))).isEqualTo(foreign);
  }

  @Test
  void whoMayNotChangeRolesOrLicencesBringsBackOnlyWhatNeedsNone() {
    Terms noRoles = new Terms(new EntityTag.Any(), null, false, true);
    Terms noLicenses = new Terms(new EntityTag.Any(), null, true, false);
    long bare = now();
    rich();
    license(Products.remove(VISIO));
    long before = now();
    fixture.update(named("Other"));

    assertThat(failureOf(() -> revert(new ToSeq(bare), noRoles)))
        .isEqualTo(new Failure.RightTooNarrow());
    assertThat(failureOf(() -> revert(new ToSeq(before - 1), noLicenses)))
        .isEqualTo(new Failure.RightTooNarrow());
    assertThat(now()).isEqualTo(before + 1);

    assertThat(revert(new ToSeq(before - 1), noRoles).changes())
        .extracting(FieldChange::field)
        .containsExactly("displayName", "license:" + VISIO);
    license(Products.remove(VISIO));
    assertThat(revert(new ToSeq(bare), noLicenses).changes())
        .extracting(FieldChange::field)
        .containsExactly(
            "usageLocation",
            "firstName",
            "immutableId",
            "phoneNumber",
            "role:" + HELPDESK_ADMINISTRATOR.id());
  }

  @Test
  void timesAtWhichTheAccountCannotBeKnownAreRefused() throws SQLException {
    fixture.delete(request());
    long deleted = now();
    fixture.update(CustomerUserUpdate.builder().restore().build());
    long end = now();

    assertThat(failureOf(() -> revert(new ToSeq(0), terms())))
        .isEqualTo(refused("toSeq", Rule.NOT_THERE_THEN));
    assertThat(failureOf(() -> revert(new ToSeq(1), terms())))
        .isEqualTo(refused("toSeq", Rule.NOT_THERE_THEN));
    assertThat(failureOf(() -> revert(new ToSeq(deleted), terms())))
        .isEqualTo(refused("toSeq", Rule.DELETED_THEN));
    assertThat(failureOf(() -> revert(new ToSeq(end + 1), terms())))
        .isEqualTo(refused("toSeq", Rule.BEHIND_END));
    assertThat(revert(new ToSeq(end), terms()).changes()).isEmpty();
    erase(end);
    assertThat(failureOf(() -> revert(new ToSeq(end - 1), terms())))
        .isEqualTo(refused("toSeq", Rule.ERASED_SINCE));
    assertThat(revert(new ToSeq(end), terms()).changes()).as("erased, not since").isEmpty();
  }

  private void erase(long seq) throws SQLException {
    fixture.sql(
        "update journal set changes = '', salt = "
            + (TestStore.dialect() == Dialect.SQLITE ? "x''" : "''")
            + " where seq = "
            + seq
            + " and customer_id = "
            + fixture.store().literal(CUSTOMER.value()));
  }

  @Test
  void unknownAccountIsNotFound() {
    UserRef nobody = new UserRef.ById(OTHER);
    Reverts reverts = fixture.directory().reverts();

    assertThat(failureOf(() -> reverts.revert(CUSTOMER, nobody, new ToSeq(2), terms(), request())))
        .isEqualTo(new Failure.UserNotFound());
    assertThat(failureOf(() -> reverts.preview(CUSTOMER, nobody, new ToSeq(2), terms(), request())))
        .isEqualTo(new Failure.UserNotFound());
  }
}
