package dev.vidame.cli;

import dev.vidame.directory.Directory;
import dev.vidame.directory.journal.Entry;
import dev.vidame.directory.journal.FieldChange;
import dev.vidame.samples.CustomerUserUpdate;
import dev.vidame.sdk.Exchange;
import dev.vidame.sdk.PartnerClient;
import dev.vidame.sdk.PartnerCredential;
import dev.vidame.sdk.PartnerException;
import dev.vidame.sdk.PartnerResponse;
import dev.vidame.sdk.RequestOptions;
import dev.vidame.sdk.UserClient;
import dev.vidame.wire.CustomerUser;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.stream.Collectors;

/** The founding operation and what must hold around it, each shown with one line. */
final class Demo {
  private final DemoStage stage;
  private final PrintWriter out;
  private final ConcurrentLinkedDeque<Exchange> exchanges = new ConcurrentLinkedDeque<>();
  private boolean held = true;

  Demo(DemoStage stage, PrintWriter out) {
    this.stage = stage;
    this.out = out;
  }

  /** Whether all of it held. */
  boolean run() {
    out.println("Server   " + stage.server().address());
    out.println("Customer " + DemoStage.CUSTOMER + " (" + DemoStage.DOMAIN + ")");
    out.println("User     " + DemoStage.USER);
    out.println();

    PartnerClient partner = partner(stage.agentCredential());
    CustomerUser updated = CustomerUserUpdate.run(partner, DemoStage.CUSTOMER, DemoStage.USER);
    print(exchanges.getLast());

    UserClient user = user(partner);
    check("the account reads back as the update left it", same(updated, user.get()));
    replay(user);
    applicationOnly();
    wrongCountry(user);
    journal();
    out.println();
    out.println(held ? "All of it held." : "NOT all of it held.");
    out.flush();
    return held;
  }

  private PartnerClient partner(PartnerCredential credential) {
    return PartnerClient.builder()
        .endpoint(stage.server().address())
        .allowPlainHttp()
        .credential(credential)
        .observer(exchanges::add)
        .build();
  }

  private static UserClient user(PartnerClient partner) {
    return partner.customers().byId(DemoStage.CUSTOMER).users().byId(DemoStage.USER);
  }

  /** The answer to an update shows the account as a later read does. */
  private static boolean same(CustomerUser updated, CustomerUser read) {
    return updated.equals(read)
        && "DisplayNameChange".equals(read.displayName())
        && "FirstNameChange".equals(read.firstName())
        && "LastNameChange".equals(read.lastName())
        && "US".equals(read.usageLocation());
  }

  private void replay(UserClient user) {
    var update = dev.vidame.wire.CustomerUserUpdate.builder().displayName("Once only").build();
    RequestOptions sameId = RequestOptions.none().withRequestId(UUID.randomUUID());
    PartnerResponse<CustomerUser> first = user.patchWithResponse(update, sameId);
    long rows = rows();
    PartnerResponse<CustomerUser> second = user.patchWithResponse(update, sameId);
    check(
        "the same request id again: the first answer (MS-Replayed), no second effect",
        !first.replayed()
            && second.replayed()
            && first.value().equals(second.value())
            && rows() == rows);
  }

  private void applicationOnly() {
    UserClient user = user(partner(stage.applicationCredential()));
    checkRefused(
        "an App-only token is refused",
        () -> user.patch(dev.vidame.wire.CustomerUserUpdate.builder().displayName("No").build()),
        403,
        2032);
  }

  private void wrongCountry(UserClient user) {
    var update =
        dev.vidame.wire.CustomerUserUpdate.builder()
            .displayName("Not stored")
            .usageLocation("ZZ")
            .build();
    CustomerUser before = user.get();
    long rows = rows();
    checkRefused("a country that does not exist is refused", () -> user.patch(update), 400, 3000);
    check("  and nothing of that request was stored", before.equals(user.get()) && rows() == rows);
  }

  private void checkRefused(String what, Runnable call, int status, int code) {
    String got;
    try {
      call.run();
      got = "not refused";
    } catch (PartnerException e) {
      got = e.status() + "/" + e.code();
    }
    check(what + ": " + got, got.equals(status + "/" + code));
  }

  private void journal() {
    Directory directory = stage.server().directory();
    Entry row = directory.journal(DemoStage.CUSTOMER, 2, 1).getFirst();
    String fields = row.changes().stream().map(FieldChange::field).collect(Collectors.joining(" "));
    check(
        "journal row %d at %s: %s of %s".formatted(row.seq(), row.at(), fields, row.subject()),
        row.changes().size() == 6 && directory.verifyJournal(DemoStage.CUSTOMER).isIntact());
  }

  private long rows() {
    return stage.server().directory().verifyJournal(DemoStage.CUSTOMER).verifiedUpTo();
  }

  private void check(String what, boolean isSo) {
    out.println((isSo ? "ok    " : "FAILED ") + what);
    held &= isSo;
  }

  private void print(Exchange exchange) {
    Exchange.Request request = exchange.request();
    out.println(request.method() + " " + request.uri() + " HTTP/1.1");
    printHeaders(request.headers());
    out.println();
    if (request.body() != null) {
      out.println(request.body());
    }
    out.println();
    Exchange.Response response = exchange.response();
    if (response != null) {
      out.println("HTTP/1.1 " + response.status());
      printHeaders(response.headers());
      out.println();
      out.println(response.body());
    }
    out.println();
  }

  private void printHeaders(Map<String, List<String>> headers) {
    headers.forEach((name, values) -> values.forEach(value -> out.println(name + ": " + value)));
  }
}
