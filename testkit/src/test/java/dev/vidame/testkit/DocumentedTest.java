package dev.vidame.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.seed.FoundingDocument;
import dev.vidame.wire.CustomerUserUpdate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents show of the kit compiles and works: it stands here, too. */
@VidameTest
final class DocumentedTest {
  private static final Path ROOT = Path.of("..");

  /** Lines that belong to the frame and not to the kit. */
  private static final Set<String> FRAME = Set.of("}", "@Test", "class RenameTest {");

  private final Software mySoftware = new Software();

  /** Stands for what is tested. */
  private static final class Software {
    private boolean isUsed;

    void use(URI server, String token) {
      isUsed = server.getPort() > 0 && !token.isEmpty();
    }
  }

  @Test
  void accountIsRenamed(Vidame vidame) {
    SeededUser anna = vidame.user().name("anna").usageLocation("FR").create();

    vidame
        .client()
        .customers()
        .byId(FoundingDocument.CUSTOMER)
        .users()
        .byId(anna.id())
        .patch(CustomerUserUpdate.builder().displayName("Anna").build());

    assertThat(vidame.exchanges()).extracting(Exchange::status).containsExactly(200);
  }

  @Test
  void asksTheRealThing(Vidame vidame) {
    mySoftware.use(vidame.baseUri(), vidame.appUser().token());
    assertThat(mySoftware.isUsed).isTrue();
  }

  @Test
  void faultsOfThePage(Vidame vidame) {
    vidame
        .faults()
        .on("PATCH", "/v1/customers/{c}/users/{u}")
        .times(2)
        .gateway429(Duration.ofSeconds(1));
    vidame.faults().on("GET", "/v1/customers/{c}/users").after(1).times(1).expireToken();
    vidame
        .faults()
        .onAll()
        .when(request -> request.query().contains("size=500"))
        .latency(Duration.ofSeconds(2));

    try (Http http = new Http(vidame)) {
      String users = "/v1/customers/" + FoundingDocument.CUSTOMER + "/users";
      String user = users + "/" + FoundingDocument.USER;
      assertThat(http.sendAsAdmin("PATCH", user, "{}").statusCode()).isEqualTo(429);
      assertThat(http.getAsAdmin(users).statusCode()).isEqualTo(200);
      assertThat(http.getAsAdmin(users).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void everyLineOfThePagesStandsHere() throws IOException {
    String here =
        dense(Files.readString(Path.of("src/test/java/dev/vidame/testkit/DocumentedTest.java")));
    List<String> shown =
        Stream.of("README.md", "docs/testing.md").flatMap(DocumentedTest::lines).toList();

    assertThat(shown).hasSizeGreaterThan(8);
    assertThat(shown).allSatisfy(line -> assertThat(here).contains(dense(line)));
  }

  /** Blanks and ends of lines are the formatter's. */
  private static String dense(String code) {
    return code.replaceAll("\\s", "");
  }

  private static Stream<String> lines(String page) {
    try {
      return Pattern.compile("(?s)```java\n(.*?)```")
          .matcher(Files.readString(ROOT.resolve(page)))
          .results()
          .flatMap(block -> block.group(1).lines())
          .map(line -> line.strip().replaceFirst(" }$", ""))
          .filter(line -> !line.isEmpty() && !line.startsWith("//") && !FRAME.contains(line))
          .map(line -> line.startsWith("@VidameTest") ? "@VidameTest" : line)
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
