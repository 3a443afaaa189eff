package dev.vidame.server.changes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.server.harness.JsonNode;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import dev.vidame.wire.ChangePage;
import java.util.ArrayList;
import java.util.List;

/** The first customer's feed, as tests read it. */
final class Feed {
  static final String PATH = "/v1/customers/" + Tenancy.CUSTOMER + "/changes";

  private Feed() {}

  static RawAnswer ask(TestServer server, String query) {
    return server.sendAsAdmin(RawRequest.get(PATH + query));
  }

  static ChangePage page(TestServer server, String query) {
    RawAnswer answer = ask(server, query);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return ChangePage.fromJson(answer.body());
  }

  static String end(TestServer server) {
    return page(server, "?since=now").cursor();
  }

  /** Everything behind a cursor; empty for all. */
  static List<ChangePage.Item> all(TestServer server, String cursor) {
    List<ChangePage.Item> all = new ArrayList<>();
    String since = cursor;
    boolean hasMore = true;
    while (hasMore) {
      ChangePage page = page(server, "?size=1000&since=" + since);
      all.addAll(page.items());
      since = page.cursor();
      hasMore = page.hasMore();
    }
    return all;
  }

  static void change(TestServer server, String name) {
    RawAnswer answer =
        server.sendAsAdmin(
            RawRequest.patch(TestServer.foundingPath(), "{\"displayName\":\"" + name + "\"}"));
    assertThat(answer.status()).isEqualTo(200);
  }

  static JsonNode account(TestServer server, String id) {
    return server
        .sendAsAdmin(RawRequest.get("/v1/customers/" + Tenancy.CUSTOMER + "/users/" + id))
        .json();
  }
}
