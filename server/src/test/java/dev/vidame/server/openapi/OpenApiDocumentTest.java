package dev.vidame.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.vidame.server.access.Operation;
import dev.vidame.server.admin.AdminRoutes;
import dev.vidame.server.harness.ApiSchemas;
import dev.vidame.server.harness.JsonNode;
import dev.vidame.server.harness.RawAnswer;
import dev.vidame.server.harness.RawRequest;
import dev.vidame.server.harness.Served;
import dev.vidame.server.http.Answer;
import dev.vidame.server.http.Route;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** The OpenAPI document is what it claims to be, and the one that is checked in. */
class OpenApiDocumentTest {
  @RegisterExtension static final Served served = new Served();

  private static final Path CHECKED_IN = Path.of("..", "docs", "openapi.json");
  private static final JsonMapper MAPPER = new JsonMapper();

  private static RawAnswer ask() {
    return served.server().send(RawRequest.get("/openapi.json"));
  }

  /**
   * Accept a change that was meant with {@code -Dvidame.accept-openapi=true} behind the command
   * that runs this test.
   */
  @Test
  void servedDocumentIsTheOneCheckedIn() throws IOException {
    byte[] document = ask().body();

    if (Boolean.getBoolean("vidame.accept-openapi")) {
      Files.write(CHECKED_IN, document);
    }
    assertThat(new String(document, StandardCharsets.UTF_8))
        .as("docs/openapi.json; if the change is meant, docs/decisions/0027 says how to accept it")
        .isEqualTo(Files.readString(CHECKED_IN));
  }

  @Test
  void anybodyMayReadIt() {
    RawAnswer answer = ask();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().get("openapi").text()).isEqualTo("3.1.0");
    assertThat(answer.header("Content-Type")).startsWith("application/json");
  }

  @Test
  void parserFindsNothingWrong() {
    SwaggerParseResult result = new OpenAPIV3Parser().readContents(ask().text());

    assertThat(result.getMessages()).isEmpty();
    assertThat(result.getOpenAPI().getPaths()).hasSizeGreaterThan(20);
    assertThat(parsedMessages("{\"openapi\":\"3.1.0\",\"info\":{},\"paths\":{}}")).isNotEmpty();
  }

  private static List<String> parsedMessages(String document) {
    return new OpenAPIV3Parser().readContents(document).getMessages();
  }

  @Test
  void everySchemaIsOne() {
    var metaSchema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

    schemas(everything())
        .forEach((name, schema) ->
            assertThat(metaSchema.validate(schema.toString(), InputFormat.JSON))
                .as(name)
                .isEmpty());
    assertThat(metaSchema.validate("{\"type\":\"no type\"}", InputFormat.JSON)).isNotEmpty();
  }

  @Test
  void everyExampleFitsItsSchema() {
    byte[] document = everything();
    ApiSchemas schemas = new ApiSchemas(document);
    int examples = 0;
    for (var schema : schemas(document).entrySet()) {
      for (var example : schema.getValue().path("examples")) {
        byte[] json = example.toString().getBytes(StandardCharsets.UTF_8);
        assertThat(schemas.faults("#/components/schemas/" + schema.getKey(), json))
            .as("%s: %s", schema.getKey(), example)
            .isEmpty();
        examples++;
      }
    }

    assertThat(examples).isGreaterThan(35);
    assertThat(
            schemas.faults(
                "#/components/schemas/ErrorBody",
                "{\"code\":\"1\"}".getBytes(StandardCharsets.UTF_8)))
        .isNotEmpty();
  }

  @Test
  void operationsHaveNamesOfTheirOwn() {
    Set<String> names = new HashSet<>();
    for (JsonNode methods : ask().json().get("paths").members().values()) {
      for (JsonNode operation : methods.members().values()) {
        assertThat(names.add(operation.get("operationId").text())).isTrue();
      }
    }

    assertThat(names).contains("updateUser", "createUser", "listCustomers", "tokenV1");
  }

  @Test
  void everySchemaIsNeededBySomeOperation() {
    Set<String> written = new HashSet<>();
    for (String file :
        List.of(
            "common",
            "customers",
            "users",
            "roles",
            "licenses",
            "audit",
            "changes",
            "tokens",
            "admin")) {
      written.addAll(JsonTree.resource("schemas/" + file + ".json").keySet());
    }

    assertThat(schemas(everything()).keySet()).isEqualTo(written);
  }

  @Test
  void openRouteOfWhichNothingIsSaidKeepsTheServerFromStarting() {
    Route route = Route.open("GET", "/new", "new", call -> Answer.empty());

    assertThatThrownBy(() -> OpenApiRoutes.describing(List.of(route)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("new");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x_operator",
        "x_partner",
        "x_agent",
        "x_application",
        "x_secret",
        "x_key",
        "x_relationship",
        "x_role",
        "x_access",
        "x_issuer",
        "x_signin",
        "x"
      })
  void operatorsRouteOfWhichNothingIsSaidKeepsTheServerFromStarting(String name) {
    Route route = Route.forOperator("GET", "/new", name, call -> Answer.empty());

    assertThatThrownBy(() -> OpenApiRoutes.describing(List.of(route)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(name);
  }

  /** A document with every operation that there is, whether a route has it yet or not. */
  private static byte[] everything() {
    List<Route> routes = new ArrayList<>();
    for (Operation operation : Operation.values()) {
      if (!operation.isOfPages()) {
        routes.add(
            Route.onPartner("POST", "/" + operation.name(), operation, call -> Answer.empty()));
      }
    }
    for (String name :
        List.of(
            "token_v1",
            "token_v2",
            "device_codes",
            "device",
            "device_sign_in",
            "authorize_v1",
            "sign_in_v1",
            "revoke_v1",
            "discovery_v1",
            "exchange_token",
            "signing_keys",
            "livez",
            "readyz",
            "openapi",
            "docs",
            "docs_file")) {
      routes.add(Route.open("POST", "/" + name, name, call -> Answer.empty()));
    }
    routes.addAll(new AdminRoutes(served.server().server().directory(), UUID::randomUUID).routes());
    for (String name :
        List.of(
            "admin_list_signing_keys",
            "admin_rotate_signing_key",
            "admin_enrol_second_factor",
            "admin_confirm_second_factor",
            "admin_offer_issuer_signin")) {
      routes.add(Route.forOperator("POST", "/" + name, name, call -> Answer.empty()));
    }
    return ApiDocument.of(routes);
  }

  private static Map<String, tools.jackson.databind.JsonNode> schemas(byte[] document) {
    Map<String, tools.jackson.databind.JsonNode> schemas = new TreeMap<>();
    MAPPER
        .readTree(document)
        .path("components")
        .path("schemas")
        .propertyStream()
        .forEach(entry -> schemas.put(entry.getKey(), entry.getValue()));
    return schemas;
  }
}
