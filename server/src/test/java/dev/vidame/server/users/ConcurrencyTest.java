package dev.vidame.server.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Served;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.server.harness.Together;
import dev.vidame.wire.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several writers on one account, with and without {@code If-Match}. */
class ConcurrencyTest {
  @RegisterExtension static final Served served = new Served();

  private static final int WRITERS = 16;
  private static final int ROUNDS = 8;

  private final UserId user = served.server().tenancy().newUser();
  private final String path = TestServer.path(Tenancy.CUSTOMER, user);

  private RawAnswer read() {
    return served.server().sendAsAdmin(RawRequest.get(path));
  }

  private RawAnswer patch(String body, String tag) {
    return served.server().sendAsAdmin(RawRequest.patch(path, body).header("If-Match", tag));
  }

  /** Each reads the tag and writes under it, so that as many succeed as there are versions. */
  @Test
  void successesUnderIfMatchAreVersions() throws InterruptedException, ExecutionException {
    long before = served.server().tenancy().changes();

    List<List<RawAnswer>> answers =
        Together.run(
            WRITERS,
            writer ->
                () -> {
                  List<RawAnswer> mine = new ArrayList<>();
                  for (int round = 0; round < ROUNDS; round++) {
                    String body = "{\"displayName\":\"%d/%d\"}".formatted(writer, round);
                    mine.add(patch(body, read().header("ETag")));
                  }
                  return mine;
                });

    List<RawAnswer> all = answers.stream().flatMap(List::stream).toList();
    List<String> written =
        all.stream()
            .filter(answer -> answer.status() == 200)
            .map(answer -> answer.header("ETag"))
            .toList();
    assertThat(all).extracting(RawAnswer::outcome).isSubsetOf("200", "400/2055");
    assertThat(written).isNotEmpty().doesNotHaveDuplicates();
    assertThat(served.server().tenancy().changes() - before).isEqualTo(written.size());
  }

  @RepeatedTest(5)
  void oneOfSixteenUnderTheSameTagWins() throws InterruptedException, ExecutionException {
    String tag = read().header("ETag");

    List<RawAnswer> answers =
        Together.run(WRITERS, i -> () -> patch("{\"displayName\":\"Writer " + i + "\"}", tag));

    assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 200)
        .allSatisfy(answer -> {
          assertThat(answer.outcome()).isEqualTo("400/2055");
          assertThat(answer.json().get("data").texts()).containsExactly("displayName");
        });
  }

  /** Without a tag nobody is refused, and what one wrote the others leave alone. */
  @RepeatedTest(5)
  void differentPropertiesAllSurvive() throws InterruptedException, ExecutionException {
    List<String> properties =
        List.of("firstName", "lastName", "displayName", "immutableId", "phoneNumber");

    List<RawAnswer> answers =
        Together.run(
            WRITERS,
            i ->
                () ->
                    served
                        .server()
                        .sendAsAdmin(
                            RawRequest.patch(
                                path, "{\"%s\":\"%s\"}".formatted(properties.get(i % 5), user))));

    assertThat(answers).extracting(RawAnswer::outcome).containsOnly("200");
    RawAnswer now = read();
    assertThat(properties)
        .allSatisfy(name -> assertThat(now.json().get(name).text()).isEqualTo(user.toString()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "W/%s", "*", " %s "})
  void currentTagIsTakenInEverySpelling(String spelling) {
    String tag = spelling.formatted(read().header("ETag"));

    assertThat(patch("{\"displayName\":\"Changed\"}", tag).outcome()).isEqualTo("200");
  }

  @Test
  void tagMayBeBare() {
    String tag = read().header("ETag").replace("\"", "");

    assertThat(patch("{\"displayName\":\"Changed\"}", tag).outcome()).isEqualTo("200");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"0\"", "\"1\"", "x", "\"\"", "\"99999999999999999999\"", "-1", "W/"})
  void tagThatNeverWasIsStale(String tag) {
    RawAnswer answer = patch("{\"displayName\":\"Changed\"}", tag);

    assertThat(answer.outcome()).isEqualTo("400/2055");
  }

  @Test
  void deletionUnderAStaleTagIsRefusedAndUnderTheCurrentOneDone() {
    String stale = read().header("ETag");
    String current = patch("{\"displayName\":\"Changed\"}", stale).header("ETag");

    assertThat(delete(stale).outcome()).isEqualTo("400/2055");
    assertThat(read().json().get("state").text()).isEqualTo("active");
    assertThat(delete(current).outcome()).isEqualTo("204");
    assertThat(read().json().get("state").text()).isEqualTo("inactive");
    assertThat(delete("*").outcome()).isEqualTo("204");
  }

  private RawAnswer delete(String tag) {
    return served.server().sendAsAdmin(RawRequest.of("DELETE", path).header("If-Match", tag));
  }

  @Test
  void tagOfAnUnchangedAccountStays() {
    String before = read().header("ETag");

    RawAnswer answer = served.server().sendAsAdmin(RawRequest.patch(path, "{}"));

    assertThat(answer.header("ETag")).isEqualTo(before);
  }
}
