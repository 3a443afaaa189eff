package dev.vidame.directory.roles;

import static dev.vidame.directory.Fixture.CUSTOMER;
import static dev.vidame.directory.Fixture.DOMAIN;
import static dev.vidame.directory.Fixture.REF;
import static dev.vidame.directory.Fixture.USER;
import static dev.vidame.directory.Fixture.named;
import static dev.vidame.directory.Fixture.request;
import static dev.vidame.directory.roles.DirectoryRole.COMPANY_ADMINISTRATOR;
import static dev.vidame.directory.roles.DirectoryRole.DIRECTORY_READERS;
import static dev.vidame.directory.roles.DirectoryRole.DIRECTORY_WRITERS;
import static dev.vidame.directory.roles.DirectoryRole.HELPDESK_ADMINISTRATOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Failure;
import dev.vidame.directory.Fixture;
import dev.vidame.directory.Together;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.journal.Entry;
import dev.vidame.directory.journal.FieldChange;
import dev.vidame.directory.journal.Operation;
import dev.vidame.directory.paging.Page;
import dev.vidame.directory.paging.PageQuery;
import dev.vidame.directory.paging.PageQuery.Seek;
import dev.vidame.directory.storage.Transactions;
import dev.vidame.directory.users.EntityTag;
import dev.vidame.directory.users.Holdings;
import dev.vidame.directory.users.Problem;
import dev.vidame.directory.users.Rule;
import dev.vidame.directory.users.UpdateReach;
import dev.vidame.directory.users.User;
import dev.vidame.directory.users.UserRef;
import dev.vidame.directory.users.Users;
import dev.vidame.wire.CustomerUserUpdate;
import dev.vidame.wire.PasswordProfile;
import dev.vidame.wire.UserId;
import dev.vidame.wire.UserMember;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RolesTest {
  private static final UserId OTHER = new UserId(new UUID(2, 2));
  private static final UserRef OTHER_REF = new UserRef.ById(OTHER);
  private static final CustomerUserUpdate RESTORE = CustomerUserUpdate.builder().restore().build();

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

  private Roles roles() {
    return fixture.directory().roles();
  }

  private Users users() {
    return fixture.directory().users();
  }

  private List<Entry> journal() {
    return fixture.directory().journal(CUSTOMER, 0, 1000);
  }

  private UserMember add(DirectoryRole role, UserRef ref) {
    return roles().add(CUSTOMER, role, ref, request()).member();
  }

  private List<UserMember> members(DirectoryRole role) {
    return roles().members(CUSTOMER, role, PageQuery.first(500)).items();
  }

  private static Failure failureOf(ThrowingCallable call) {
    return catchThrowableOfType(DirectoryException.class, call).failure();
  }

  private static Failure lastAdministrator() {
    return new Failure.Invalid(List.of(Problem.of("id", Rule.LAST_ADMINISTRATOR)));
  }

  @Test
  void memberIsShownWithItsRoleAndTheRoleWithItsMember() {
    UserMember member = add(HELPDESK_ADMINISTRATOR, REF);

    assertThat(member)
        .isEqualTo(
            new UserMember(
                "Display emailid", "emailid@" + DOMAIN, HELPDESK_ADMINISTRATOR.id(), USER));
    assertThat(members(HELPDESK_ADMINISTRATOR)).containsExactly(member);
    assertThat(members(DIRECTORY_READERS)).isEmpty();
    assertThat(roles().of(CUSTOMER, REF)).containsExactly(HELPDESK_ADMINISTRATOR);
  }

  @Test
  void rolesOfAnAccountComeInOneOrder() {
    add(DIRECTORY_READERS, REF);
    add(COMPANY_ADMINISTRATOR, new UserRef.ByName("EMAILID@" + DOMAIN));

    assertThat(roles().of(CUSTOMER, REF)).containsExactly(COMPANY_ADMINISTRATOR, DIRECTORY_READERS);
  }

  @Test
  void givingAndTakingAreOneRowEach() {
    long before = fixture.user().version();
    add(HELPDESK_ADMINISTRATOR, REF);
    roles().remove(CUSTOMER, HELPDESK_ADMINISTRATOR, REF, request());

    String field = "role:729827e3-9c14-49f7-bb1b-9608f156bbb8";
    List<Entry> rows = journal().subList(journal().size() - 2, journal().size());
    assertThat(rows).extracting(Entry::subject).containsOnly(USER.value());
    assertThat(rows)
        .extracting(Entry::operation)
        .containsExactly(Operation.ADD_ROLE_MEMBER, Operation.REMOVE_ROLE_MEMBER);
    assertThat(rows)
        .extracting(Entry::changes)
        .containsExactly(
            List.of(new FieldChange(field, null, "member")),
            List.of(new FieldChange(field, "member", null)));
    assertThat(fixture.user().version()).isEqualTo(before);
  }

  @Test
  void secondTimeIsNoChange() {
    UserMember first = add(HELPDESK_ADMINISTRATOR, REF);
    int rows = journal().size();

    UserMember second = add(HELPDESK_ADMINISTRATOR, REF);

    assertThat(second).isEqualTo(first);
    assertThat(journal()).hasSize(rows);
  }

  @Test
  void accountThatIsUnknownDeletedOrNoMemberIsNotFound() {
    UserRef nobody = new UserRef.ById(new UserId(new UUID(1, 1)));
    fixture.create(OTHER, "other");
    add(DIRECTORY_READERS, OTHER_REF);
    users().delete(CUSTOMER, OTHER_REF, request());
    int rows = journal().size();

    for (UserRef ref : List.of(nobody, OTHER_REF)) {
      assertThat(failureOf(() -> add(DIRECTORY_READERS, ref)))
          .isEqualTo(new Failure.UserNotFound());
      assertThat(failureOf(() -> roles().remove(CUSTOMER, DIRECTORY_READERS, ref, request())))
          .isEqualTo(new Failure.UserNotFound());
    }
    assertThat(failureOf(() -> roles().remove(CUSTOMER, DIRECTORY_READERS, REF, request())))
        .isEqualTo(new Failure.UserNotFound());
    assertThat(failureOf(() -> roles().of(CUSTOMER, nobody))).isEqualTo(new Failure.UserNotFound());
    assertThat(journal()).hasSize(rows);
  }

  @Test
  void deletedAccountHidesItsRolesAndARestoreShowsThem() {
    UserMember member = add(HELPDESK_ADMINISTRATOR, REF);

    fixture.delete(request());

    assertThat(members(HELPDESK_ADMINISTRATOR)).isEmpty();
    assertThat(roles().of(CUSTOMER, REF)).isEmpty();

    fixture.update(RESTORE);

    assertThat(members(HELPDESK_ADMINISTRATOR)).containsExactly(member);
    assertThat(roles().of(CUSTOMER, REF)).containsExactly(HELPDESK_ADMINISTRATOR);
  }

  @Test
  void purgedAccountLeavesNoMembership() throws SQLException {
    add(HELPDESK_ADMINISTRATOR, REF);
    fixture.delete(request());
    fixture.clock().advance(Duration.ofDays(31));

    users().purge(request(), 10);

    assertThat(fixture.count("select count(*) from role_members")).isZero();
  }

  @Test
  void memberShowsItsNewName() {
    add(HELPDESK_ADMINISTRATOR, REF);

    fixture.update(CustomerUserUpdate.builder().userPrincipalName("new@" + DOMAIN).build());

    assertThat(members(HELPDESK_ADMINISTRATOR))
        .extracting(UserMember::userPrincipalName)
        .containsExactly("new@" + DOMAIN);
  }

  @Test
  void lastAdministratorCanNeitherLoseTheRoleNorBeDeleted() {
    add(COMPANY_ADMINISTRATOR, REF);
    int rows = journal().size();

    assertThat(failureOf(() -> roles().remove(CUSTOMER, COMPANY_ADMINISTRATOR, REF, request())))
        .isEqualTo(lastAdministrator());
    assertThat(failureOf(() -> fixture.delete(request()))).isEqualTo(lastAdministrator());
    assertThat(fixture.user().isDeleted()).isFalse();
    assertThat(journal()).hasSize(rows);
  }

  @Test
  void deletedAdministratorIsNone() {
    fixture.create(OTHER, "other");
    add(COMPANY_ADMINISTRATOR, REF);
    add(COMPANY_ADMINISTRATOR, OTHER_REF);

    users().delete(CUSTOMER, OTHER_REF, request());

    assertThat(failureOf(() -> fixture.delete(request()))).isEqualTo(lastAdministrator());

    users().update(CUSTOMER, OTHER_REF, RESTORE, new EntityTag.Any(), request());

    assertThat(fixture.delete(request())).isFalse();
    assertThat(fixture.user().isDeleted()).isTrue();
  }

  @Test
  void customerWithoutAnyAdministratorDeletesWhomItLikes() {
    add(HELPDESK_ADMINISTRATOR, REF);

    assertThat(fixture.delete(request())).isFalse();
    assertThat(fixture.delete(request())).isFalse();
  }

  @Test
  void otherRolesCanLoseTheirLastMember() {
    add(COMPANY_ADMINISTRATOR, REF);
    add(HELPDESK_ADMINISTRATOR, REF);

    assertThat(roles().remove(CUSTOMER, HELPDESK_ADMINISTRATOR, REF, request())).isFalse();
    assertThat(roles().of(CUSTOMER, REF)).containsExactly(COMPANY_ADMINISTRATOR);
  }

  @Test
  void oneOfTwoAdministratorsThatGoAtOnceStays()
      throws SQLException, InterruptedException, ExecutionException {
    fixture.create(OTHER, "other");
    for (int round = 0; round < 100; round++) {
      add(COMPANY_ADMINISTRATOR, REF);
      add(COMPANY_ADMINISTRATOR, OTHER_REF);
      List<UserRef> refs = List.of(REF, OTHER_REF);

      List<Boolean> gone =
          Together.run(
              2,
              i ->
                  () ->
                      succeeds(() -> {
                        if (i == 0) {
                          roles().remove(CUSTOMER, COMPANY_ADMINISTRATOR, refs.get(0), request());
                        } else {
                          users().delete(CUSTOMER, refs.get(1), request());
                        }
                        return true;
                      }));

      assertThat(gone).containsExactlyInAnyOrder(true, false);
      assertThat(members(COMPANY_ADMINISTRATOR)).hasSize(1);
      users().update(CUSTOMER, OTHER_REF, RESTORE, new EntityTag.Any(), request());
    }
  }

  private static boolean succeeds(Callable<Boolean> change) throws Exception {
    try {
      return change.call();
    } catch (DirectoryException e) {
      assertThat(e.failure()).isEqualTo(lastAdministrator());
      return false;
    }
  }

  @Test
  void repetitionGetsTheFirstAnswerAndDoesNothing() {
    ChangeRequest giving = request();
    ChangeRequest taking = request();
    UserMember first = roles().add(CUSTOMER, HELPDESK_ADMINISTRATOR, REF, giving).member();
    fixture.update(named("Later"));
    roles().remove(CUSTOMER, HELPDESK_ADMINISTRATOR, REF, taking);
    int rows = journal().size();

    Roles.Outcome again = roles().add(CUSTOMER, HELPDESK_ADMINISTRATOR, REF, giving);

    assertThat(again).isEqualTo(new Roles.Outcome(first, true));
    assertThat(roles().remove(CUSTOMER, HELPDESK_ADMINISTRATOR, REF, taking)).isTrue();
    assertThat(roles().of(CUSTOMER, REF)).isEmpty();
    assertThat(journal()).hasSize(rows);
  }

  @Test
  void repetitionOfWhatChangedNothingIsOneToo() {
    add(HELPDESK_ADMINISTRATOR, REF);
    ChangeRequest second = request();
    UserMember first = roles().add(CUSTOMER, HELPDESK_ADMINISTRATOR, REF, second).member();
    roles().remove(CUSTOMER, HELPDESK_ADMINISTRATOR, REF, request());

    assertThat(roles().add(CUSTOMER, HELPDESK_ADMINISTRATOR, REF, second))
        .isEqualTo(new Roles.Outcome(first, true));
    assertThat(roles().of(CUSTOMER, REF)).isEmpty();
  }

  @Test
  void earlierStatesOfAnAccountDoNotMindItsRoles() {
    User before = fixture.update(named("Before")).user();
    add(HELPDESK_ADMINISTRATOR, REF);
    fixture.update(named("After"));
    roles().remove(CUSTOMER, HELPDESK_ADMINISTRATOR, REF, request());

    assertThat(users().asOf(CUSTOMER, USER, before.version())).contains(before);
    assertThat(
            failureOf(() ->
                fixture.update(named("Lost"), new EntityTag.Exactly(before.version()), request())))
        .isEqualTo(new Failure.VersionMismatch(List.of("displayName")));
  }

  @Test
  void membersComeInPagesInBothDirections() {
    List<UserMember> all = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      UserId id = new UserId(new UUID(20 + i, i));
      fixture.create(id, "member" + i);
      all.add(add(DIRECTORY_READERS, new UserRef.ById(id)));
    }
    users().delete(CUSTOMER, new UserRef.ById(all.remove(3).id()), request());

    Page<UserMember> first = roles().members(CUSTOMER, DIRECTORY_READERS, PageQuery.first(4));
    Page<UserMember> last = page(Seek.AFTER, first.items().getLast());
    Page<UserMember> back = page(Seek.BEFORE, last.items().getFirst());

    assertThat(first).isEqualTo(new Page<>(all.subList(0, 4), false, true));
    assertThat(last).isEqualTo(new Page<>(all.subList(4, 6), true, false));
    assertThat(back).isEqualTo(first);
  }

  private Page<UserMember> page(Seek seek, UserMember from) {
    return roles()
        .members(
            CUSTOMER, DIRECTORY_READERS, new PageQuery(4, seek, List.of("", from.id().toString())));
  }

  @Test
  void passwordOfAnAccountWithARoleIsOutOfReachOfAnOrdinaryReset() {
    CustomerUserUpdate reset = reset("Renew456*");
    assertThat(resetOrdinary(reset).forceChangePassword()).isTrue();
    String before = users().passwordHash(CUSTOMER, USER).orElseThrow();

    add(DIRECTORY_READERS, REF);
    int rows = journal().size();

    assertThat(failureOf(() -> resetOrdinary(reset("Renew457*"))))
        .isEqualTo(new Failure.RightTooNarrow());
    assertThat(users().passwordHash(CUSTOMER, USER)).contains(before);
    assertThat(journal()).hasSize(rows);

    roles().remove(CUSTOMER, DIRECTORY_READERS, REF, request());

    assertThat(resetOrdinary(reset("Renew458*")).version()).isGreaterThan(rows);
  }

  @Test
  void ordinaryResetSetsNothingButThePassword() {
    PasswordProfile profile = new PasswordProfile("Renew456*", true);
    List<CustomerUserUpdate> wishes =
        List.of(
            CustomerUserUpdate.builder().build(),
            named("Name"),
            RESTORE,
            CustomerUserUpdate.builder().passwordProfile(profile).displayName("Name").build(),
            CustomerUserUpdate.builder().passwordProfile(profile).clearLastName().build());

    for (CustomerUserUpdate wish : wishes) {
      assertThat(failureOf(() -> resetOrdinary(wish))).isEqualTo(new Failure.RightTooNarrow());
    }
    CustomerUserUpdate withState =
        CustomerUserUpdate.builder().passwordProfile(profile).restore().build();
    assertThat(resetOrdinary(withState).isDeleted()).isFalse();

    fixture.delete(request());

    assertThat(failureOf(() -> resetOrdinary(withState))).isEqualTo(new Failure.RightTooNarrow());
    assertThat(fixture.user().isDeleted()).isTrue();
  }

  @Test
  void whoMayNotSetAdministratorsPasswordsMayChangeTheRestOfThem() {
    add(DIRECTORY_READERS, REF);
    CustomerUserUpdate both =
        CustomerUserUpdate.builder()
            .displayName("Both")
            .passwordProfile(new PasswordProfile("Renew456*", true))
            .build();
    CustomerUserUpdate named = CustomerUserUpdate.builder().displayName("Named").build();
    CustomerUserUpdate restored =
        CustomerUserUpdate.builder()
            .passwordProfile(new PasswordProfile("Renew456*", true))
            .restore()
            .build();

    assertThat(failureOf(() -> updateSparing(both))).isEqualTo(new Failure.RightTooNarrow());
    assertThat(updateSparing(named).displayName()).isEqualTo("Named");
    fixture.delete(request());
    assertThat(failureOf(() -> updateSparing(restored))).isEqualTo(new Failure.RightTooNarrow());
    assertThat(updateSparing(CustomerUserUpdate.builder().restore().build()).isDeleted()).isFalse();

    roles().remove(CUSTOMER, DIRECTORY_READERS, REF, request());

    assertThat(updateSparing(both).displayName()).isEqualTo("Both");
  }

  private User updateSparing(CustomerUserUpdate update) {
    return users()
        .updateWithin(
            UpdateReach.ORDINARY_PASSWORDS, CUSTOMER, REF, update, new EntityTag.Any(), request())
        .user();
  }

  /**
   * Whichever comes first in the journal decides, so no reset is behind the role that forbids it.
   */
  @Test
  void noOrdinaryResetHappensBehindTheRoleThatForbidsIt()
      throws SQLException, InterruptedException, ExecutionException {
    CustomerUserUpdate flag =
        CustomerUserUpdate.builder().passwordProfile(new PasswordProfile(null, false)).build();
    CustomerUserUpdate back =
        CustomerUserUpdate.builder().passwordProfile(new PasswordProfile(null, true)).build();
    for (int round = 0; round < 200; round++) {
      long start = fixture.directory().verifyJournal(CUSTOMER).verifiedUpTo();

      Together.run(4, i -> () -> i == 0 ? add(DIRECTORY_READERS, REF).id() : tryReset(flag));

      List<Entry> rows = fixture.directory().journal(CUSTOMER, start, 10);
      assertThat(rows.getLast().operation()).isEqualTo(Operation.ADD_ROLE_MEMBER);
      roles().remove(CUSTOMER, DIRECTORY_READERS, REF, request());
      fixture.update(back);
    }
  }

  private UserId tryReset(CustomerUserUpdate update) {
    try {
      return resetOrdinary(update).id();
    } catch (DirectoryException e) {
      assertThat(e.failure()).isEqualTo(new Failure.RightTooNarrow());
      return OTHER;
    }
  }

  private User resetOrdinary(CustomerUserUpdate update) {
    return users()
        .updateWithin(
            UpdateReach.ORDINARY_RESETS, CUSTOMER, REF, update, new EntityTag.Any(), request())
        .user();
  }

  private static CustomerUserUpdate reset(String password) {
    return CustomerUserUpdate.builder()
        .passwordProfile(PasswordProfile.temporary(password))
        .build();
  }

  private List<FieldChange> revert(long seq, boolean mayChangeRoles) {
    return fixture.revert(seq, mayChangeRoles, false);
  }

  private static FieldChange given(DirectoryRole role) {
    return new FieldChange("role:" + role.id(), null, "member");
  }

  private static FieldChange taken(DirectoryRole role) {
    return new FieldChange("role:" + role.id(), "member", null);
  }

  @Test
  void revertedAccountHasTheRolesThatItHadThen() {
    add(DIRECTORY_WRITERS, REF);
    add(DIRECTORY_READERS, REF);
    long then = fixture.end();
    roles().remove(CUSTOMER, DIRECTORY_READERS, REF, request());
    add(DIRECTORY_READERS, REF);
    roles().remove(CUSTOMER, DIRECTORY_READERS, REF, request());
    add(HELPDESK_ADMINISTRATOR, REF);
    int rows = journal().size();

    assertThat(failureOf(() -> revert(then, false))).isEqualTo(new Failure.RightTooNarrow());
    assertThat(roles().of(CUSTOMER, REF))
        .containsExactly(HELPDESK_ADMINISTRATOR, DIRECTORY_WRITERS);
    assertThat(journal()).hasSize(rows);

    assertThat(revert(then, true))
        .containsExactly(taken(HELPDESK_ADMINISTRATOR), given(DIRECTORY_READERS));
    assertThat(roles().of(CUSTOMER, REF)).containsExactly(DIRECTORY_READERS, DIRECTORY_WRITERS);
    assertThat(journal().getLast().operation()).isEqualTo(Operation.REVERT_USER);
    assertThat(revert(then, true)).isEmpty();
    assertThat(journal()).hasSize(rows + 1);
  }

  @Test
  void lastAdministratorDoesNotLoseTheRoleByARevert() {
    long then = fixture.end();
    add(COMPANY_ADMINISTRATOR, REF);

    assertThat(failureOf(() -> revert(then, true))).isEqualTo(lastAdministrator());
    assertThat(roles().of(CUSTOMER, REF)).containsExactly(COMPANY_ADMINISTRATOR);

    fixture.create(OTHER, "other");
    add(COMPANY_ADMINISTRATOR, OTHER_REF);

    assertThat(revert(then, true)).containsExactly(taken(COMPANY_ADMINISTRATOR));
    assertThat(members(COMPANY_ADMINISTRATOR)).hasSize(1);
  }

  /** It does not count as one while it is deleted, so none goes. */
  @Test
  void deletedAdministratorIsBroughtBackWithoutTheRole() throws SQLException {
    fixture.create(OTHER, "other");
    add(COMPANY_ADMINISTRATOR, OTHER_REF);
    long then = fixture.end();
    add(COMPANY_ADMINISTRATOR, REF);
    fixture.delete(request());
    fixture.sql(
        "delete from role_members where user_id = " + fixture.store().literal(OTHER.value()));

    assertThat(revert(then, true)).contains(taken(COMPANY_ADMINISTRATOR));
    assertThat(fixture.user().isDeleted()).isFalse();
    assertThat(roles().of(CUSTOMER, REF)).isEmpty();
  }

  /** As after a version that knew other roles. */
  @Test
  void roleThatIsNoneAnyMoreDoesNotComeBack() throws SQLException {
    User user = fixture.user();
    UUID gone = new UUID(4, 4);
    FieldChange lost = new FieldChange("role:" + gone, "member", null);
    FieldChange won = new FieldChange("role:" + gone, null, "member");
    Holdings held = new HeldRoles();

    try (Transactions transactions = fixture.store().transactions()) {
      assertThat(
              failureOf(() ->
                  transactions.read(session ->
                      held.revert(session, user, List.of(lost), fixture.clock().instant()))))
          .isEqualTo(new Failure.Invalid(List.of(Problem.of("roles", Rule.ROLE_GONE, gone))));
      List<FieldChange> changes =
          transactions.read(
              session -> held.revert(session, user, List.of(lost, won), fixture.clock().instant()));
      assertThat(changes).isEmpty();
    }
  }

  @Test
  void roleIsFoundByItsIdAndNoOther() {
    for (DirectoryRole role : DirectoryRole.values()) {
      assertThat(DirectoryRole.of(role.id())).contains(role);
      assertThat(role.wireName().replace(' ', '_')).isEqualToIgnoringCase(role.name());
    }
    assertThat(DirectoryRole.of(new UUID(0, 0))).isEmpty();
  }
}
