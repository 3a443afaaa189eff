package dev.vidame.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidame.sdk.OAuthCredential;
import dev.vidame.sdk.PartnerClient;
import dev.vidame.sdk.TokenEndpoint;
import dev.vidame.server.VidameServer;
import dev.vidame.server.seed.Seed;
import dev.vidame.server.settings.SettingsLoader;
import dev.vidame.wire.CustomerId;
import dev.vidame.wire.CustomerUserUpdate;
import dev.vidame.wire.UserId;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The SDK and the operator's command against a server with TLS, trusting whom the machine does. */
class TlsClientsTest {
  private static final String PASSWORD = "Store-Password-7";
  private static final String PARTNER = "6b33f2ba-12c7-49b1-b4e0-7f3fe0a3a7c4";
  private static final CustomerId CUSTOMER = CustomerId.of("eebd1b55-5360-4438-a11d-5c06918c3014");
  private static final UserId USER = UserId.of("4b10bf41-ab11-40e3-8c53-cd67849b50de");

  @TempDir private Path folder;

  @Test
  void bothTalkToIt() throws Exception {
    Path store = certificate();
    Path password = Files.writeString(folder.resolve("password"), PASSWORD);
    Map<String, String> settings =
        Map.of(
            "data.folder", folder.resolve("data").toString(),
            "listen.port", "0",
            "auth.password-grant", "true",
            "tls.pkcs12-file", store.toString(),
            "tls.password-file", password.toString());
    SSLContext before = SSLContext.getDefault();
    try (VidameServer server =
        VidameServer.start(
            SettingsLoader.load(Optional.empty(), Map.of(), settings),
            Clock.systemUTC(),
            Seed.read(ServeTest.EXAMPLE))) {
      SSLContext.setDefault(trusting(store));

      CustomerUserUpdate update = CustomerUserUpdate.builder().displayName("Over TLS").build();
      URI address = server.address();
      assertThat(client(address).customers().byId(CUSTOMER).users().byId(USER).patch(update))
          .hasFieldOrPropertyWithValue("displayName", "Over TLS");
      assertThat(partners(server)).contains(PARTNER);
    } finally {
      SSLContext.setDefault(before);
    }
  }

  private static PartnerClient client(URI server) {
    return PartnerClient.builder()
        .endpoint(server)
        .credential(
            OAuthCredential.builder()
                .tokenEndpoint(TokenEndpoint.of(server, PARTNER))
                .clientId("d0d3b0d2-85f0-4c36-8a2b-2b7a5e1f9a53")
                .clientSecret("example-only-change-me-0123456789")
                .userPassword("admin@partner.example", "Example-Only-77")
                .build())
        .build();
  }

  private String partners(VidameServer server) throws Exception {
    Path secret =
        Files.writeString(
            folder.resolve("secret"), server.createFirstOperator().orElseThrow().secret());
    StringWriter out = new StringWriter();
    String[] arguments = {
      "admin",
      "partners",
      "list",
      "--url",
      server.address().toString(),
      "--secret-file",
      secret.toString()
    };
    CommandLine line = Vidame.commandLine(arguments);
    line.setOut(new PrintWriter(out));
    assertThat(line.execute(arguments)).isZero();
    return out.toString();
  }

  private Path certificate() throws Exception {
    Path file = folder.resolve("server.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                file.toString())
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    return file;
  }

  private static SSLContext trusting(Path store) throws Exception {
    KeyStore own = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      own.load(in, PASSWORD.toCharArray());
    }
    KeyStore trust = KeyStore.getInstance("PKCS12");
    trust.load(null, null);
    trust.setCertificateEntry("server", own.getCertificate("server"));
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trust);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }
}
