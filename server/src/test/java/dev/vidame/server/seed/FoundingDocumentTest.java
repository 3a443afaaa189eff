package dev.vidame.server.seed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.Directory;
import dev.vidame.directory.partners.Agent;
import dev.vidame.directory.users.UserRef;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FoundingDocumentTest {
  @Test
  void documentHasAllThatItsConstantsName(@TempDir Path folder) throws Exception {
    try (Directory directory =
        Directory.open(folder.resolve("store.db"), Directory.Options.standard())) {
      assertThat(FoundingDocument.seed().loadInto(directory, UUID::randomUUID).isLoaded()).isTrue();

      Agent agent =
          directory
              .partners()
              .signIn(FoundingDocument.AGENT_NAME, FoundingDocument.AGENT_PASSWORD)
              .orElseThrow();
      assertThat(agent.id()).isEqualTo(FoundingDocument.AGENT);
      assertThat(agent.partner()).isEqualTo(FoundingDocument.PARTNER);
      assertThat(
              directory
                  .partners()
                  .authenticate(FoundingDocument.APPLICATION, FoundingDocument.APPLICATION_SECRET))
          .isPresent();
      assertThat(directory.customers().get(FoundingDocument.CUSTOMER)).isPresent();
      assertThat(directory.customers().isDomainTaken(FoundingDocument.DOMAIN)).isTrue();
      assertThat(directory.skus().get(FoundingDocument.CUSTOMER, FoundingDocument.SKU)).isPresent();
      UserRef user = new UserRef.ById(FoundingDocument.USER);
      assertThat(directory.users().get(FoundingDocument.CUSTOMER, user).userPrincipalName())
          .endsWith("@" + FoundingDocument.DOMAIN);
      UserRef administrator = new UserRef.ById(FoundingDocument.ADMINISTRATOR);
      assertThat(directory.roles().of(FoundingDocument.CUSTOMER, administrator)).hasSize(1);
    }
  }
}
