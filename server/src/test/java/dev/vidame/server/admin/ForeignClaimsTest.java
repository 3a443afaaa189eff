package dev.vidame.server.admin;

import static dev.vidame.server.admin.Admin.OURS;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import dev.vidame.directory.partners.Role;
import dev.vidame.server.harness.RawAnswer;
import java.io.IOException;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tokens in the forms that Entra ID documents, under the settings of docs/external-issuers.md, and
 * tokens that hold what no token should.
 */
class ForeignClaimsTest {
  private static final String REFUSED = "401/400";
  private static final String TENANT = UUID.randomUUID().toString();
  private static final String API = UUID.randomUUID().toString();
  private static final String API_URI = "api://" + API;

  @TempDir private Path folder;
  private Admin admin;
  private Provider provider;

  @BeforeEach
  void start() throws IOException {
    admin = Admin.start(folder);
    provider = new Provider();
    trust("https://login.microsoftonline.com/" + TENANT + "/v2.0", API, "azp");
    trust("https://sts.windows.net/" + TENANT + "/", API_URI, "appid");
  }

  @AfterEach
  void stop() {
    provider.close();
    admin.close();
  }

  private void trust(String issuer, String audience, String applicationClaim) {
    RawAnswer answer =
        admin.send(
            "POST",
            OURS + "/issuers",
            "{\"issuer\":\"%s\",\"audience\":\"%s\",\"jwksUrl\":\"%s\",\"agentClaim\":\"oid\",\"applicationClaim\":\"%s\"}"
                .formatted(issuer, audience, provider.keysUrl(), applicationClaim));
    assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
  }

  /** What tokens of both versions hold, whoever they are for. */
  private Map<String, Object> claims() {
    long now = admin.server().clock().instant().getEpochSecond();
    Map<String, Object> claims = new HashMap<>();
    claims.put("iat", now);
    claims.put("nbf", now);
    claims.put("exp", now + 4_000);
    claims.put("aio", "E2NgYHgs");
    claims.put("rh", "0.AAAA");
    claims.put("sub", "AAAAAAAAAAAAAAAAAAAAAIkzqFVrSaSaFHy782bbtaQ");
    claims.put("tid", TENANT);
    claims.put("uti", "bRXpfVY");
    return claims;
  }

  private Map<String, Object> ofVersion2() {
    Map<String, Object> claims = claims();
    claims.put("iss", "https://login.microsoftonline.com/" + TENANT + "/v2.0");
    claims.put("aud", API);
    claims.put("azp", admin.server().tenancy().confidential().id().toString());
    claims.put("azpacr", "0");
    claims.put("ver", "2.0");
    return claims;
  }

  private Map<String, Object> ofVersion1() {
    Map<String, Object> claims = claims();
    claims.put("iss", "https://sts.windows.net/" + TENANT + "/");
    claims.put("aud", API_URI);
    claims.put("appid", admin.server().tenancy().confidential().id().toString());
    claims.put("appidacr", "0");
    claims.put("ver", "1.0");
    return claims;
  }

  private Map<String, Object> agents(Map<String, Object> claims) {
    claims.put("oid", admin.server().tenancy().agent(Role.ADMIN_AGENT).id().toString());
    claims.put("scp", "user_impersonation");
    claims.put("name", "First Last");
    return claims;
  }

  private static Map<String, Object> applications(Map<String, Object> claims) {
    claims.put("oid", UUID.randomUUID().toString());
    claims.put("idtyp", "app");
    return claims;
  }

  private String signed(Map<String, Object> claims) {
    try {
      JWSHeader header =
          JWSHeader.parse(
              Map.of("typ", "JWT", "alg", "RS256", "kid", "first", "x5t", "dGh1bWJwcmludA"));
      return Provider.token(header, provider.key(), claims);
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void agentsOfEntraIdComeWithTokensOfBothVersions() {
    Map<String, Object> first = agents(ofVersion1());
    first.put("amr", List.of("pwd", "mfa"));
    first.put("unique_name", "ada@contoso.example");

    assertThat(admin.read(signed(agents(ofVersion2())))).isEqualTo("200");
    assertThat(admin.read(signed(first))).isEqualTo("200");
  }

  @Test
  void applicationsOfEntraIdComeOnTheirOwnWithTokensOfBothVersions() {
    for (Map<String, Object> claims :
        List.of(applications(ofVersion2()), applications(ofVersion1()))) {
      assertThat(admin.list(signed(claims))).isEqualTo("200");
      assertThat(admin.read(signed(claims))).isEqualTo("403/2032");
      claims.remove("idtyp");
      assertThat(admin.list(signed(claims))).isEqualTo(REFUSED);
    }
  }

  /** Tenants share keys, so only the issuer tells them apart. */
  @Test
  void tokenOfAnotherTenantIsRefused() {
    Map<String, Object> claims = agents(ofVersion2());
    claims.put("iss", "https://login.microsoftonline.com/" + UUID.randomUUID() + "/v2.0");

    assertThat(admin.read(signed(claims))).isEqualTo(REFUSED);
  }

  @Test
  void settingsOfOneVersionTakeNoTokenOfTheOther() {
    Map<String, Object> claims = agents(ofVersion2());
    claims.put("aud", API_URI);

    assertThat(admin.read(signed(claims))).isEqualTo(REFUSED);
  }

  /** Well signed, and yet nothing that a token should hold. */
  @Test
  void oddClaimsAreRefused() throws JOSEException {
    for (String member :
        List.of(
            "'exp':9223372036854775807",
            "'exp':99999999999999999999999",
            "'exp':-1",
            "'exp':'soon'",
            "'exp':null",
            "'exp':1e400",
            "'exp':true",
            "'nbf':'x'",
            "'iat':[1]",
            "'aud':null",
            "'aud':5",
            "'aud':[]",
            "'aud':[5,null]",
            "'aud':{}",
            "'iss':null",
            "'iss':5",
            "'iss':['https://login.microsoftonline.com/']",
            "'oid':null",
            "'oid':5",
            "'oid':['a']",
            "'azp':null",
            "'azp':{}",
            "'scp':5",
            "'scp':['user_impersonation']",
            "'scp':'USER_IMPERSONATION'",
            "'scp':'user_impersonation\tx'",
            "'scp':5",
            "'scp':''",
            "'idtyp':'app'",
            "'amr':5",
            "'amr':[5]",
            "'amr':{}",
            "'preferred_username':5",
            "'upn':[]")) {
      Map<String, Object> claims = agents(ofVersion2());
      claims.remove(member.substring(1, member.indexOf('\'', 1)));
      String odd = "{" + member.replace('\'', '"') + ",";
      String payload = odd + Provider.payload(claims).substring(1);
      JWSObject token =
          new JWSObject(
              new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("first").build(),
              new Payload(payload));
      token.sign(new RSASSASigner(provider.key().toPrivateKey()));

      assertThat(admin.read(token.serialize())).as(payload).isEqualTo(REFUSED);
    }
    assertThat(admin.read(signed(agents(ofVersion2())))).isEqualTo("200");
  }
}
