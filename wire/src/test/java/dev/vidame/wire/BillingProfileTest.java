package dev.vidame.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BillingProfileTest {
  @Test
  void builtProfileIsWrittenAndReadAsItIs() {
    BillingProfile profile =
        BillingProfile.builder()
            .firstName("Grace")
            .lastName("Hopper")
            .email("g@contoso.example")
            .culture("en-US")
            .language("en")
            .companyName("Contoso")
            .defaultAddress(
                Address.builder()
                    .country("US")
                    .region("wa")
                    .city("Redmond")
                    .state("WA")
                    .addressLine1("1 Way")
                    .addressLine2("2nd floor")
                    .postalCode("98052")
                    .firstName("Grace")
                    .middleName("B")
                    .lastName("Hopper")
                    .phoneNumber("1")
                    .build())
            .build();

    assertThat(new String(profile.toJson(), UTF_8))
        .isEqualTo(
            """
            {"firstName":"Grace","lastName":"Hopper","email":"g@contoso.example",\
            "culture":"en-US","language":"en","companyName":"Contoso",\
            "defaultAddress":{"country":"US","region":"wa","city":"Redmond","state":"WA",\
            "addressLine1":"1 Way","addressLine2":"2nd floor","postalCode":"98052",\
            "firstName":"Grace","middleName":"B","lastName":"Hopper","phoneNumber":"1"},\
            "attributes":{"objectType":"CustomerBillingProfile"}}\
            """);
    assertThat(BillingProfile.fromJson(profile.toJson())).isEqualTo(profile);
  }

  @Test
  void changedProfileKeepsItsIdItsVersionAndItsPlace() {
    BillingProfile read =
        BillingProfile.fromJson(
            "{\"id\":\"1\",\"email\":\"a@b\",\"culture\":\"en-US\",\"attributes\":{\"etag\":-7}}"
                .getBytes(UTF_8));

    BillingProfile changed = read.at(Link.get("/a")).toBuilder().email("c@d").build();

    assertThat(changed)
        .isEqualTo(
            new BillingProfile(
                "1", null, null, "c@d", "en-US", null, null, null, "-7", Link.get("/a")));
  }

  record Part(String name, BiFunction<Address.Builder, String, Address.Builder> set) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Stream<Part> partsOfAnAddress() {
    return Stream.of(
        new Part("country", Address.Builder::country),
        new Part("region", Address.Builder::region),
        new Part("city", Address.Builder::city),
        new Part("state", Address.Builder::state),
        new Part("addressLine1", Address.Builder::addressLine1),
        new Part("addressLine2", Address.Builder::addressLine2),
        new Part("postalCode", Address.Builder::postalCode),
        new Part("firstName", Address.Builder::firstName),
        new Part("middleName", Address.Builder::middleName),
        new Part("lastName", Address.Builder::lastName),
        new Part("phoneNumber", Address.Builder::phoneNumber));
  }

  @ParameterizedTest
  @MethodSource("partsOfAnAddress")
  void addressOfOnePartIsWrittenAndReadAndNotBlank(Part part) {
    Address address = part.set().apply(Address.builder(), "x").build();

    assertThat(new String(BillingProfile.builder().defaultAddress(address).build().toJson(), UTF_8))
        .startsWith("{\"defaultAddress\":{\"" + part.name() + "\":\"x\"},\"attributes\"");
    assertThat(Address.from(JsonBody.parse(("{" + part.name() + ":'x'}").getBytes(UTF_8))))
        .isEqualTo(address);
    assertThat(address.isBlank()).isFalse();
    assertThat(part.set().apply(Address.builder(), "").build().isBlank()).isTrue();
  }

  @Test
  void addressOfNothingIsBlank() {
    assertThat(Address.builder().build().isBlank()).isTrue();
  }
}
