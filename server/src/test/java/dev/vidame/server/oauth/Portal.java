package dev.vidame.server.oauth;

import dev.vidame.directory.partners.Application;
import dev.vidame.directory.partners.ApplicationId;
import dev.vidame.server.harness.Tenancy;
import dev.vidame.server.harness.TestServer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A public application that sends browsers here, so that agents sign in and allow it to act. */
record Portal(ApplicationId id) {
  /** Where browsers come back to it. */
  static final String BACK = "https://portal.example/back";

  /** With the challenge the pair of RFC 7636, appendix B. */
  static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

  private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

  static Portal at(TestServer server) {
    ApplicationId id = new ApplicationId(UUID.randomUUID());
    server
        .server()
        .directory()
        .partners()
        .createApplication(
            new Application(id, Tenancy.PARTNER, "Portal", false, false, List.of(BACK)), null);
    return new Portal(id);
  }

  /** The address that it sends browsers to. */
  String page() {
    Map<String, String> wish = new LinkedHashMap<>();
    wish.put("client_id", id.toString());
    wish.put("redirect_uri", BACK);
    wish.put("response_type", "code");
    wish.put("code_challenge", CHALLENGE);
    wish.put("code_challenge_method", "S256");
    return "/" + Tenancy.PARTNER + "/oauth2/v2.0/authorize?" + Browser.form(wish);
  }
}
