package dev.vidame.server.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawConnection;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.SecretSearch;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** A server that secrets are planted in, and everything that it answers. Used by one thread. */
final class Planting {
  static final String USERS = "/v1/customers/" + Tenancy.CUSTOMER + "/users";

  /** In every one of them, so that one search finds all. */
  private static final String MARK = "Planted-Secret-";

  private static final Pattern PLANTED = Pattern.compile(MARK + "[0-9]+", Pattern.CASE_INSENSITIVE);

  /** What clients know that quotes whoever sent it, to nobody else, and is written nowhere. */
  private static final Pattern QUOTES =
      Pattern.compile(
          "(Unable to parse enum: |cannot be sorted by |\"uri\":\"/[a-z]+\\?[A-Za-z]+=)"
              + MARK
              + "[0-9]+");

  /** Its examples are the passwords of tests. */
  private static final String DOCUMENT = "GET /openapi.json";

  /** Names and the like, which are kept, recorded and shown as they are given. */
  private static final Set<String> KEPT =
      Set.of(
          "displayName",
          "firstName",
          "lastName",
          "phoneNumber",
          "immutableId",
          "name",
          "companyName",
          "email",
          "middleName",
          "region",
          "issuer",
          "kid", // of a public key
          "domain",
          "verifiedDomainName", // which an error names
          "skuId", // likewise
          "licensesToRemove",
          "addressLine1",
          "addressLine2",
          "city",
          "postalCode",
          "audience",
          "agentClaim",
          "applicationClaim",
          "clientId",
          "skuPartNumber",
          "serviceName",
          "capabilityStatus",
          "targetType");

  private static final boolean IS_LONG = Boolean.getBoolean("vidame.long");

  private final TestServer server;
  private final SecretSearch marks = SecretSearch.of(List.of(MARK));
  private final List<Answered> answers = new ArrayList<>();
  private final List<String> found = new ArrayList<>();
  private int planted;

  private record Answered(String where, String text) {}

  Planting(TestServer server) {
    this.server = server;
  }

  TestServer server() {
    return server;
  }

  /** A new one, good enough to be an account's password. */
  String plant() {
    return MARK + ++planted;
  }

  /** Whether something of this name is kept, recorded and shown as it is given. */
  static boolean isKept(String name) {
    return KEPT.contains(name);
  }

  /**
   * Which places are planted at once: all of them, and in the long tests also one after the other,
   * because the first that is refused hides the others.
   */
  static <T> List<Set<T>> turns(Set<T> places) {
    List<Set<T>> turns = new ArrayList<>();
    if (!places.isEmpty()) {
      turns.add(places);
    }
    if (IS_LONG) {
      places.forEach(place -> turns.add(Set.of(place)));
    }
    return turns;
  }

  /** A new one for each name. */
  Map<String, String> plant(Set<String> names) {
    Map<String, String> planted = new LinkedHashMap<>();
    names.forEach(name -> planted.put(name, plant()));
    return planted;
  }

  int planted() {
    return planted;
  }

  /** Where something was found that should not be there. */
  List<String> found() {
    return found;
  }

  /** Sends a request, and looks at the answer. */
  RawAnswer receive(RawRequest request) {
    return receive(request, false);
  }

  /**
   * Sends a request, and looks at the answer.
   *
   * @param isEchoed whether the answer may show what was sent, to who sent it: a page shows its
   *     form again as it was filled in
   */
  RawAnswer receive(RawRequest request, boolean isEchoed) {
    try (RawConnection connection = server.connect()) {
      RawAnswer answer = connection.exchange(request);
      hear(request, answer, isEchoed);
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(request.method() + " " + request.target(), e);
    }
  }

  /** Looks at an answer that somebody else has got. */
  void hear(RawRequest request, RawAnswer answer, boolean isEchoed) {
    assertThat(answer.status()).as("%s", request).isNotEqualTo(500);
    String where = request.method() + " " + request.target() + " " + answer.status();
    String text = answer.toString();
    answers.add(new Answered(where, text));
    look(where, (isEchoed ? PLANTED : QUOTES).matcher(text).replaceAll(""));
  }

  /** Looks for what was planted. */
  void look(String where, String text) {
    marks.in(text).forEach(each -> found.add(where + ": " + each));
  }

  /** What was planted and is in a folder. */
  List<String> inFiles(Path folder) {
    return marks.inFiles(folder);
  }

  /** Secrets that were given away are in the answer that gives them, once, and in no other. */
  void lookIntoAnswers(Collection<Given> given) {
    for (Given each : given) {
      SecretSearch search = SecretSearch.of(List.of(each.secret()));
      boolean isToBeShown = each.isShownOnce();
      for (Answered answer : answers) {
        if (answer.where().startsWith(DOCUMENT)) {
          continue;
        }
        List<String> here = search.in(answer.text());
        if (!here.isEmpty() && !isToBeShown) {
          found.add(each.name() + " in " + answer.where() + ": " + here);
        }
        isToBeShown &= here.isEmpty();
      }
      if (isToBeShown) {
        found.add(each.name() + " was never shown, so that it is looked for in vain");
      }
    }
  }
}
