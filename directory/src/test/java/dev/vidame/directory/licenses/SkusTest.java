package dev.vidame.directory.licenses;

import static dev.vidame.directory.Fixture.CUSTOMER;
import static dev.vidame.directory.Fixture.REF;
import static dev.vidame.directory.Fixture.request;
import static dev.vidame.directory.licenses.Products.ALL;
import static dev.vidame.directory.licenses.Products.EMS;
import static dev.vidame.directory.licenses.Products.GAME;
import static dev.vidame.directory.licenses.Products.INTUNE;
import static dev.vidame.directory.licenses.Products.VISIO;
import static dev.vidame.directory.licenses.Products.product;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.vidame.directory.DirectoryException;
import dev.vidame.directory.Failure;
import dev.vidame.directory.Fixture;
import dev.vidame.directory.journal.ChangeRequest;
import dev.vidame.directory.journal.Done;
import dev.vidame.directory.journal.Entry;
import dev.vidame.directory.journal.FieldChange;
import dev.vidame.directory.journal.Operation;
import dev.vidame.directory.users.Problem;
import dev.vidame.directory.users.Rule;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.LicenseGroup;
import dev.vidame.wire.ProductSku;
import dev.vidame.wire.ServicePlan;
import dev.vidame.wire.SubscribedSku;
import dev.vidame.wire.SubscribedSku.Units;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SkusTest {
  @TempDir private Path folder;
  private Fixture fixture;
  private Skus skus;

  @BeforeEach
  void open() throws SQLException {
    fixture = new Fixture(folder);
    skus = fixture.directory().skus();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private static Failure failureOf(ThrowingCallable call) {
    return catchThrowableOfType(DirectoryException.class, call).failure();
  }

  private static Failure invalid(String property, Rule rule, Object... arguments) {
    return new Failure.Invalid(List.of(Problem.of(property, rule, arguments)));
  }

  private void hold(String sku) {
    Products.locate(fixture, REF);
    fixture.directory().licenses().update(CUSTOMER, REF, Products.assign(sku), request());
  }

  @Test
  void whatIsDefinedIsListedByGroup() {
    SubscribedSku ems = product(EMS, "EMS", new Units(5, 2, 1, 0));
    SubscribedSku game = product(GAME, "GAME", 3);

    assertThat(skus.define(CUSTOMER, game)).isTrue();
    assertThat(skus.define(CUSTOMER, ems)).isTrue();

    assertThat(skus.list(CUSTOMER, EnumSet.of(LicenseGroup.GROUP1))).containsExactly(ems);
    assertThat(skus.list(CUSTOMER, EnumSet.of(LicenseGroup.GROUP2))).containsExactly(game);
    assertThat(skus.list(CUSTOMER, ALL)).containsExactly(game, ems);
    assertThat(skus.list(new CustomerId(new UUID(1, 1)), ALL)).isEmpty();
  }

  @Test
  void definingAgainReplacesAllButTheUnitsThatAreConsumed() {
    skus.define(CUSTOMER, product(EMS, "EMS", 5));
    hold(EMS);

    SubscribedSku other =
        new SubscribedSku(
            new ProductSku(EMS, "New name", "EMS2", "User", LicenseGroup.GROUP1),
            new Units(2, 1, 4, 99),
            List.of(new ServicePlan(INTUNE, "Intune", "INTUNE", "User")),
            "Warning");
    skus.define(CUSTOMER, other);

    assertThat(skus.list(CUSTOMER, ALL))
        .containsExactly(
            new SubscribedSku(
                other.product(), new Units(2, 1, 4, 1), other.plans(), other.capabilityStatus()));
  }

  @Test
  void idMatchesInAnyCaseAndKeepsItsFirstSpelling() {
    skus.define(CUSTOMER, product(GAME, "GAME", 5));
    hold(GAME.toLowerCase(Locale.ROOT));

    skus.define(CUSTOMER, product(GAME.toLowerCase(Locale.ROOT), "GAME", 7));
    skus.setUnits(CUSTOMER, GAME.toLowerCase(Locale.ROOT), new Units(8, 0, 0, 0));

    SubscribedSku only = skus.list(CUSTOMER, ALL).getFirst();
    assertThat(skus.list(CUSTOMER, ALL)).hasSize(1);
    assertThat(only.product().id()).isEqualTo(GAME);
    assertThat(only.plans()).hasSize(2);
    assertThat(only.units()).isEqualTo(new Units(8, 0, 0, 1));
    assertThat(fixture.directory().licenses().of(CUSTOMER, REF, ALL)).hasSize(1);
  }

  @Test
  void unitsThatAreInUseCannotBeTakenAway() {
    skus.define(CUSTOMER, product(EMS, "EMS", 5));
    hold(EMS);
    Units none = new Units(0, 0, 9, 0);

    assertThat(failureOf(() -> skus.setUnits(CUSTOMER, EMS, none)))
        .isEqualTo(invalid("activeUnits", Rule.UNITS_IN_USE, 1));
    assertThat(failureOf(() -> skus.define(CUSTOMER, product(EMS, "EMS", none))))
        .isEqualTo(invalid("activeUnits", Rule.UNITS_IN_USE, 1));
    assertThat(skus.setUnits(CUSTOMER, EMS, new Units(0, 1, 0, 0))).isTrue();
    assertThat(skus.list(CUSTOMER, ALL).getFirst().units()).isEqualTo(new Units(0, 1, 0, 1));
  }

  @Test
  void partNumberBelongsToOneProductOfACustomer() {
    skus.define(CUSTOMER, product(EMS, "EMS", 5));

    assertThat(failureOf(() -> skus.define(CUSTOMER, product(VISIO, "ems", 5))))
        .isEqualTo(new Failure.Conflict("productSku.skuPartNumber"));
    assertThat(skus.list(CUSTOMER, ALL)).hasSize(1);
  }

  @Test
  void whatIsUnknownIsNotDefined() throws SQLException {
    CustomerId nobody = new CustomerId(new UUID(1, 1));

    assertThat(skus.define(nobody, product(EMS, "EMS", 5))).isFalse();
    assertThat(skus.setUnits(CUSTOMER, EMS, new Units(1, 0, 0, 0))).isFalse();
    assertThat(fixture.count("select count(*) from subscribed_skus")).isZero();
    assertThat(fixture.count("select count(*) from service_plans")).isZero();
  }

  static Stream<Arguments> badProducts() {
    ProductSku good = product(EMS, "EMS", 1).product();
    return Stream.of(
        Arguments.of(bad(" ", "n", "p", "User"), "productSku.id", Rule.REQUIRED),
        Arguments.of(bad("x".repeat(257), "n", "p", "User"), "productSku.id", Rule.TOO_LONG),
        Arguments.of(bad("i", "", "p", "User"), "productSku.name", Rule.REQUIRED),
        Arguments.of(bad("i", "a\u0000", "p", "User"), "productSku.name", Rule.CONTROL_CHARACTER),
        Arguments.of(bad("i", "n", "", "User"), "productSku.skuPartNumber", Rule.REQUIRED),
        Arguments.of(bad("i", "n", "p", "user"), "productSku.targetType", Rule.NOT_ONE_OF),
        Arguments.of(with(good, "Enabled", -1, 0, 0), "activeUnits", Rule.NOT_A_COUNT),
        Arguments.of(with(good, "Enabled", 0, 100_000_001, 0), "warningUnits", Rule.NOT_A_COUNT),
        Arguments.of(with(good, "Enabled", 0, 0, -1), "suspendedUnits", Rule.NOT_A_COUNT),
        Arguments.of(with(good, "enabled", 0, 0, 0), "capabilityStatus", Rule.NOT_ONE_OF),
        Arguments.of(withPlan("", "S", "User"), "servicePlans.displayName", Rule.REQUIRED),
        Arguments.of(withPlan("D", "", "User"), "servicePlans.serviceName", Rule.REQUIRED),
        Arguments.of(withPlan("D", "S", "Both"), "servicePlans.targetType", Rule.NOT_ONE_OF),
        Arguments.of(withPlanTwice(), "servicePlans.id", Rule.PLAN_TWICE));
  }

  private static SubscribedSku bad(String id, String name, String partNumber, String target) {
    return with(
        new ProductSku(id, name, partNumber, target, LicenseGroup.GROUP1), "Enabled", 1, 0, 0);
  }

  private static SubscribedSku with(
      ProductSku product, String status, int active, int warning, int suspended) {
    return new SubscribedSku(product, new Units(active, warning, suspended, 0), List.of(), status);
  }

  private static SubscribedSku withPlan(String display, String service, String target) {
    SubscribedSku good = product(EMS, "EMS", 1);
    return new SubscribedSku(
        good.product(),
        good.units(),
        List.of(new ServicePlan(INTUNE, display, service, target)),
        "Enabled");
  }

  private static SubscribedSku withPlanTwice() {
    SubscribedSku good = product(EMS, "EMS", 1);
    ServicePlan plan = good.plans().getFirst();
    return new SubscribedSku(good.product(), good.units(), List.of(plan, plan), "Enabled");
  }

  @ParameterizedTest
  @MethodSource("badProducts")
  void badProductIsRefused(SubscribedSku sku, String property, Rule rule) {
    Failure failure = failureOf(() -> skus.define(CUSTOMER, sku));

    assertThat(((Failure.Invalid) failure).problems())
        .extracting(Problem::property, Problem::rule)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(property, rule));
    assertThat(skus.list(CUSTOMER, ALL)).isEmpty();
  }

  @Test
  void badUnitsAreRefused() {
    skus.define(CUSTOMER, product(EMS, "EMS", 1));

    assertThat(failureOf(() -> skus.setUnits(CUSTOMER, EMS, new Units(-1, 0, 0, 0))))
        .isEqualTo(invalid("activeUnits", Rule.NOT_A_COUNT, 100_000_000));
  }

  /** The last line of defence, should a writer ever be wrong. */
  @Test
  void storeItselfRefusesACountThatCannotBe() {
    skus.define(CUSTOMER, product(EMS, "EMS", 1));

    for (String count : List.of("-1", "2")) {
      assertThatThrownBy(() -> fixture.sql("update subscribed_skus set consumed_units = " + count))
          .isInstanceOf(SQLException.class)
          .hasMessageMatching("(?is).*check constraint.*");
    }
  }

  private Entry lastRow() {
    return fixture.directory().journal(CUSTOMER, 0, 1_000).getLast();
  }

  private long end() {
    return fixture.directory().changes().end(CUSTOMER).seq();
  }

  @Test
  void longestTextsAndLargestCountsAreGood() {
    String longest = "x".repeat(256);
    SubscribedSku sku =
        with(
            new ProductSku(longest, longest, longest, "Tenant", LicenseGroup.GROUP2),
            "LockedOut",
            100_000_000,
            100_000_000,
            100_000_000);

    assertThat(skus.define(CUSTOMER, sku)).isTrue();
    assertThat(skus.get(CUSTOMER, longest.toUpperCase(Locale.ROOT))).contains(sku);
    assertThat(skus.get(CUSTOMER, "x")).isEmpty();
  }

  @Test
  void whatIsWrongIsToldWithWhatIsRight() {
    assertThat(failureOf(() -> skus.define(CUSTOMER, bad("i", "n", "p", "user"))))
        .isEqualTo(invalid("productSku.targetType", Rule.NOT_ONE_OF, "Tenant, User"));
    assertThat(failureOf(() -> skus.define(CUSTOMER, bad("i", "x".repeat(257), "p", "User"))))
        .isEqualTo(invalid("productSku.name", Rule.TOO_LONG, 256));
    assertThat(failureOf(() -> skus.define(CUSTOMER, withPlanTwice())))
        .isEqualTo(invalid("servicePlans.id", Rule.PLAN_TWICE, INTUNE));
  }

  @Test
  void definitionIsARowOfWhatChanged() {
    ChangeRequest request = request();
    SubscribedSku ems = product(EMS, "EMS", new Units(5, 2, 1, 0));
    String frame = "sku:" + EMS + ".";

    assertThat(skus.define(CUSTOMER, ems, request)).contains(new Done<>(ems, false));
    assertThat(lastRow().operation()).isEqualTo(Operation.DEFINE_SKU);
    assertThat(lastRow().subject()).isEqualTo(CUSTOMER.value());
    assertThat(lastRow().changes())
        .containsExactly(
            new FieldChange(frame + "name", null, "Product EMS"),
            new FieldChange(frame + "skuPartNumber", null, "EMS"),
            new FieldChange(frame + "targetType", null, "User"),
            new FieldChange(frame + "licenseGroup", null, LicenseGroup.GROUP1.wire()),
            new FieldChange(frame + "capabilityStatus", null, "Enabled"),
            new FieldChange(frame + "activeUnits", null, "5"),
            new FieldChange(frame + "warningUnits", null, "2"),
            new FieldChange(frame + "suspendedUnits", null, "1"),
            new FieldChange(frame + "servicePlans", null, INTUNE + "," + Products.RIGHTS));

    SubscribedSku more = product(EMS, "EMS", new Units(6, 2, 1, 0));
    assertThat(skus.define(CUSTOMER, more, request())).contains(new Done<>(more, false));
    assertThat(lastRow().changes())
        .containsExactly(new FieldChange(frame + "activeUnits", "5", "6"));
    long end = end();
    assertThat(skus.define(CUSTOMER, ems, request)).contains(new Done<>(more, true));
    assertThat(skus.define(CUSTOMER, more, request())).contains(new Done<>(more, false));
    assertThat(end()).isEqualTo(end);
  }

  @Test
  void unitsAreChangedOnceForEachRequest() {
    skus.define(CUSTOMER, product(EMS, "EMS", 5));
    ChangeRequest request = request();
    SubscribedSku seven = product(EMS, "EMS", 7);

    for (boolean isReplay : new boolean[] {false, true}) {
      assertThat(
              skus.changeUnits(
                  CUSTOMER,
                  EMS.toUpperCase(Locale.ROOT),
                  units -> new Units(units.active() + 2, 0, 0, 9),
                  request))
          .contains(new Done<>(seven, isReplay));
    }
    assertThat(lastRow().changes())
        .containsExactly(new FieldChange("sku:" + EMS + ".activeUnits", "5", "7"));
    assertThat(skus.changeUnits(CUSTOMER, VISIO, units -> units, request())).isEmpty();
    assertThat(
            failureOf(
                () -> skus.changeUnits(CUSTOMER, EMS, units -> new Units(0, 0, -1, 0), request())))
        .isEqualTo(invalid("suspendedUnits", Rule.NOT_A_COUNT, 100_000_000));
    assertThat(skus.get(CUSTOMER, EMS)).contains(seven);
  }

  @Test
  void asManyUnitsAsAreInUseAreEnough() {
    skus.define(CUSTOMER, product(EMS, "EMS", 5));
    hold(EMS);

    assertThat(skus.define(CUSTOMER, product(EMS, "EMS", 1))).isTrue();
    assertThat(
            failureOf(
                () -> skus.changeUnits(CUSTOMER, EMS, units -> new Units(0, 0, 1, 0), request())))
        .isEqualTo(invalid("activeUnits", Rule.UNITS_IN_USE, 1));
  }

  @Test
  void productGoesWhenNoAccountHoldsIt() throws SQLException {
    skus.define(CUSTOMER, product(EMS, "EMS", 5));
    skus.define(CUSTOMER, product(GAME, "GAME", 5));
    hold(EMS);
    fixture.delete(request());
    String other = EMS.toUpperCase(Locale.ROOT);

    assertThat(failureOf(() -> skus.remove(CUSTOMER, other, request())))
        .isEqualTo(invalid("activeUnits", Rule.UNITS_IN_USE, 1));
    assertThat(skus.get(CUSTOMER, EMS)).isPresent();

    fixture.sql("delete from licenses");
    ChangeRequest request = request();
    assertThat(skus.remove(CUSTOMER, other, request)).contains(new Done<>(EMS, false));
    assertThat(lastRow().operation()).isEqualTo(Operation.REMOVE_SKU);
    assertThat(lastRow().changes()).containsExactly(new FieldChange("sku", EMS, null));
    assertThat(skus.list(CUSTOMER, ALL))
        .extracting(sku -> sku.product().id())
        .containsExactly(GAME);
    assertThat(fixture.count("select count(*) from service_plans")).isEqualTo(2);
    assertThat(skus.remove(CUSTOMER, other, request)).contains(new Done<>(other, true));
    assertThat(skus.remove(CUSTOMER, other, request())).isEmpty();
  }

  /** Should a writer ever have been wrong, the next one does not go on. */
  @Test
  void licenceWithoutAUnitIsNotGivenBack() throws SQLException {
    skus.define(CUSTOMER, product(EMS, "EMS", 5));
    hold(EMS);
    fixture.sql("update subscribed_skus set consumed_units = 0");

    assertThatThrownBy(() ->
            fixture.directory().licenses().update(CUSTOMER, REF, Products.remove(EMS), request()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("A licence was held that consumed no unit: " + EMS);
    assertThat(fixture.directory().licenses().of(CUSTOMER, REF, ALL)).hasSize(1);
  }
}
