package dev.vidame.cli;

import java.io.PrintWriter;

/** Lines for a shell, to go on by hand where the demo ended. */
final class CurlLines {
  private final DemoStage stage;

  CurlLines(DemoStage stage) {
    this.stage = stage;
  }

  void print(PrintWriter out) {
    String base = stage.server().address().toString();
    String account = base + "/v1/customers/" + DemoStage.CUSTOMER + "/users/" + DemoStage.USER;
    out.println();
    out.println("Still serving at " + base + " (Ctrl-C stops it). Go on with:");
    out.println();
    out.println(
        "TOKEN=$(curl -s '%s/%s/oauth2/v2.0/token' -d '%s' | sed 's/.*\"access_token\":\"\\([^\"]*\\)\".*/\\1/')"
            .formatted(base, stage.partner(), stage.tokenForm()));
    out.println("curl -i -H \"Authorization: Bearer $TOKEN\" '%s'".formatted(account));
    out.println(
        "curl -i -X PATCH -H \"Authorization: Bearer $TOKEN\" -H 'Content-Type: application/json' '%s' -d '%s'"
            .formatted(
                account,
                "{\"usageLocation\":\"FR\",\"attributes\":{\"objectType\":\"CustomerUser\"}}"));
    out.flush();
  }
}
