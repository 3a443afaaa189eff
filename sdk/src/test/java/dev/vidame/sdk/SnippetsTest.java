package dev.vidame.sdk;

import static dev.vidame.sdk.Bench.ACCOUNT;
import static dev.vidame.sdk.Bench.CUSTOMER;
import static dev.vidame.sdk.Bench.USER;
import static dev.vidame.sdk.ScriptedServer.answer;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SnippetsTest {
  /** From the tag to the brace that ends it, which stands alone in its line. */
  private static final Pattern EXAMPLE =
      Pattern.compile("\\{@snippet :\n(.*?)\n *\\* }\n", Pattern.DOTALL);

  private static final Path SOURCES = Path.of("src/main/java");
  private static final Path SNIPPETS = Path.of("src/test/java/dev/vidame/sdk/Snippets.java");

  @Test
  void everyExampleOfTheDocumentationIsCompiledHere() throws IOException {
    String compiled = squeezed(Files.readString(SNIPPETS));
    int examples = 0;
    for (Path source : sources()) {
      Matcher matcher = EXAMPLE.matcher(Files.readString(source));
      while (matcher.find()) {
        String example = matcher.group(1).lines().map(SnippetsTest::text).collect(joining("\n"));
        assertThat(compiled).as("%s", source).contains(squeezed(example));
        examples++;
      }
    }

    assertThat(examples).isGreaterThan(20);
  }

  private static String text(String line) {
    return line.replaceFirst("^ *\\* ?", "");
  }

  private static String squeezed(String text) {
    return text.replaceAll("\\s+", "");
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }

  @Test
  void examplesRun() {
    String page = "{\"totalCount\":1,\"items\":[" + ACCOUNT + "]}";
    try (ScriptedServer server =
        ScriptedServer.start(request -> {
          if (request.target().endsWith("/profiles/billing")) {
            return answer(200, "{\"attributes\":{\"etag\":\"-1\"}}");
          }
          boolean isList = request.method().equals("GET") && isList(request.target());
          return answer(request.method().equals("POST") ? 201 : 200, isList ? page : ACCOUNT);
        })) {
      Snippets snippets = new Snippets(Bench.client(server, new TestTime()).build());
      UsersClient users =
          Bench.client(server, new TestTime()).build().customers().byId(CUSTOMER).users();

      assertThat(snippets.pages(CUSTOMER)).isEqualTo(1);
      snippets.customers(CUSTOMER);
      snippets.customer(CUSTOMER);
      snippets.roles(CUSTOMER, USER);
      assertThat(snippets.customerQuery()).hasSize(1);
      assertThat(snippets.audit(CUSTOMER)).hasSize(1);
      assertThat(snippets.users(CUSTOMER).id()).isEqualTo(USER);
      assertThat(snippets.create(users).id()).isEqualTo(USER);
      assertThat(snippets.update(CUSTOMER, USER).id()).isEqualTo(USER);
      assertThat(snippets.password(users.byId(USER)).id()).isEqualTo(USER);
      assertThat(snippets.errors(users.byId(USER), Bench.UPDATE)).isNull();
      assertThat(snippets.domains()).isTrue();
      assertThat(
              snippets.licenses(
                  users.byId(USER), new SkuId("EMS"), new UUID(1, 1), new SkuId("E5")))
          .isEmpty();
      assertThat(snippets.async(Runnable::run, CUSTOMER, USER).join().id()).isEqualTo(USER);
    }
  }

  private static boolean isList(String target) {
    return target.matches(".*/(users|customers|directoryroles|auditrecords)(\\?.*)?");
  }
}
