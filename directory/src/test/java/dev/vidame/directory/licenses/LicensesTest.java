package dev.vidame.directory.licenses;

import static dev.vidame.directory.Fixture.CUSTOMER;
import static dev.vidame.directory.Fixture.REF;
import static dev.vidame.directory.Fixture.USER;
import static dev.vidame.directory.Fixture.named;
import static dev.vidame.directory.Fixture.request;
import static dev.vidame.directory.licenses.Products.ALL;
import static dev.vidame.directory.licenses.Products.EMS;
import static dev.vidame.directory.licenses.Products.GAME;
import static dev.vidame.directory.licenses.Products.INTUNE;
import static dev.vidame.directory.licenses.Products.RIGHTS;
import static dev.vidame.directory.licenses.Products.TENANT_WIDE;
import static dev.vidame.directory.licenses.Products.VISIO;
import static dev.vidame.directory.licenses.Products.assign;
import static dev.vidame.directory.licenses.Products.assignWithout;
import static dev.vidame.directory.licenses.Products.change;
import static dev.vidame.directory.licenses.Products.product;
import static dev.vidame.directory.licenses.Products.remove;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Failure;
import dev.vidame.directory.Fixture;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.journal.Entry;
import dev.vidame.directory.journal.FieldChange;
import dev.vidame.directory.journal.Operation;
import dev.vidame.directory.users.EntityTag;
import dev.vidame.directory.users.Problem;
import dev.vidame.directory.users.Rule;
import dev.vidame.directory.users.User;
import dev.vidame.directory.users.UserRef;
import dev.vidame.wire.CustomerUserUpdate;
import dev.vidame.wire.License;
import dev.vidame.wire.LicenseGroup;
import dev.vidame.wire.LicenseUpdate;
import dev.vidame.wire.LicenseUpdate.Assignment;
import dev.vidame.wire.SubscribedSku;
import dev.vidame.wire.SubscribedSku.Units;
import dev.vidame.wire.UserId;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LicensesTest {
  private static final String UNKNOWN = "00000000-0000-0000-0000-000000000001";
  private static final UserId OTHER = new UserId(new UUID(2, 2));
  private static final CustomerUserUpdate RESTORE = CustomerUserUpdate.builder().restore().build();

  @TempDir private Path folder;
  private Fixture fixture;
  private UserRef other;

  @BeforeEach
  void open() throws SQLException {
    fixture = new Fixture(folder);
    Products.locate(fixture, REF);
    other = Products.newAccount(fixture, OTHER, "other");
    define(product(EMS, "EMS", 5));
    define(product(VISIO, "VISIOCLIENT", new Units(0, 1, 0, 0)));
    define(product(GAME, "GAME", 1));
    define(product(TENANT_WIDE, "WIDE", 10));
  }

  private void define(SubscribedSku sku) {
    assertThat(fixture.directory().skus().define(CUSTOMER, sku)).isTrue();
  }

  @AfterEach
  void countsAreExactAndEveryChangeIsOneIntactRow() throws SQLException {
    assertThat(fixture.directory().verifyJournal(CUSTOMER).isIntact()).isTrue();
    assertThat(Products.notExact(fixture)).isZero();
    fixture.close();
  }

  private boolean update(UserRef ref, LicenseUpdate update) {
    return fixture.directory().licenses().update(CUSTOMER, ref, update, request());
  }

  private Set<String> held(UserRef ref) {
    return fixture.directory().licenses().of(CUSTOMER, ref, ALL).stream()
        .map(license -> license.product().id())
        .collect(Collectors.toSet());
  }

  private Map<String, Integer> consumed() {
    return fixture.directory().skus().list(CUSTOMER, ALL).stream()
        .collect(Collectors.toMap(sku -> sku.product().id(), sku -> sku.units().consumed()));
  }

  private int consumed(String sku) {
    return consumed().getOrDefault(sku, -1);
  }

  private List<Entry> journal() {
    return fixture.directory().journal(CUSTOMER, 0, 1000);
  }

  private User restore(UserRef ref) {
    return fixture
        .directory()
        .users()
        .update(CUSTOMER, ref, RESTORE, new EntityTag.Any(), request())
        .user();
  }

  private static Failure failureOf(ThrowingCallable call) {
    return catchThrowableOfType(DirectoryException.class, call).failure();
  }

  @Test
  void licenceIsAssignedShownAndRemoved() {
    assertThat(update(REF, assign(EMS))).isFalse();

    License only = fixture.directory().licenses().of(CUSTOMER, REF, ALL).getFirst();
    assertThat(only)
        .isEqualTo(
            new License(
                product(EMS, "EMS", 5).product(), product(EMS, "EMS", 5).plans(), Set.of()));
    assertThat(consumed(EMS)).isEqualTo(1);

    update(REF, remove(EMS));

    assertThat(held(REF)).isEmpty();
    assertThat(consumed(EMS)).isZero();
  }

  @Test
  void licencesAreListedByGroup() {
    update(REF, assign(EMS));
    update(REF, assign(GAME));

    Function<LicenseGroup, Stream<String>> ofGroup =
        group ->
            fixture.directory().licenses().of(CUSTOMER, REF, EnumSet.of(group)).stream()
                .map(license -> license.product().id());
    assertThat(ofGroup.apply(LicenseGroup.GROUP1)).containsExactly(EMS);
    assertThat(ofGroup.apply(LicenseGroup.GROUP2)).containsExactly(GAME);
    assertThat(held(REF)).containsExactlyInAnyOrder(EMS, GAME);
  }

  @Test
  void oneRequestIsOneRowWithAFieldForEachProduct() {
    update(REF, assignWithout(EMS, RIGHTS.toString(), INTUNE.toString().toUpperCase(Locale.ROOT)));
    long version = fixture.user().version();
    int rows = journal().size();

    update(REF, change(List.of(VISIO), List.of(EMS)));

    Entry row = journal().getLast();
    assertThat(journal()).hasSize(rows + 1);
    assertThat(row.operation()).isEqualTo(Operation.UPDATE_LICENSES);
    assertThat(row.subject()).isEqualTo(USER.value());
    assertThat(row.changes())
        .containsExactly(
            new FieldChange("license:" + EMS, RIGHTS + "," + INTUNE, null),
            new FieldChange("license:" + VISIO, null, ""));
    assertThat(fixture.user().version()).isEqualTo(version);
  }

  @Test
  void assigningAgainReplacesTheExclusionsAndTakesNoUnit() {
    update(REF, assignWithout(VISIO, INTUNE.toString()));
    update(REF, assignWithout(VISIO, RIGHTS.toString()));

    assertThat(fixture.directory().licenses().of(CUSTOMER, REF, ALL).getFirst().excludedPlans())
        .containsExactly(RIGHTS);
    assertThat(consumed(VISIO)).isEqualTo(1);
    assertThat(journal().getLast().changes())
        .containsExactly(new FieldChange("license:" + VISIO, INTUNE.toString(), RIGHTS.toString()));

    update(REF, assign(VISIO));

    assertThat(journal().getLast().changes())
        .containsExactly(new FieldChange("license:" + VISIO, RIGHTS.toString(), ""));
  }

  @Test
  void assigningTheSameAgainChangesNothing() {
    update(REF, assignWithout(EMS, INTUNE.toString()));
    int rows = journal().size();

    update(REF, assignWithout(EMS, INTUNE.toString()));

    assertThat(journal()).hasSize(rows);
    assertThat(consumed(EMS)).isEqualTo(1);
  }

  @Test
  void productIsNamedByIdOrPartNumberInAnyCase() {
    update(REF, assign(EMS.toUpperCase(Locale.ROOT), "visioclient"));
    assertThat(held(REF)).containsExactlyInAnyOrder(EMS, VISIO);

    update(REF, remove("ems", VISIO.toUpperCase(Locale.ROOT)));
    assertThat(held(REF)).isEmpty();
  }

  @Test
  void whatIsNamedTwiceCountsOnceAndTheLastTime() {
    LicenseUpdate twice =
        new LicenseUpdate(
            List.of(
                new Assignment(VISIO, List.of(INTUNE.toString())),
                new Assignment(VISIO.toUpperCase(Locale.ROOT), List.of()),
                new Assignment("VISIOCLIENT", List.of(RIGHTS.toString()))),
            List.of());

    update(REF, twice);

    assertThat(consumed(VISIO)).isEqualTo(1);
    assertThat(fixture.directory().licenses().of(CUSTOMER, REF, ALL).getFirst().excludedPlans())
        .containsExactly(RIGHTS);

    update(REF, remove(VISIO, VISIO, "VISIOCLIENT"));

    assertThat(consumed(VISIO)).isZero();
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of(change(List.of(), List.of()), "licensesToAssign", Rule.REQUIRED),
        Arguments.of(assign(VISIO, UNKNOWN), "licensesToAssign", Rule.SKU_NOT_SUBSCRIBED),
        Arguments.of(assign(VISIO, ""), "licensesToAssign", Rule.SKU_NOT_SUBSCRIBED),
        Arguments.of(assign(VISIO, TENANT_WIDE), "licensesToAssign", Rule.SKU_NOT_FOR_USERS),
        Arguments.of(
            change(List.of(VISIO), List.of(UNKNOWN)), "licensesToRemove", Rule.SKU_NOT_SUBSCRIBED),
        Arguments.of(change(List.of(), List.of(EMS, VISIO)), "licensesToRemove", Rule.SKU_NOT_HELD),
        Arguments.of(
            change(List.of(EMS, VISIO), List.of(EMS)),
            "licensesToRemove",
            Rule.SKU_ASSIGNED_AND_REMOVED),
        Arguments.of(
            change(List.of("EMS", VISIO), List.of(EMS)),
            "licensesToRemove",
            Rule.SKU_ASSIGNED_AND_REMOVED),
        Arguments.of(assign(VISIO, GAME), "licensesToAssign", Rule.LICENSE_GROUPS_MIXED),
        Arguments.of(
            change(List.of(GAME), List.of(EMS)), "licensesToAssign", Rule.LICENSE_GROUPS_MIXED),
        Arguments.of(
            assignWithout(VISIO, UNKNOWN), "licensesToAssign.excludedPlans", Rule.PLAN_NOT_OF_SKU),
        Arguments.of(
            assignWithout(VISIO, "INTUNE_A"),
            "licensesToAssign.excludedPlans",
            Rule.PLAN_NOT_OF_SKU));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refusedUpdateSaysWhyAndChangesNothing(LicenseUpdate update, String property, Rule rule) {
    update(REF, assign(EMS));
    int rows = journal().size();
    Map<String, Integer> before = consumed();

    Failure failure = failureOf(() -> update(REF, update));

    assertThat(((Failure.Invalid) failure).problems())
        .extracting(Problem::property, Problem::rule)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(property, rule));
    assertThat(held(REF)).containsExactly(EMS);
    assertThat(consumed()).isEqualTo(before);
    assertThat(journal()).hasSize(rows);
  }

  @Test
  void everyProblemIsNamedAtOnce() {
    Failure failure = failureOf(() -> update(REF, change(List.of(UNKNOWN, "x"), List.of(VISIO))));

    assertThat(((Failure.Invalid) failure).problems())
        .containsExactly(
            Problem.of("licensesToRemove", Rule.SKU_NOT_HELD, VISIO),
            Problem.of("licensesToAssign", Rule.SKU_NOT_SUBSCRIBED, UNKNOWN),
            Problem.of("licensesToAssign", Rule.SKU_NOT_SUBSCRIBED, "x"));
  }

  @Test
  void withoutAUnitNothingOfTheRequestHappens() {
    update(other, assign(VISIO));
    update(REF, assign(EMS));
    int rows = journal().size();

    assertThat(failureOf(() -> update(REF, change(List.of(VISIO), List.of(EMS)))))
        .isEqualTo(new Failure.OutOfLicenses(CUSTOMER, VISIO));

    assertThat(held(REF)).containsExactly(EMS);
    assertThat(consumed(EMS)).isEqualTo(1);
    assertThat(consumed(VISIO)).isEqualTo(1);
    assertThat(journal()).hasSize(rows);
  }

  @Test
  void assignmentNeedsAUsageLocationAndRemovalDoesNot() throws SQLException {
    update(REF, assign(EMS));
    fixture.sql("update users set usage_location = null");

    assertThat(failureOf(() -> update(REF, assign(VISIO))))
        .isEqualTo(
            new Failure.Invalid(List.of(Problem.of("usageLocation", Rule.NO_USAGE_LOCATION))));
    assertThat(update(REF, remove(EMS))).isFalse();
  }

  @Test
  void productThatIsNoLongerForAccountsCanStillBeRemoved() throws SQLException {
    update(REF, assign(EMS));
    fixture.sql("update subscribed_skus set target_type = 'Tenant'");

    update(REF, remove(EMS));

    assertThat(held(REF)).isEmpty();
  }

  @Test
  void unknownAccountIsNotFoundAndADeletedOneRefused() {
    UserRef nobody = new UserRef.ById(new UserId(new UUID(1, 1)));
    update(REF, assign(EMS));
    fixture.delete(request());

    assertThat(failureOf(() -> update(nobody, assign(EMS)))).isEqualTo(new Failure.UserNotFound());
    assertThat(failureOf(() -> fixture.directory().licenses().of(CUSTOMER, nobody, ALL)))
        .isEqualTo(new Failure.UserNotFound());
    for (LicenseUpdate update : List.of(assign(VISIO), remove(EMS))) {
      assertThat(failureOf(() -> update(REF, update)))
          .isEqualTo(new Failure.Invalid(List.of(Problem.of("state", Rule.USER_DELETED))));
    }
    assertThat(held(REF)).isEmpty();
  }

  @Test
  void deletedAccountFreesItsUnitsAndTakesThemAgain() {
    update(REF, assignWithout(VISIO, INTUNE.toString()));
    update(REF, assign(EMS));

    fixture.delete(request());
    assertThat(consumed(VISIO)).isZero();
    assertThat(consumed(EMS)).isZero();

    restore(REF);
    assertThat(held(REF)).containsExactlyInAnyOrder(EMS, VISIO);
    assertThat(consumed(VISIO)).isEqualTo(1);
    assertThat(
            fixture.directory().licenses().of(CUSTOMER, REF, ALL).stream()
                .map(License::excludedPlans))
        .containsExactlyInAnyOrder(Set.of(), Set.of(INTUNE));
    assertThat(journal().getLast().changes())
        .extracting(FieldChange::field)
        .containsExactly("softDeletionTime");
  }

  @Test
  void restoredAccountLosesWhatIsGoneAndTheRowSaysSo() throws SQLException {
    update(REF, assignWithout(VISIO, INTUNE.toString()));
    update(REF, assign(EMS));
    fixture.delete(request());
    update(other, assign(VISIO));

    restore(REF);

    assertThat(held(REF)).containsExactly(EMS);
    assertThat(held(other)).containsExactly(VISIO);
    Entry row = journal().getLast();
    assertThat(row.operation()).isEqualTo(Operation.RESTORE_USER);
    assertThat(row.changes().subList(1, row.changes().size()))
        .containsExactly(new FieldChange("license:" + VISIO, INTUNE.toString(), null));
    assertThat(fixture.count("select count(*) from licenses")).isEqualTo(2);

    update(other, remove(VISIO));
    fixture.delete(request());
    restore(REF);

    assertThat(held(REF)).containsExactly(EMS);
  }

  @Test
  void restoreThatIsRefusedTakesNoUnit() {
    update(REF, assign(EMS));
    fixture.delete(request());
    UserId third = new UserId(new UUID(3, 3));
    fixture.create(third, "emailid");

    assertThat(failureOf(() -> restore(REF))).isEqualTo(new Failure.Conflict("userPrincipalName"));

    assertThat(consumed(EMS)).isZero();
  }

  @Test
  void deletingOrRestoringAgainCountsOnce() {
    update(REF, assign(EMS));
    ChangeRequest deletion = request();
    fixture.delete(deletion);
    fixture.delete(deletion);
    fixture.delete(request());
    assertThat(consumed(EMS)).isZero();

    ChangeRequest restoring = request();
    fixture.update(RESTORE, new EntityTag.Any(), restoring);
    fixture.update(RESTORE, new EntityTag.Any(), restoring);
    fixture.update(RESTORE);
    assertThat(consumed(EMS)).isEqualTo(1);
  }

  @Test
  void purgedAccountLeavesNoLicence() throws SQLException {
    update(REF, assign(EMS));
    update(other, assign(EMS));
    fixture.delete(request());
    fixture.clock().advance(Duration.ofDays(31));

    fixture.directory().users().purge(request(), 10);

    assertThat(fixture.count("select count(*) from licenses")).isEqualTo(1);
    assertThat(consumed(EMS)).isEqualTo(1);
  }

  @Test
  void repetitionHasNoSecondEffect() {
    ChangeRequest assigning = request();
    ChangeRequest removing = request();
    Licenses licenses = fixture.directory().licenses();

    assertThat(licenses.update(CUSTOMER, REF, assign(EMS), assigning)).isFalse();
    assertThat(licenses.update(CUSTOMER, REF, remove(EMS), removing)).isFalse();
    int rows = journal().size();

    assertThat(licenses.update(CUSTOMER, REF, assign(EMS), assigning)).isTrue();
    assertThat(licenses.update(CUSTOMER, REF, remove(EMS), removing)).isTrue();
    assertThat(held(REF)).isEmpty();
    assertThat(journal()).hasSize(rows);
  }

  @Test
  void repetitionOfWhatChangedNothingIsOneToo() {
    update(REF, assign(EMS));
    ChangeRequest again = request();
    Licenses licenses = fixture.directory().licenses();
    assertThat(licenses.update(CUSTOMER, REF, assign(EMS), again)).isFalse();
    update(REF, remove(EMS));

    assertThat(licenses.update(CUSTOMER, REF, assign(EMS), again)).isTrue();
    assertThat(held(REF)).isEmpty();
  }

  @Test
  void earlierStatesOfAnAccountDoNotMindItsLicences() {
    User before = fixture.update(named("Before")).user();
    update(REF, assign(VISIO));
    fixture.delete(request());
    update(other, assign(VISIO));
    restore(REF);
    fixture.update(named("After"));

    assertThat(fixture.directory().users().asOf(CUSTOMER, USER, before.version())).contains(before);
    assertThat(
            failureOf(() ->
                fixture.update(named("Lost"), new EntityTag.Exactly(before.version()), request())))
        .isEqualTo(new Failure.VersionMismatch(List.of("displayName", "softDeletionTime")));
  }

  private List<FieldChange> revert(long seq, boolean mayChangeLicenses) {
    return fixture.revert(seq, false, mayChangeLicenses);
  }

  private static FieldChange licence(String sku, @Nullable String before, @Nullable String after) {
    return new FieldChange("license:" + sku, before, after);
  }

  @Test
  void revertedAccountHoldsWhatItHeldThen() {
    update(REF, assignWithout(EMS, INTUNE.toString()));
    update(REF, assign(GAME));
    long then = fixture.end();
    update(REF, assignWithout(EMS, RIGHTS.toString()));
    update(REF, assign(EMS));
    update(REF, remove(GAME));
    update(REF, assign(VISIO));
    Map<String, Integer> consumed = consumed();

    assertThat(failureOf(() -> revert(then, false))).isEqualTo(new Failure.RightTooNarrow());
    assertThat(held(REF)).containsExactlyInAnyOrder(EMS, VISIO);
    assertThat(consumed()).isEqualTo(consumed);

    assertThat(revert(then, true))
        .containsExactly(
            licence(GAME, null, ""), licence(EMS, "", INTUNE.toString()), licence(VISIO, "", null));
    assertThat(held(REF)).containsExactlyInAnyOrder(EMS, GAME);
    assertThat(
            fixture.directory().licenses().of(CUSTOMER, REF, ALL).stream()
                .map(License::excludedPlans))
        .containsExactlyInAnyOrder(Set.of(), Set.of(INTUNE));
    assertThat(consumed(EMS)).isEqualTo(1);
    assertThat(consumed(GAME)).isEqualTo(1);
    assertThat(consumed(VISIO)).isZero();
    assertThat(revert(then, true)).isEmpty();
  }

  @Test
  void revertThatLacksUnitsNamesThemAllAndTakesNone() {
    update(REF, assign(VISIO));
    update(REF, assign(EMS));
    update(REF, assign(GAME));
    long then = fixture.end();
    update(REF, remove(VISIO));
    update(REF, remove(GAME));
    update(REF, remove(EMS));
    update(other, assign(VISIO));
    update(other, assign(GAME));

    assertThat(failureOf(() -> revert(then, true)))
        .isEqualTo(new Failure.NoUnitsLeft(List.of(GAME, VISIO)));
    assertThat(held(REF)).isEmpty();
    assertThat(consumed(EMS)).isZero();
  }

  @Test
  void deletedAccountIsRevertedWithUnitsForWhatItHoldsThen() {
    update(REF, assign(VISIO));
    long then = fixture.end();
    update(REF, assign(EMS));
    fixture.delete(request());
    update(other, assign(VISIO));

    assertThat(failureOf(() -> revert(then, true)))
        .isEqualTo(new Failure.NoUnitsLeft(List.of(VISIO)));

    update(other, remove(VISIO));
    assertThat(revert(then, true))
        .filteredOn(change -> change.field().startsWith("license:"))
        .containsExactly(licence(EMS, "", null));
    assertThat(held(REF)).containsExactly(VISIO);
    assertThat(consumed(VISIO)).isEqualTo(1);
    assertThat(consumed(EMS)).isZero();
  }

  /** What names are too long for an answer are cut between characters. */
  @ParameterizedTest
  @CsvSource({
    "64, '', 64, ''",
    "65, '', 64, …",
    "63, 😀, 63, …",
    "62, 😀, 62, 😀",
    "62, 😀x, 62, 😀…"
  })
  void nameIsShownAsFarAsItHelps(int as, String end, int shown, String rest) {
    Failure failure = failureOf(() -> update(REF, remove("a".repeat(as) + end)));

    assertThat(failure)
        .isEqualTo(
            new Failure.Invalid(
                List.of(
                    Problem.of(
                        "licensesToRemove", Rule.SKU_NOT_SUBSCRIBED, "a".repeat(shown) + rest))));
  }
}
