package dev.vidame.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

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

    assertThat(BillingProfile.fromJson(profile.toJson())).isEqualTo(profile);
  }

  @Test
  void changedProfileKeepsItsIdAndItsVersion() {
    BillingProfile read =
        BillingProfile.fromJson(
            "{\"id\":\"1\",\"email\":\"a@b\",\"culture\":\"en-US\",\"attributes\":{\"etag\":-7}}"
                .getBytes(StandardCharsets.UTF_8));

    BillingProfile changed = read.toBuilder().email("c@d").build();

    assertThat(changed.id()).isEqualTo("1");
    assertThat(changed.etag()).isEqualTo("-7");
    assertThat(changed.culture()).isEqualTo("en-US");
    assertThat(changed.email()).isEqualTo("c@d");
  }
}
