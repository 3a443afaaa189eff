package dev.vidame.server.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.harness.Together;
import dev.vidame.server.tokens.World.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody replays a token that was exchanged long ago while its owner exchanges the next one. Who
 * comes first differs; that nothing of the family is good afterwards does not.
 */
final class RefreshRaceTest {
  private static final int RACES = 100;
  private static final int OF_OWNER = 3;
  private static final int OF_THIEF = 2;

  @TempDir private Path folder;
  private World world;

  @BeforeEach
  void open() {
    world = new World(folder);
  }

  @AfterEach
  void close() {
    world.close();
  }

  private Answer refresh(String token) {
    return world.ask(TokenVersion.V2, World.refresh(token));
  }

  @Test
  void replayedTokenEndsItsFamilyWhoeverComesFirst()
      throws InterruptedException, ExecutionException {
    String bystander = signIn();
    int ownersFirst = 0;
    for (int race = 0; race < RACES; race++) {
      String old = signIn();
      String current = refresh(old).text("refresh_token");
      world.clock.advance(Duration.ofHours(24).plusSeconds(1));

      List<Answer> answers =
          Together.run(OF_OWNER + OF_THIEF, i -> () -> refresh(i < OF_OWNER ? current : old));

      List<String> family = new ArrayList<>(List.of(old, current));
      for (Answer answer : answers) {
        if (answer.status() == 200) {
          family.add(answer.text("refresh_token"));
        }
      }
      ownersFirst += family.size() > 2 ? 1 : 0;
      assertThat(answers.subList(OF_OWNER, OF_OWNER + OF_THIEF))
          .as("race %s", race)
          .allMatch(answer -> answer.status() == 400);
      assertThat(family).as("race %s", race).allMatch(token -> refresh(token).status() == 400);
      bystander = refresh(bystander).text("refresh_token");
    }
    System.out.println("RefreshRaceTest: the owner was first in " + ownersFirst + " races");
  }

  private String signIn() {
    return world.ask(TokenVersion.V2, World.password()).text("refresh_token");
  }
}
