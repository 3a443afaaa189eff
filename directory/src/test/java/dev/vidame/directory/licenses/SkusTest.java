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
}
