package dev.vidame.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.directory.partners.Role;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.Served;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.texts.Language;
import dev.vidame.server.texts.Text;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The pages speak French as well as English, and set it as French is set. */
class PageTextsTest {
  @RegisterExtension static final Served served = new Served();

  private static final Path TEMPLATES = Path.of("src/main/jte");
  private static final Path CLASSES = Path.of("src/main/java/dev/vidame/server/dashboard");
  private static final Path FRENCH =
      Path.of("src/main/resources/dev/vidame/server/texts/fr-dashboard.txt");

  private static final Pattern SAID = Pattern.compile("say\\(\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern MADE =
      Pattern.compile("Text\\.of\\(\\s*((?:\"(?:[^\"\\\\]|\\\\.)*\"\\s*\\+?\\s*)+)");
  private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

  /** The same in both languages, or nothing but what is put into them. */
  private static final Set<String> ALIKE =
      Set.of(
          "%s",
          "Agent",
          "Agents",
          "Application",
          "Applications",
          "Licence",
          "Licence %s",
          "Licences",
          "Microsoft ID",
          "Pages",
          "Secret",
          "Secrets",
          "Total");

  private static List<String> read(Path folder, String ending) throws IOException {
    try (Stream<Path> files = java.nio.file.Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(ending))
          .map(PageTextsTest::text)
          .toList();
    }
  }

  private static String text(Path file) {
    try {
      return java.nio.file.Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Set<String> said() throws IOException {
    Set<String> said = new HashSet<>();
    for (String template : read(TEMPLATES, ".jte")) {
      SAID.matcher(template).results().map(found -> found.group(1)).forEach(said::add);
    }
    for (String source : read(CLASSES, ".java")) {
      MADE.matcher(source)
          .results()
          .map(found ->
              LITERAL
                  .matcher(found.group(1))
                  .results()
                  .map((MatchResult literal) -> literal.group(1))
                  .collect(Collectors.joining()))
          .forEach(said::add);
    }
    return said;
  }

  @Test
  void everythingThatPagesSayIsTranslated() throws IOException {
    Set<String> said = said();

    assertThat(said).hasSizeGreaterThan(150);
    for (String text : said) {
      if (!ALIKE.contains(text)) {
        String french = new Text(text, List.of("1", "2", "3")).in(Language.FRENCH);
        assertThat(french)
            .as(text)
            .isNotEqualTo(new Text(text, List.of("1", "2", "3")).in(Language.ENGLISH));
      }
    }
  }

  @Test
  void nothingIsTranslatedThatNobodySays() throws IOException {
    List<String> lines =
        text(FRENCH).lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    Set<String> said = said();
    said.addAll(List.of("Sign in to the dashboard with your agent's account.", "Cancel"));

    for (int i = 0; i < lines.size(); i += 2) {
      assertThat(said).contains(lines.get(i));
    }
  }

  @Test
  void frenchIsSetAsFrench() throws IOException {
    for (String line : text(FRENCH).lines().filter(each -> !each.startsWith("#")).toList()) {
      assertThat(line).doesNotContainPattern("[ \u00a0][;:!?]").doesNotContain("'é", "l'", "d'");
    }
  }

  /** English texts that stand alone in elements of pages would be seen here. */
  @Test
  void frenchPagesSpeakFrench() {
    Visitor visitor =
        Visitor.signedIn(served.server(), served.server().tenancy().agent(Role.ADMIN_AGENT), "fr");
    String customer = "/dashboard/customers/" + Tenancy.CUSTOMER;
    for (String address :
        List.of(
            "/dashboard/customers",
            customer,
            customer + "/users",
            customer + "/deleted",
            customer + "/licenses",
            customer + "/bulk",
            customer + "/selected",
            customer + "/chain",
            customer + "/chain?on=start",
            customer + "/users/" + Tenancy.USER,
            customer + "/users/" + Tenancy.USER + "/password",
            "/dashboard/records",
            "/dashboard/agents",
            "/dashboard/agents/new",
            "/dashboard/agents/" + served.server().tenancy().agent(Role.SALES_AGENT).id(),
            "/dashboard/applications",
            "/dashboard/applications/new",
            "/dashboard/applications/" + served.server().tenancy().confidential().id(),
            "/dashboard/why?operation=list_customers",
            "/dashboard/nothing")) {
      RawAnswer page = visitor.get(address);

      assertThat(page.text())
          .as(address)
          .contains("<html lang=\"fr\">", ">Aller au contenu<", ">Se déconnecter<")
          .doesNotContain(">Customers<", ">Search<", ">Users<", ">Save<", "There is no");
    }
    assertThat(visitor.get("/dashboard/customers").text())
        .contains("Clients sur cette page\u202f: 1");
    assertThat(visitor.get(customer).text()).contains("22 nov. 2026");
  }

  @Test
  void refusalsInFrenchAreSetAsFrench() {
    Visitor visitor =
        Visitor.signedIn(
            served.server(), served.server().tenancy().agent(Role.HELPDESK_AGENT), "fr");

    RawAnswer page = visitor.get("/dashboard/records");

    assertThat(page.status()).isEqualTo(403);
    assertThat(page.text())
        .contains("Vous n’en avez pas le droit", "\u202f: admin_agent")
        .doesNotContain(" : admin_agent");
  }
}
