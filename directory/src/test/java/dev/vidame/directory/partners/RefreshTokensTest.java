package dev.vidame.directory.partners;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.Directory;
import dev.vidame.directory.Fixture;
import dev.vidame.directory.Together;
import dev.vidame.directory.partners.RefreshTokens.Exchange;
import dev.vidame.directory.partners.RefreshTokens.Lifetimes;
import dev.vidame.directory.partners.RefreshTokens.Subject;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Refresh tokens where two servers have one store. */
@Tag("postgresql")
class RefreshTokensTest {
  private static final int RACES = 100;
  private static final int OF_OWNER = 3;
  private static final int OF_THIEF = 2;

  private static final Agent AGENT =
      new Agent(
          new AgentId(new UUID(4, 1)),
          Fixture.PARTNER,
          "ada@partner.example",
          "Ada",
          Set.of(Role.ADMIN_AGENT));

  @TempDir private Path folder;
  private Fixture fixture;
  private Directory other;
  private Subject subject;

  @BeforeEach
  void open() throws SQLException {
    fixture = new Fixture(folder);
    other = fixture.store().open(Directory.Options.standard().withClock(fixture.clock()));
    ApplicationId application = fixture.application().application();
    fixture.directory().partners().createAgent(AGENT, "Correct-Horse-7");
    subject = new Subject(Fixture.PARTNER, AGENT.id(), application, "resource");
  }

  @AfterEach
  void close() {
    other.close();
    fixture.close();
  }

  private RefreshTokens here() {
    return fixture.directory().refreshTokens();
  }

  private static Optional<String> next(RefreshTokens tokens, String token, Subject subject) {
    return tokens.exchange(token, subject.application()).map(Exchange::token);
  }

  /** What only the store can tell one server of the other. */
  @Test
  void replayedTokenEndsItsFamilyWhicheverServerHearsOfIt()
      throws InterruptedException, ExecutionException {
    List<RefreshTokens> servers = List.of(here(), other.refreshTokens());
    String bystander = here().issue(subject);
    int ownersFirst = 0;
    for (int race = 0; race < RACES; race++) {
      String old = here().issue(subject);
      String current = next(here(), old, subject).orElseThrow();
      fixture.clock().advance(Lifetimes.standard().grace().plus(Duration.ofMillis(1)));

      List<Optional<String>> answers =
          Together.run(
              OF_OWNER + OF_THIEF,
              i -> () -> next(servers.get(i % 2), i < OF_OWNER ? current : old, subject));

      List<String> family = new ArrayList<>(List.of(old, current));
      answers.forEach(answer -> answer.ifPresent(family::add));
      ownersFirst += family.size() > 2 ? 1 : 0;
      assertThat(answers.subList(OF_OWNER, OF_OWNER + OF_THIEF))
          .as("race %s", race)
          .allMatch(Optional::isEmpty);
      for (RefreshTokens server : servers) {
        assertThat(family)
            .as("race %s", race)
            .allMatch(token -> next(server, token, subject).isEmpty());
      }
      bystander = next(servers.get(race % 2), bystander, subject).orElseThrow();
    }
    System.out.println("RefreshTokensTest: the owner was first in " + ownersFirst + " races");
  }
}
