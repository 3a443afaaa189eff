package dev.vidame.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.Directory;
import dev.vidame.directory.partners.ApplicationId;
import dev.vidame.directory.partners.PartnerId;
import dev.vidame.directory.partners.Standings.Bearer;
import dev.vidame.wire.CustomerId;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherPartnerTest {
  @TempDir private Path folder;

  @Test
  void eachCustomerIsOfOneOfThePartnersAndInItsListOnly() throws IOException, SQLException {
    SeededStore store = SeededStore.create(folder, new SeededStore.Size(10, 5));

    OtherPartner other = OtherPartner.addTo(store);

    Set<CustomerId> firsts = customers(other.firstAccountsFile());
    Set<CustomerId> theirs = customers(other.accountsFile());
    assertThat(firsts).hasSize(3).doesNotContainAnyElementsOf(theirs);
    assertThat(theirs).hasSize(2);
    assertThat(Accounts.read(other.firstAccountsFile()).count()).isEqualTo(6);
    assertThat(Accounts.read(other.accountsFile()).count()).isEqualTo(4);
    try (Directory directory = Directory.open(store.file(), Directory.Options.standard())) {
      for (CustomerId customer : firsts) {
        assertThat(mayAct(directory, store.partner(), store.application(), customer)).isTrue();
        assertThat(mayAct(directory, other.partner(), other.application(), customer)).isFalse();
      }
      for (CustomerId customer : theirs) {
        assertThat(mayAct(directory, store.partner(), store.application(), customer)).isFalse();
        assertThat(mayAct(directory, other.partner(), other.application(), customer)).isTrue();
      }
    }
  }

  private static boolean mayAct(
      Directory directory, PartnerId partner, ApplicationId application, CustomerId customer) {
    return directory
        .standings()
        .of(new Bearer(partner, application, application.value(), null), customer)
        .orElseThrow()
        .hasRelationship();
  }

  private static Set<CustomerId> customers(Path list) throws IOException {
    Accounts accounts = Accounts.read(list);
    Set<CustomerId> found = new HashSet<>();
    for (int i = 0; i < accounts.count(); i++) {
      found.add(accounts.customer(i));
    }
    return found;
  }
}
